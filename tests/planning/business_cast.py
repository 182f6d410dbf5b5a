"""Rows about the client's business, straight into the tables."""

from typing import Any

from accounts.models import Account
from planning.models import ClientGoal, FinancialYear, Initiative, Risk, Standpoint, SwotItem


def make_goal(account: Account, **changes: Any) -> ClientGoal:
    return ClientGoal.rows().create(account=account, **{"title": "Reports in 18 h", **changes})


def make_initiative(account: Account, **changes: Any) -> Initiative:
    return Initiative.rows().create(account=account, **{"title": "One record", **changes})


def make_year(account: Account, **changes: Any) -> FinancialYear:
    return FinancialYear.rows().create(account=account, **{"year": 2025, **changes})


def make_swot(account: Account, **changes: Any) -> SwotItem:
    fields = {"quadrant": "strength", "text": "14 hospitals", "position": 1}
    return SwotItem.rows().create(account=account, **{**fields, **changes})


def make_standpoint(account: Account, **changes: Any) -> Standpoint:
    return Standpoint.rows().create(account=account, **{"side": "gap", "text": "No CTO", **changes})


def make_risk(account: Account, **changes: Any) -> Risk:
    return Risk.rows().create(account=account, **{"title": "The review stalls", **changes})
