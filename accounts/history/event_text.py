"""Events of an account as sentences, grouped by day: who did what, and what was there before."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Model
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.history.activity_feed import Event, Names
from accounts.history.history_registry import CHANGED, TellingOfModel, told
from accounts.models import User
from kam.lib.text import dates, money
from kam.lib.text.listed import listed

FROM_TO = gettext_lazy("changed %(field)s of %(thing)s from %(old)s to %(new)s")
TO = gettext_lazy("set %(field)s of %(thing)s to %(new)s")
NO_MORE = gettext_lazy("removed %(field)s of %(thing)s, until then %(old)s")
LONGEST = 240
ICONS = {"insert": "plus", "update": "pencil", "delete": "x"}
WRITTEN_AS_IS = {"year"}  # a number that is not counted
FOLD_FROM = 4


@dataclass(frozen=True)
class Change:
    """One field: its words, what stood there, what stands there."""

    words: str
    old: str
    new: str
    field: str = ""


@dataclass(frozen=True)
class EventLine:
    """One sentence; `changes` when it speaks of several fields; `more` are lines just like it;
    `reason` where the whole action had one that the sentence does not say itself."""

    at: datetime
    by: User | None
    says: SafeString
    changes: list[Change] = field(default_factory=list)
    more: list["EventLine"] = field(default_factory=list)
    icon: str = "pencil"
    reason: str = ""


@dataclass(frozen=True)
class Day:
    day: date
    lines: list[EventLine]


class EventRow:
    """One row of an event, for the function that names it."""

    def __init__(self, entry: TellingOfModel, row: dict[str, Any], names: Names) -> None:
        self._entry, self._row, self._names = entry, row, names

    def __getitem__(self, name: str) -> Any:
        return self._row.get(name)

    def words(self, name: str) -> str:
        return value_words(self._entry, name, self._row, self._names)


class Teller:
    """Tells a page of events to one reader."""

    def __init__(self, page: list[Event], reader: User) -> None:
        self.names = Names(page, reader)
        self.page = page
        self.hidden = _hidden(page, reader)

    def days(self) -> list[Day]:
        told_once = _merged(_led(self.page))
        by_day = groupby(told_once, lambda event: localtime(event.at).date())
        days = (Day(day, list(self._folded(list(found)))) for day, found in by_day)
        return [day for day in days if day.lines]

    def _folded(self, found: list[Event]) -> Iterator[EventLine]:
        """Many changes of one kind in one action become one line and the rest behind it."""
        for _key, same in groupby(found, _crowd):
            lines = self._lines(list(same))
            if len(lines) < FOLD_FROM:
                yield from lines
            else:
                first = lines[0]
                yield replace(first, more=lines[1:])

    def _lines(self, events: list[Event]) -> list[EventLine]:
        """What an action says of several records in the same words, it says once."""
        lines: dict[tuple[object, ...], EventLine] = {}
        for event in events:
            if line := self._line(event):
                same = (
                    (event.context, line.says)
                    if event.context and not line.changes
                    else event.number
                )
                lines.setdefault((same,), line)
        return list(lines.values())

    def _line(self, event: Event) -> EventLine | None:
        by = self.names.people.get(event.by or 0)
        if (event.told.kind, event.record) in self.hidden:
            says = _("changed something that you may not see")
            return EventLine(event.at, by, conditional_escape(says))
        changes = self._changes(event) if event.label == "update" else []
        template = _template(event, changes)
        if callable(template):
            template = template(EventRow(event.told, event.row, self.names))
        if template is None:
            return None
        says = _say(template, self._facts(event, changes))
        unsaid = _unsaid(str(template), changes)
        reason = "" if "%(reason)s" in str(template) else str(event.facts.get("reason", ""))
        return EventLine(event.at, by, says, unsaid, icon=ICONS[event.label], reason=reason)

    def _changes(self, event: Event) -> list[Change]:
        before = event.before or {}
        changes = []
        for name, words in event.told.fields.items():
            column = f"{name}_id" if name in event.told.references else name
            if before.get(column) != event.row.get(column):
                old = value_words(event.told, name, before, self.names)
                new = value_words(event.told, name, event.row, self.names)
                changes.append(Change(str(words), old, new, name))
        told = {change.field for change in changes}
        return [c for c in changes if event.told.implied.get(c.field) not in told]

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


def _led(page: list[Event]) -> list[Event]:
    """Without what only follows from another change of the same action."""
    led = {e.context for e in page if e.context and e.action not in e.told.follows}
    return [e for e in page if e.action not in e.told.follows or e.context not in led]


def _merged(page: list[Event]) -> list[Event]:
    """What one action did to one record in several steps is one change; the page is newest first."""
    last: dict[tuple[str, str, int], Event] = {}
    for event in page:
        key = (event.context or f"#{event.number}", event.told.kind, event.record)
        later = last.setdefault(key, event)
        if later is not event and later.label == "update":
            later.label, later.before = event.label, event.before
    return list(last.values())


def _template(event: Event, changes: list[Change]) -> Any:
    """The words of an event; None when it says nothing to anybody."""
    entry, before = event.told, event.before or {}
    if verb := entry.verbs.get(event.action):
        return verb
    if event.label != "update":
        return entry.added if event.label == "insert" else entry.removed
    for name, (filled, emptied) in entry.turns.items():
        if bool(before.get(name)) != bool(event.row.get(name)):
            return filled if event.row.get(name) else emptied
    if len(changes) != 1:
        return entry.changed if changes or entry.changed is not CHANGED else None
    [change] = changes
    return FROM_TO if change.old and change.new else TO if change.new else NO_MORE


def _unsaid(template: str, changes: list[Change]) -> list[Change]:
    """The changes that the sentence itself does not speak of."""
    if "%(old)s" in template or "%(new)s" in template:
        return changes[1:]
    return [change for change in changes if f"%({change.field})s" not in template]


def _say(template: Any, facts: Facts) -> SafeString:
    # The template is ours; every fact that goes into it is escaped. Without a last word no colon.
    return mark_safe((str(template) % facts).removesuffix(": "))  # noqa: S308 (facts were escaped one by one)


def name_of(entry: TellingOfModel, row: dict[str, Any], names: Names) -> str:
    if callable(entry.name):
        return entry.name(EventRow(entry, row, names))
    return _short(str(row.get(entry.name) or "–")) if entry.name else ""


def value_words(entry: TellingOfModel, name: str, row: dict[str, Any], names: Names) -> str:
    """A stored value as the reader would say it; nothing is an empty text."""
    if name in entry.parts:
        parts = names.parts.get((entry.kind, row["pgh_obj_id"], name), [])
        return listed([_reference(model, pk, names) for model, pk in parts])
    if name in entry.references:
        pk = row.get(f"{name}_id")
        return _reference(entry.references[name], pk, names) if pk else ""
    value = row.get(name)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value) if name in WRITTEN_AS_IS else _plain(entry.field_of(name), value)


def _plain(field: Any, value: Any) -> str:
    if isinstance(field, ArrayField):
        return listed([_plain(field.base_field, one) for one in value])
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    kind = field.get_internal_type()
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
