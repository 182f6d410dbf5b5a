"""Every review that a person may see, newest first, fifty a page, narrowed by what they choose."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page
from django.utils.translation import gettext as _

from accounts.models import User
from kam.lib.data.paging import page_of
from reviews.calendar.agenda import seen_by
from reviews.calendar.calendar_rows import attendance_of, rows
from reviews.calendar.calendar_sections import Printer, Section, Style, all_of
from reviews.models.review import ReviewState


@dataclass(frozen=True)
class Choice:
    url: str
    words: str
    is_chosen: bool


@dataclass(frozen=True)
class FullList:
    section: Section
    page: "Page[Any]"
    states: list[Choice]
    chosen: dict[str, Any]

    @property
    def query(self) -> str:
        return urlencode(self.chosen)


def full_list(user: User, number: str | None, **chosen: Any) -> FullList:
    found = seen_by(user, mine=chosen.get("whose") == "mine")
    if "state" in chosen:
        found = found.filter(state=chosen["state"])
    if "account" in chosen:
        found = found.filter(account=chosen["account"])
    first, last = chosen.get("from", date(2000, 1, 1)), chosen.get("to", date(2199, 12, 30))
    found = found.in_days(user.zone, first, last).order_by("-starts_at", "-pk")
    page = page_of(found, number)
    shown = rows(page.object_list, user, len(page.object_list))  # type: ignore[arg-type]  # a page of a query'set is one
    part = Printer(attendance_of(shown)).section(_("Reviews"), shown, Style())
    return FullList(part, page, _states(chosen), chosen)


def _states(chosen: dict[str, Any]) -> list[Choice]:
    rest = {name: str(value) for name, value in chosen.items() if name != "state"}
    now = chosen.get("state", "")
    return [
        Choice(all_of(**rest), _("All"), not now),
        *(Choice(all_of(**rest, state=s), str(s.label), now == s) for s in ReviewState),
    ]
