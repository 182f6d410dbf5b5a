"""Rows about the client's business, straight into the tables."""

from typing import Any

from accounts.models import Account
from planning.models import ClientGoal, FinancialYear, Initiative, Risk, Standpoint, SwotItem


def make_goal(account: Account, **changes: Any) -> ClientGoal:
    made: ClientGoal = ClientGoal.objects.create(
        account=account, **{"title": "Reports in 18 h", **changes}
    )
    return made


def make_initiative(account: Account, **changes: Any) -> Initiative:
    made: Initiative = Initiative.objects.create(
        account=account, **{"title": "One record", **changes}
    )
    return made


def make_year(account: Account, **changes: Any) -> FinancialYear:
    made: FinancialYear = FinancialYear.objects.create(account=account, **{"year": 2025, **changes})
    return made


def make_swot(account: Account, **changes: Any) -> SwotItem:
    fields = {"quadrant": "strength", "text": "14 hospitals", "position": 1}
    made: SwotItem = SwotItem.objects.create(account=account, **{**fields, **changes})
    return made


def make_standpoint(account: Account, **changes: Any) -> Standpoint:
    made: Standpoint = Standpoint.objects.create(
        account=account, **{"side": "gap", "text": "No CTO", **changes}
    )
    return made


def make_risk(account: Account, **changes: Any) -> Risk:
    made: Risk = Risk.objects.create(account=account, **{"title": "The review stalls", **changes})
    return made
