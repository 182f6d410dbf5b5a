"""Events of an account as sentences, grouped by day: who did what, and what was there before."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import Model
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.chronicle import Event, Names
from accounts.models import User
from accounts.telling import Told, told
from kam.lib import dates, money

FROM_TO = gettext_lazy("changed %(field)s of %(thing)s from %(old)s to %(new)s")
TO = gettext_lazy("set %(field)s of %(thing)s to %(new)s")
NO_MORE = gettext_lazy("removed %(field)s of %(thing)s, until then %(old)s")
LONGEST = 240
FOLD_FROM = 4


@dataclass(frozen=True)
class Change:
    """One field: its words, what stood there, what stands there."""

    words: str
    old: str
    new: str


@dataclass(frozen=True)
class Line:
    """One sentence; `changes` when it speaks of several fields; `more` are lines just like it."""

    at: datetime
    by: User | None
    says: SafeString
    changes: list[Change] = field(default_factory=list)
    more: list["Line"] = field(default_factory=list)


@dataclass(frozen=True)
class Day:
    day: date
    lines: list[Line]


class Row:
    """One row of an event, for the function that names it."""

    def __init__(self, entry: Told, row: dict[str, Any], names: Names) -> None:
        self._entry, self._row, self._names = entry, row, names

    def words(self, name: str) -> str:
        return value_words(self._entry, name, self._row, self._names)


class Teller:
    """Tells a page of events to one reader."""

    def __init__(self, page: list[Event], reader: User) -> None:
        self.names = Names(page, reader)
        self.page = page
        self.hidden = _hidden(page, reader)

    def days(self) -> list[Day]:
        by_day = groupby(self.page, lambda event: localtime(event.at).date())
        return [Day(day, list(self._folded(list(found)))) for day, found in by_day]

    def _folded(self, found: list[Event]) -> Iterator[Line]:
        """Many changes of one kind in one action become one line and the rest behind it."""
        for _key, same in groupby(found, _crowd):
            lines = [self._line(event) for event in same]
            if len(lines) < FOLD_FROM:
                yield from lines
            else:
                first = lines[0]
                yield Line(first.at, first.by, first.says, first.changes, lines[1:])

    def _line(self, event: Event) -> Line:
        by = self.names.people.get(event.by or 0)
        if (event.told.kind, event.record) in self.hidden:
            says = _("changed something that you may not see")
            return Line(event.at, by, conditional_escape(says))
        changes = self._changes(event) if event.label == "update" else []
        template = _template(event, changes)
        says = _say(template, self._facts(event, changes))
        listed = changes if template is event.told.changed and len(changes) > 1 else []
        return Line(event.at, by, says, listed)

    def _changes(self, event: Event) -> list[Change]:
        before = event.before or {}
        changes = []
        for name, words in event.told.fields.items():
            column = f"{name}_id" if name in event.told.references else name
            if before.get(column) != event.row.get(column):
                old = value_words(event.told, name, before, self.names)
                new = value_words(event.told, name, event.row, self.names)
                changes.append(Change(str(words), old, new))
        return changes

    def _facts(self, event: Event, changes: list[Change]) -> "Facts":
        # Somebody renamed something: it is spoken of as it was called before.
        row = event.before or event.row
        entry = event.told
        first = changes[0] if changes else Change("", "", "")
        facts: dict[str, Callable[[], Any]] = {
            "name": lambda: name_of(entry, row, self.names),
            "thing": lambda: str(entry.thing) % {"name": name_of(entry, row, self.names)},
            "field": lambda: first.words,
            "old": lambda: format_html("<del>{}</del>", first.old or _("nothing")),
            "new": lambda: format_html("<ins>{}</ins>", first.new or _("nothing")),
        }
        return Facts(facts, lambda name: value_words(entry, name, event.row, self.names))


class Facts(dict[str, Any]):
    """What a sentence asks for is looked up when it asks, and escaped."""

    def __init__(self, own: dict[str, Callable[[], Any]], of_row: Callable[[str], str]) -> None:
        super().__init__(own)
        self._of_row = of_row

    def __getitem__(self, key: str) -> SafeString:
        own = self.get(key)
        return conditional_escape(own() if own else self._of_row(key))


def _crowd(event: Event) -> tuple[object, ...]:
    together = (event.by, event.action) if event.told.crowded else (event.context,)
    return (event.told.kind, event.label, *together)


def _template(event: Event, changes: list[Change]) -> Any:
    entry = event.told
    if verb := entry.verbs.get(event.action):
        return verb
    if event.label != "update":
        return entry.added if event.label == "insert" else entry.removed
    if len(changes) != 1:
        return entry.changed
    [change] = changes
    return FROM_TO if change.old and change.new else TO if change.new else NO_MORE


def _say(template: Any, facts: Facts) -> SafeString:
    # The template is ours; every fact that goes into it is escaped.
    return mark_safe(str(template) % facts)  # noqa: S308


def name_of(entry: Told, row: dict[str, Any], names: Names) -> str:
    if callable(entry.name):
        return entry.name(Row(entry, row, names))
    return _short(str(row.get(entry.name) or "–")) if entry.name else ""


def value_words(entry: Told, name: str, row: dict[str, Any], names: Names) -> str:
    """A stored value as the reader would say it; nothing is an empty text."""
    if name in entry.references:
        pk = row.get(f"{name}_id")
        return _reference(entry.references[name], pk, names) if pk else ""
    value = row.get(name)
    if value is None or value == "":
        return ""
    field = entry.field_of(name)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return _plain(field.get_internal_type(), value)


def _plain(kind: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if kind == "DateField":
        return dates.day_year(date.fromisoformat(value))
    if kind in ("DateTimeField", "WallClockField"):
        return dates.moment(datetime.fromisoformat(value))
    if isinstance(value, int | Decimal):
        return money.number(value)
    return _short(str(value))


def _reference(model: type[Model], pk: int, names: Names) -> str:
    if model is User:
        return names.people[pk].name if pk in names.people else _("somebody who left")
    if found := names.others.get((model, pk)):
        return found
    row = names.rows.get((model, pk))
    entry = told().get(model._meta.label_lower)
    return (
        name_of(entry, row, names)
        if row and entry
        else _("something that is not yours to see, or gone")
    )


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def _hidden(page: list[Event], reader: User) -> set[tuple[str, int]]:
    """Records of guarded models that the reader may not see, those that are gone among them."""
    hidden: set[tuple[str, int]] = set()
    for entry in {event.told.kind: event.told for event in page if event.told.guarded}.values():
        records = {event.record for event in page if event.told is entry}
        rows: Any = entry.model._default_manager
        visible = rows.visible_to(reader) if hasattr(rows, "visible_to") else rows.none()
        seen = set(visible.filter(pk__in=records).values_list("pk", flat=True))
        hidden |= {(entry.kind, pk) for pk in records - seen}
    return hidden
