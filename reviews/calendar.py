"""The agenda of a person: what was missed first, then this week, the next, what follows, the last."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.models import Account, User
from reviews.models import Review

MOST = 100
MOST_LATER = 12
MOST_PAST = 25
MISSED_BACK = timedelta(days=120)


@dataclass(frozen=True)
class Agenda:
    monday: date
    is_now: bool
    missed: list[Review]
    week: list[Review]
    next_week: list[Review]
    later: list[Review]
    last_week: list[Review]

    @property
    def next_monday(self) -> date:
        return self.monday + timedelta(days=7)

    @property
    def previous_monday(self) -> date:
        return self.monday - timedelta(days=7)

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def without_agenda(self) -> int:
        return sum(not review.agenda and review.is_open for review in self.week)

    @property
    def is_empty(self) -> bool:
        return not (self.missed or self.week or self.next_week or self.later or self.last_week)


def agenda(user: User, at: datetime, day: date | None = None) -> Agenda:
    """The agenda round the week of `day`, by default the one that runs. Bounded, three lists read."""
    today = user.today(at)
    day = day or today
    monday = day - timedelta(days=day.weekday())
    reviews = Review.objects.visible_to(user).for_list()
    near = list(
        reviews.in_days(user.zone, monday - timedelta(days=7), monday + timedelta(days=13))
        .in_order()[: 3 * MOST]
    )  # fmt: skip
    end = Review.end_of_day(user.zone, monday + timedelta(days=13))
    missed = reviews.missed().between(at - MISSED_BACK, at).in_order()
    return Agenda(
        monday=monday,
        is_now=monday <= today < monday + timedelta(days=7),
        missed=list(missed[:MOST]),
        week=_in_week(near, user, monday),
        next_week=_in_week(near, user, monday + timedelta(days=7)),
        later=list(reviews.coming(end)[:MOST_LATER]),
        last_week=_in_week(near, user, monday - timedelta(days=7))[::-1],
    )


@dataclass(frozen=True)
class History:
    missed: list[Review]
    coming: list[Review]
    past: list[Review]


def of_account(account: Account, user: User, at: datetime) -> History:
    """All of one account: to be made up for, to come, and behind us."""
    reviews = Review.objects.visible_to(user).of_account(account).for_list()
    return History(
        missed=list(reviews.missed().in_order()[:MOST]),
        coming=list(reviews.after(at)[:MOST_LATER]),
        past=list(reviews.over().before(at)[:MOST_PAST]),
    )


def _in_week(reviews: list[Review], user: User, monday: date) -> list[Review]:
    days = {monday + timedelta(days=n) for n in range(7)}
    return [r for r in reviews if user.today(r.starts_at) in days and not r.is_missed]
