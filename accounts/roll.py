"""What is to be said above the list of people."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet

from accounts.models import User

LONG = timedelta(days=3)


@dataclass(frozen=True)
class Roll:
    """How many can sign in, how many are KAM, and the invitation that waits longest."""

    active: int
    kams: int
    invited: int
    waiting_since: datetime | None

    def waits_long(self, at: datetime) -> bool:
        return self.waiting_since is not None and at - self.waiting_since > LONG


def roll_call(people: QuerySet[User], at: datetime) -> Roll:
    waiting = Q(invitation__isnull=False, invitation__accepted_at=None)
    found = people.aggregate(
        active=Count("pk", filter=Q(is_active=True), distinct=True),
        kams=Count("pk", filter=Q(is_active=True, memberships__role="kam"), distinct=True),
        invited=Count("pk", filter=waiting, distinct=True),
        waiting_since=Min("invitation__sent_at", filter=waiting),
    )
    return Roll(**found)
