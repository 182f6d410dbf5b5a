"""When everybody of a missed review could meet: hours in which none of them is booked or away.

Only free and busy is read across accounts, never what keeps a person busy.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from accounts.models import Absence, User
from kam.lib.site import site
from reviews.models import Attendance, Review
from reviews.models.review import ReviewState
from reviews.recurrence.recurrence import moment, wall_clock

DAYS = 10
FIRST, LAST = time(8), time(18)
HOURS = range(9, 17)
MOST = 3

Busy = dict[int, list[tuple[datetime, datetime]]]
Away = dict[int, list[tuple[date, date]]]


@dataclass(frozen=True)
class Slot:
    at: datetime
    url: str


def free_slots(reviews: Iterable[Review], at: datetime) -> dict[int, list[Slot]]:
    """Up to three for each of them, on different days. Two queries, whatever there is."""
    wanted = list(reviews)
    people = {a.user_id for review in wanted for a in review.people}
    busy, away = _busy(people, at), _away(people, at)
    return {review.pk: _slots(review, at, busy, away) for review in wanted}


def _slots(review: Review, at: datetime, busy: Busy, away: Away) -> list[Slot]:
    found: list[Slot] = []
    for day in _working_days(review.series.local_day(at)):
        start = next(_free_on(day, review, busy, away), None)
        if start:
            query = urlencode({"at": f"{start:%Y-%m-%dT%H:%MZ}"})
            found.append(Slot(start, f"{review.get_absolute_url()}move/?{query}"))
        if len(found) == MOST:
            break
    return found


def _free_on(day: date, review: Review, busy: Busy, away: Away) -> Iterator[datetime]:
    people = [a.user for a in review.people if not a.is_excused and a.user.is_active]
    for hour in HOURS:
        start = moment(datetime.combine(day, time(hour)), review.series.zone)
        end = start + timedelta(minutes=review.length)
        if all(_can_come(person, start, end, busy, away) for person in people):
            yield start


def _can_come(person: User, start: datetime, end: datetime, busy: Busy, away: Away) -> bool:
    first, last = wall_clock(start, person.zone), wall_clock(end, person.zone)
    if first.date() != last.date() or first.time() < FIRST or last.time() > LAST:
        return False
    if any(begin <= first.date() <= until for begin, until in away[person.pk]):
        return False
    return all(end <= begin or until <= start for begin, until in busy[person.pk])


def _working_days(today: date) -> Iterator[date]:
    here = site()
    for number in range(1, 2 * DAYS):
        day = today + timedelta(days=number)
        if here.works_on(day):
            yield day


def _busy(people: set[int], at: datetime) -> Busy:
    booked = Attendance.objects.asked().filter(
        user__in=people,
        review__state=ReviewState.SCHEDULED,
        review__starts_at__range=(at, at + timedelta(days=3 * DAYS)),
    )
    found: Busy = defaultdict(list)
    for user, start, length in booked.values_list("user", "review__starts_at", "review__length"):
        found[user].append((start, start + timedelta(minutes=length)))
    return found


def _away(people: set[int], at: datetime) -> Away:
    rows: Any = Absence.objects.filter(person__in=people).not_over(at.date() - timedelta(days=1))
    found: Away = defaultdict(list)
    for person, starts, ends in rows.values_list("person", "starts", "ends"):
        found[person].append((starts, ends))
    return found
