"""What the editor of a series says above its fields, before anything is saved."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from accounts.models import Absence, Account, User
from kam.lib.text import dates
from kam.lib.text.listed import listed
from reviews.models import Series
from reviews.recurrence.recurrence import moment, wall_clock
from reviews.recurrence.recurrence_text import place
from reviews.recurrence.series_forms import Rhythm, SeriesForm

PLACES = 3
NAMES = 2
YEAR = timedelta(days=366)


@dataclass(frozen=True)
class NextTime:
    at: datetime
    away: str


@dataclass(frozen=True)
class SeriesPreview:
    sentence: str = ""
    is_doubtful: bool = False
    elsewhere: list[str] = field(default_factory=list)
    times: list[NextTime] = field(default_factory=list)
    sends: int = 0
    cancels: int = 0


def preview(
    form: SeriesForm, account: Account, reader: User, series: Series | None = None
) -> SeriesPreview:
    """From what is chosen so far; empty while it makes no sense."""
    rhythm = form.rhythm()
    if rhythm is None:
        return SeriesPreview()
    people = _people(form)
    before = series.people_ids() if series else set()
    return SeriesPreview(
        sentence=rhythm.says(),
        is_doubtful=rhythm.is_doubtful,
        elsewhere=elsewhere(rhythm, people),
        times=_times(rhythm, account, reader, people),
        sends=len(people),
        cancels=len(before - {person.pk for person in people}),
    )


def elsewhere(rhythm: Rhythm, people: list[User]) -> list[str]:
    """The hour on the clocks of those who are in other places, and when it changes there."""
    by_zone: dict[str, list[User]] = defaultdict(list)
    for person in people:
        by_zone[person.time_zone].append(person)
    locals_ = rhythm.locals(within=YEAR)
    here = [(start, moment(start, rhythm.zone)) for start in locals_]
    said = []
    for zone, some in sorted(by_zone.items()):
        there = [(start, wall_clock(at, ZoneInfo(zone))) for start, at in here]
        if any(start != clock for start, clock in there):
            said.append(_said(zone, some, there))
    return said[:PLACES]


def _said(zone: str, people: list[User], there: list[tuple[datetime, datetime]]) -> str:
    first = there[0][1]
    later = next((clock for _start, clock in there if clock.time() != first.time()), None)
    words = {
        "time": _clock(*there[0]),
        "names": listed([person.get_short_name() for person in people[:NAMES]]),
        "place": place(zone),
    }
    if len(people) > NAMES:
        words["names"] = _("%(name)s and others") % {"name": people[0].get_short_name()}
    if later is None:
        return _("%(time)s for %(names)s in %(place)s.") % words
    words |= {"later": dates.time(later.time()), "day": dates.day_short(later)}
    return _("%(time)s for %(names)s in %(place)s, %(later)s from %(day)s.") % words


def _clock(here: datetime, there: datetime) -> str:
    said = dates.time(there.time())
    return said if here.date() == there.date() else f"{dates.weekday(there)} {said}"


def _people(form: SeriesForm) -> list[User]:
    fields: dict[str, Any] = form.fields
    wanted = {str(pk) for pk in form["attendees"].value() or []} | {
        str(_key(form["owner"].value()))
    }
    return [user for user in fields["attendees"].queryset if str(user.pk) in wanted]


def _key(value: Any) -> Any:
    return value.pk if isinstance(value, User) else value


def _times(rhythm: Rhythm, account: Account, reader: User, people: list[User]) -> list[NextTime]:
    times = rhythm.next_times()
    days = [wall_clock(at, rhythm.zone).date() for at in times]
    away = _absences(account, reader, people, days)
    return [NextTime(at, _away(away, day)) for at, day in zip(times, days, strict=True)]


def _absences(
    account: Account, reader: User, people: list[User], days: list[date]
) -> list[Absence]:
    if not days:
        return []
    found = Absence.objects.visible_to(reader).of_account(account).not_over(days[0])
    asked = {person.pk for person in people}
    return [row for row in found.for_list() if row.person_id in asked and row.starts <= days[-1]]


def _away(absences: list[Absence], day: date) -> str:
    names = [a.person.get_short_name() for a in absences if a.starts <= day <= a.ends]
    return _("%(names)s away") % {"names": listed(names)} if names else ""
