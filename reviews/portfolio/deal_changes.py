"""What became of opportunities and which risks are new, of a set of accounts within a time."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import DateField, F, OuterRef, Q, QuerySet, Subquery

from accounts.models import Opportunity
from kam.lib.data.history import event_model
from planning.models import Risk


@dataclass(frozen=True)
class Slip:
    """An open opportunity that comes later than it was to come.

    `was` is the day expected before, or None where the day simply passed.
    """

    opportunity: Opportunity
    was: date | None


@dataclass(frozen=True)
class Deals:
    won: list[Opportunity]
    lost: list[Opportunity]
    slipped: list[Slip]

    @property
    def count(self) -> int:
        return len(self.won) + len(self.lost) + len(self.slipped)


def deals(account_ids: list[int], since: datetime, at: datetime, day: date) -> Deals:
    """Two queries, whatever there is. The caller knows that the reader may see these accounts."""
    of_these = Opportunity.objects.of_accounts(account_ids).with_account()
    closed = list(of_these.closed_between(since, at).for_list())
    return Deals(
        won=[row for row in closed if row.state == "won"],
        lost=[row for row in closed if row.state == "lost"],
        slipped=_slipped(of_these.open(), account_ids, since, day),
    )


def new_risks(account_ids: list[int], since: datetime, at: datetime) -> list[Risk]:
    """Those written down within the time and still open, the gravest first; one query."""
    born = event_model(Risk).objects.filter(
        account__in=account_ids,
        pgh_label="insert",
        pgh_created_at__gte=since,
        pgh_created_at__lt=at,
    )
    found = Risk.objects.filter(pk__in=born.values("pgh_obj")).open().by_weight()
    return list(found.select_related("account", "owner"))


def _slipped(
    still_open: "QuerySet[Opportunity]", account_ids: list[int], since: datetime, day: date
) -> list[Slip]:
    """First those whose day passed, then those that were put off since."""
    events = event_model(Opportunity).objects
    before = events.filter(pgh_obj=OuterRef("pk"), pgh_created_at__lt=since)
    was = Subquery(before.order_by("-pgh_id").values("expected")[:1], output_field=DateField())
    # Only what somebody touched can have moved: few have their history looked up.
    touched = events.filter(account__in=account_ids, pgh_created_at__gte=since).values("pgh_obj")
    moved = Q(expected__gte=day, pk__in=touched) & Q(was__lt=F("expected"))
    rows = still_open.annotate(was=was).filter(Q(expected__lt=day) | moved)
    return [
        Slip(row, None if row.expected < day else row.was)
        for row in rows.order_by("expected", "pk")
    ]
