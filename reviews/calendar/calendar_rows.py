"""Reviews as flat rows for lists and calendars: everything is said once here, templates only print."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from kam.lib.text import dates
from reviews.models import Attendance
from reviews.models.review import ReviewQuerySet, ReviewState
from reviews.models.series import Kind
from reviews.recurrence.recurrence import wall_clock
from reviews.recurrence.recurrence_text import cadence

MARKS = {
    ReviewState.SCHEDULED: "sched",
    ReviewState.HELD: "held",
    ReviewState.MISSED: "missed",
    ReviewState.SKIPPED: "skipped",
}
COLUMNS = (
    "pk", "account__name", "series__kind", "series__rule", "series__time_zone", "starts_at", "slot",
    "length", "state", "agenda", "reason",
)  # fmt: skip


@dataclass(frozen=True)
class ReviewRow:
    """One review as the reader sees it: day and hour are on the reader's clock."""

    pk: int
    account: str
    kind: str
    cadence: str
    starts_at: datetime
    local: datetime
    moved_from: date | None
    length: int
    state: str
    has_agenda: bool
    reason: str

    @property
    def day(self) -> date:
        return self.local.date()

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.length)

    @property
    def mark(self) -> str:
        return MARKS[ReviewState(self.state)]

    @property
    def is_missed(self) -> bool:
        return self.state == ReviewState.MISSED

    @property
    def is_held(self) -> bool:
        return self.state == ReviewState.HELD

    @property
    def is_skipped(self) -> bool:
        return self.state == ReviewState.SKIPPED

    @property
    def is_open(self) -> bool:
        return self.state in (ReviewState.SCHEDULED, ReviewState.MISSED)

    @property
    def url(self) -> str:
        return f"{address_of_all()}{self.pk}/"

    @property
    def word(self) -> str:
        return str(ReviewState(self.state).label)

    def line(self, *, with_kind: bool) -> str:
        """The muted second line."""
        said = f"{self.cadence}, {self.kind}" if with_kind else self.cadence
        if self.is_missed:
            return f"{said}, {_('missed')}"
        if self.is_skipped:
            return f"{said}: {self.reason}"
        if self.moved_from:
            moved = _("moved from %(day)s") % {"day": dates.day(self.moved_from)}
            return f"{said}, {moved}{f': {self.reason}' if self.reason else ''}"
        return said


def rows(reviews: ReviewQuerySet, user: User, most: int) -> list[ReviewRow]:
    """One query, whatever there is."""
    words: dict[str, str] = {}
    zones: dict[str, ZoneInfo] = {}
    found = reviews.values_list(*COLUMNS)[:most]
    return [_row(values, user.zone, words, zones) for values in found]


def _row(
    values: tuple[Any, ...], zone: ZoneInfo, words: dict[str, str], zones: dict[str, ZoneInfo]
) -> ReviewRow:
    pk, account, kind, rule, time_zone, starts_at, slot, length, state, agenda, reason = values
    if rule not in words:
        words[rule] = cadence(rule)
    there = zones.setdefault(time_zone, ZoneInfo(time_zone))
    moved = wall_clock(starts_at, there) != slot
    return ReviewRow(
        pk, account, str(Kind(kind).label), words[rule], starts_at, starts_at.astimezone(zone),
        slot.date() if moved else None, length, state, bool(agenda.strip()), reason,
    )  # fmt: skip


def attendance_of(shown: Iterable[ReviewRow]) -> dict[int, str]:
    """How many came to each held one, in words, by review; nothing where nobody kept it."""
    held = [row.pk for row in shown if row.is_held]
    if not held:
        return {}
    here = Count("pk", filter=Q(state=Attendance.State.PRESENT))
    found = Attendance.objects.filter(review__in=held).values_list("review")
    kept = Count("pk", filter=~Q(state=Attendance.State.INVITED))
    counted = found.annotate(here=here, all=Count("pk"), kept=kept).filter(kept__gt=0)
    said = _("%(came)s of %(all)s came")
    return {pk: said % {"came": came, "all": all_} for pk, came, all_, _kept in counted}


def address_of_all() -> str:
    return reverse("reviews:reviews")
