"""Lists of reviews ready to be printed: a heading, so many rows, and where the rest of them is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kam.lib.text import dates
from reviews.calendar.calendar_rows import ReviewRow
from reviews.calendar.free_slots import Slot


@dataclass(frozen=True)
class SectionLine:
    """A row in the words of one list."""

    url: str
    mark: str
    day: str
    title: str
    words: str
    when: str = ""
    move_url: str = ""
    state: str = ""
    end: str = ""
    slots: list[Slot] = field(default_factory=list)


@dataclass(frozen=True)
class Section:
    title: str
    lines: list[SectionLine]
    count: str
    empty: str = ""
    more: str = ""

    @property
    def is_shown(self) -> bool:
        return bool(self.lines or self.empty)


@dataclass(frozen=True)
class Style:
    """How a list prints its rows: `of_account` leaves its name out, `near` leaves the month out.

    `is_cut`: only one more than `most` was read, nobody counted the rest.
    """

    most: int = 50
    of_account: bool = False
    near: bool = False
    soon: bool = False
    is_cut: bool = False


@dataclass(frozen=True)
class Printer:
    """With what is known of single reviews: who came, and when those could meet that were missed."""

    came: dict[int, str]
    slots: dict[int, list[Slot]] = field(default_factory=dict)

    def section(
        self,
        title: str,
        found: Sequence[ReviewRow],
        style: Style,
        *,
        empty: str = "",
        more: str = "",
    ) -> Section:
        shown = found[: style.most]
        lines = [line(row, style, self.came, self.slots.get(row.pk, [])) for row in shown]
        has_more = len(found) > style.most
        count = f"{style.most}+" if has_more and style.is_cut else str(len(found) or "")
        return Section(title, lines, count, empty, more if has_more else "")


def line(row: ReviewRow, style: Style, came: dict[int, str], slots: list[Slot]) -> SectionLine:
    state, end = _end(row, style, came)
    return SectionLine(
        url=row.url,
        mark=row.mark,
        day=_day(row.day, style),
        title=row.kind if style.of_account else row.account,
        words=row.line(with_kind=not style.of_account),
        when=_when(row) if row.state == "scheduled" else "",
        move_url=f"{row.url}move/" if row.is_missed else "",
        state=state,
        end=end,
        slots=slots,
    )


def all_of(**filters: str) -> str:
    """The address of the full list of these."""
    return f"{reverse('reviews:reviews_list')}?{urlencode(filters)}"


def _day(day: date, style: Style) -> str:
    return f"{dates.weekday(day)} {dates.day_number(day)}" if style.near else dates.day_of_year(day)


def _when(row: ReviewRow) -> str:
    minutes = ngettext("%(n)s min", "%(n)s min", row.length) % {"n": row.length}
    return f"{dates.time(row.local.time())}, {minutes}"


def _end(row: ReviewRow, style: Style, came: dict[int, str]) -> tuple[str, str]:
    if row.is_missed:
        return "risk", _("No new date")
    if row.is_held:
        return "", came.get(row.pk, "")
    if row.is_skipped:
        return "", _("Skipped")
    if row.has_agenda:
        return "good", _("Agenda ready")
    return ("risk" if style.soon else "none"), _("No agenda")
