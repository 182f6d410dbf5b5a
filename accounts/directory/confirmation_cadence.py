"""How often an account wants to be looked after: days between two confirmations of its plan."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q

from accounts.models import Account, Tier

# By service class.
CADENCE = {"A": 30, "B": 60, "C": 90}
WITHOUT_CLASS = 90


def cadence_of(account: Account) -> int:
    return CADENCE.get(account.service_class, WITHOUT_CLASS)


def is_idle(at: datetime) -> Q:
    """Key accounts whose plan nobody touched for longer than that."""
    late = Q(standing__plan_touched_at__lt=at - timedelta(days=WITHOUT_CLASS))
    for letter, days in CADENCE.items():
        touched = at - timedelta(days=days)
        late |= Q(service_class=letter, standing__plan_touched_at__lt=touched)
    return Q(tier=Tier.KEY) & late


def idle_among(accounts: Iterable[Account], at: datetime) -> set[int]:
    """The same of accounts at hand with their standing: their ids, without a question."""
    return {
        account.pk
        for account in accounts
        if account.tier == Tier.KEY
        and (standing := getattr(account, "standing", None))
        and (touched := standing.plan_touched_at)
        and touched < at - timedelta(days=cadence_of(account))
    }


def is_unbooked() -> Q:
    """Key accounts without a review in the calendar."""
    return Q(tier=Tier.KEY, standing__next_review_at=None)
