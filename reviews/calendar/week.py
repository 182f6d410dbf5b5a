"""A week of reviews by hour, with the hours that are free for what was missed."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from accounts.models import User
from kam.lib.text import dates
from reviews.calendar.agenda import WITH_SLOTS, missed_of, seen_by
from reviews.calendar.calendar_rows import ReviewRow, attendance_of, rows
from reviews.calendar.calendar_sections import Style, line
from reviews.calendar.free_slots import Slot, free_slots
from reviews.models import Review

MOST = 400
IN_AN_HOUR = 3
HOURS = range(8, 18)


@dataclass(frozen=True)
class Block:
    url: str
    title: str
    words: str
    state: str = ""
    end: str = ""
    is_free: bool = False


@dataclass(frozen=True)
class Cell:
    blocks: list[Block] = field(default_factory=list)
    more: int = 0


@dataclass(frozen=True)
class Hour:
    label: str
    cells: list[Cell]


@dataclass(frozen=True)
class Week:
    monday: date
    days: list[tuple[date, bool]]
    hours: list[Hour]
    rows: list[ReviewRow]
    missed: list[ReviewRow]

    @property
    def number(self) -> int:
        return self.monday.isocalendar().week

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def previous(self) -> date:
        return self.monday - timedelta(days=7)

    @property
    def next(self) -> date:
        return self.monday + timedelta(days=7)

    @property
    def without_agenda(self) -> int:
        return sum(not row.has_agenda and row.is_open for row in self.rows)


def week(user: User, at: datetime, day: date | None = None, *, mine: bool = False) -> Week:
    today = user.today(at)
    day = day or today
    monday = day - timedelta(days=day.weekday())
    found = seen_by(user, mine=mine)
    in_week = found.in_days(user.zone, monday, monday + timedelta(days=6)).in_order()
    shown = rows(in_week, user, MOST)
    missed = missed_of(found, user, at)
    blocks = _blocks(shown)
    for start, block in _free(user, missed, at):
        blocks[(start.date(), start.hour)].append(block)
    busy_days = {day for day, _hour in blocks}
    days = [monday + timedelta(days=n) for n in range(7)]
    days = [d for d in days if d.weekday() < 5 or d in busy_days]
    hours = [hour for (day, hour) in blocks if day in days]
    first, last = min([*hours, HOURS[0]]), max([*hours, HOURS[-1]])
    return Week(
        monday=monday,
        days=[(day, day == today) for day in days],
        hours=[_hour(hour, days, blocks) for hour in range(first, last + 1)],
        rows=shown,
        missed=missed,
    )


def _hour(hour: int, days: list[date], blocks: dict[tuple[date, int], list[Block]]) -> Hour:
    cells = []
    for day in days:
        here = blocks.get((day, hour), [])
        cells.append(Cell(here[:IN_AN_HOUR], max(0, len(here) - IN_AN_HOUR)))
    return Hour(f"{hour:02d}:00", cells)


def _blocks(shown: list[ReviewRow]) -> dict[tuple[date, int], list[Block]]:
    came = attendance_of(shown[:MOST])
    found: dict[tuple[date, int], list[Block]] = defaultdict(list)
    for row in shown:
        said = line(row, Style(near=True, soon=True), came, [])
        moved = row.moved_from and row.state == "scheduled"
        end = (
            _("Moved from %(day)s") % {"day": dates.day_short(row.moved_from)}
            if row.moved_from
            else ""
        )
        minutes = _("%(cadence)s, %(n)s min") % {"cadence": row.cadence, "n": row.length}
        start = dates.time(row.local.time())
        words = f"{start}, {minutes}" if row.local.minute else minutes
        block = Block(row.url, row.account, words, said.state, end if moved else said.end)
        found[(row.day, row.local.hour)].append(block)
    return found


def _free(user: User, missed: list[ReviewRow], at: datetime) -> list[tuple[datetime, Block]]:
    wanted = [row.pk for row in missed[:WITH_SLOTS]]
    if not wanted:
        return []
    reviews = Review.objects.visible_to(user).filter(pk__in=wanted).for_list()
    names = {row.pk: row.account for row in missed}
    return [
        (slot.at.astimezone(user.zone), _slot(slot, names[pk]))
        for pk, slots in free_slots(reviews, at).items()
        for slot in slots
    ]


def _slot(slot: Slot, account: str) -> Block:
    title = _("Free for %(account)s") % {"account": account}
    return Block(slot.url, title, _("everybody can come"), is_free=True)
