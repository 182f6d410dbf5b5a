"""What is to be said above the list of people."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from accounts.models import Membership, User


@dataclass(frozen=True)
class Roll:
    """How many can sign in, how many are KAM, and the invitation that waits longest."""

    active: int
    kams: int
    invited: int
    waiting_since: datetime | None


def roll_call(people: QuerySet[User]) -> Roll:
    kam = Membership.objects.filter(user=OuterRef("pk"), role="kam")
    waiting = Q(invitation__isnull=False, invitation__accepted_at=None)
    found = people.aggregate(
        active=Count("pk", filter=Q(is_active=True)),
        kams=Count("pk", filter=Q(Exists(kam), is_active=True)),
        invited=Count("pk", filter=waiting),
        waiting_since=Min("invitation__sent_at", filter=waiting),
    )
    return Roll(**found)
