"""The mails of the morning: one a person and kind, on working days, whatever there is to tell.

An action makes news three times: two working days before it is due, on the day, and on the first
working day on which it is late; on the first working day of a week once more while it stays late.
What falls on a weekend or a holiday is told with the working day beside it. A review that was missed makes news on the next morning.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from kam.lib.outbox.models import Delivery, OptOut
from kam.lib.site import site
from planning.models import Action
from reviews.models import Review
from reviews.models.notices import ACTIONS, MISSED
from reviews.recurrence.recurrence import after_working_days, moment, wall_clock, working_day_before

HOUR = time(7)
AHEAD = 2  # working days


@dataclass(frozen=True)
class Morning:
    """The mornings of a zone that are told together: one as a rule, more after a clock was off."""

    zone: str
    first: date
    last: date

    @property
    def at(self) -> datetime:
        return moment(datetime.combine(self.last, HOUR), ZoneInfo(self.zone))

    @property
    def before(self) -> datetime:
        """The last working morning that was told already."""
        return moment(datetime.combine(working_day_before(self.first), HOUR), ZoneInfo(self.zone))

    @property
    def news(self) -> Q:
        """Which open actions are worth a mail."""
        following = after_working_days(self.last, 1)
        found = Q(due__gte=working_day_before(self.first), due__lt=following)
        found |= Q(
            due__gt=after_working_days(self.first, AHEAD - 1),
            due__lte=after_working_days(self.last, AHEAD),
        )
        if self._begins_a_week:
            found |= Q(due__lt=self.last)
        return found

    @property
    def _begins_a_week(self) -> bool:
        """The first working day of the week of `last` is among them: Monday as a rule."""
        monday = self.last - timedelta(days=self.last.weekday())
        return after_working_days(monday - timedelta(days=1), 1) >= self.first


def announce_mornings(since: datetime, at: datetime) -> None:
    for morning in mornings(since, at):
        for kind, people in ((ACTIONS, _owing(morning)), (MISSED, _owners_of_missed(morning))):
            rows = [_delivery(kind, person, morning) for person in people]
            if rows:
                Delivery.objects.announce(rows)


def mornings(since: datetime, at: datetime) -> Iterator[Morning]:
    """Of each zone in which somebody reads, those after `since` and not after `at`."""
    for zone in User.objects.active().order_by().values_list("time_zone", flat=True).distinct():
        days = working_mornings(ZoneInfo(zone), since, at)
        if days:
            yield Morning(zone, days[0], days[-1])


def working_mornings(zone: ZoneInfo, since: datetime, at: datetime) -> list[date]:
    day, last = wall_clock(since, zone).date(), wall_clock(at, zone).date()
    here, found = site(), []
    while day <= last:
        if here.works_on(day) and since < moment(datetime.combine(day, HOUR), zone) <= at:
            found.append(day)
        day += timedelta(days=1)
    return found


def _owing(morning: Morning) -> list[int]:
    """Who has an action that makes news."""
    actions = Action.objects.open().filter(
        morning.news,
        owner__is_active=True,
        owner__time_zone=morning.zone,
        account__archived_at=None,
    )
    return _who_want(ACTIONS, actions.values("owner"))


def _owners_of_missed(morning: Morning) -> list[int]:
    missed = Review.objects.missed().filter(
        missed_at__gt=morning.before,
        missed_at__lte=morning.at,
        series__owner__is_active=True,
        series__owner__time_zone=morning.zone,
        account__archived_at=None,
    )
    return _who_want(MISSED, missed.values("series__owner"))


def _who_want(kind: str, people: object) -> list[int]:
    stopped = OptOut.objects.of_kind(kind).filter(user=OuterRef("pk"))
    wanted = User.objects.filter(~Exists(stopped), pk__in=people)
    return list(wanted.order_by("pk").values_list("pk", flat=True))


def _delivery(kind: str, person: int, morning: Morning) -> Delivery:
    return Delivery(
        kind=kind,
        subject=f"person:{person}",
        recipient_id=person,
        occasion=morning.last.isoformat(),
        due_at=morning.at,
    )
