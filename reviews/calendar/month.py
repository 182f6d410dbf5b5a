"""A month of reviews, week by week, with some days of its neighbours."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.models import User
from kam.lib.text import dates
from kam.lib.text.reader import language_locale
from reviews.calendar.agenda import missed_of, seen_by
from reviews.calendar.calendar_rows import ReviewRow, rows

MOST = 1500
IN_A_DAY = 3
WEEKS = 6


@dataclass(frozen=True)
class MonthEntry:
    url: str
    mark: str
    clock: str
    name: str
    words: str


@dataclass(frozen=True)
class Day:
    day: date
    label: str
    is_today: bool
    is_outside: bool
    entries: list[MonthEntry]
    more: int

    @property
    def is_weekend(self) -> bool:
        return self.day.weekday() > 4


@dataclass(frozen=True)
class Month:
    first: date
    title: str
    weeks: list[list[Day]]
    missed: list[ReviewRow]
    this_week: list[ReviewRow]

    @property
    def previous(self) -> date:
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def next(self) -> date:
        return (self.first + timedelta(days=31)).replace(day=1)

    @property
    def weekdays(self) -> list[str]:
        return [dates.weekday(day.day) for day in self.weeks[0]]


def month(user: User, at: datetime, day: date | None = None, *, mine: bool = False) -> Month:
    """Two queries, whatever there is."""
    today = user.today(at)
    first = (day or today).replace(day=1)
    start = first - timedelta(days=first.weekday())
    end = start + timedelta(days=7 * WEEKS - 1)
    found = seen_by(user, mine=mine)
    shown = rows(found.in_days(user.zone, start, end).in_order(), user, MOST)
    entries = _entries(shown)
    days = [start + timedelta(days=n) for n in range(7 * WEEKS)]
    cells = [_cell(day, first, today, entries[day]) for day in days]
    weeks = [cells[n : n + 7] for n in range(0, len(cells), 7)]
    monday = today - timedelta(days=today.weekday())
    return Month(
        first=first,
        title=_title(first),
        weeks=[week for week in weeks if any(not cell.is_outside for cell in week)],
        missed=missed_of(found, user, at),
        this_week=[r for r in shown if monday <= r.day < monday + timedelta(days=7)],
    )


def _title(first: date) -> str:
    locale = language_locale()
    name = str(locale.months["stand-alone"]["wide"][first.month])
    joint = " de " if locale.language == "es" else " "
    return f"{name[0].upper()}{name[1:]}{joint}{first.year}"


def _entries(shown: list[ReviewRow]) -> dict[date, list[MonthEntry]]:
    """On its day; a moved one also leaves its mark on the day from which it was moved."""
    found: dict[date, list[MonthEntry]] = defaultdict(list)
    for row in shown:
        clock = dates.time(row.local.time())
        words = f", {row.kind}, {row.word}"
        found[row.day].append(MonthEntry(row.url, row.mark, clock, row.account, words))
        if row.moved_from and row.moved_from != row.day:
            found[row.moved_from].append(MonthEntry(row.url, "moved", "", row.account, words))
    return found


def _cell(day: date, first: date, today: date, entries: list[MonthEntry]) -> Day:
    outside = (day.year, day.month) != (first.year, first.month)
    label = dates.day_short(day) if day.day == 1 else str(day.day)
    shown = entries if len(entries) <= IN_A_DAY else entries[: IN_A_DAY - 1]
    return Day(day, label, day == today, outside, shown, len(entries) - len(shown))
