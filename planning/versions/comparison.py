"""Two versions of a plan, field by field: what was added, what is gone, what reads otherwise."""

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from planning.versions.version_tables import SECTIONS, Data, Field, Row, Table, tables

ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True)
class Piece:
    """A run of words; `mark` is "del", "ins" or nothing."""

    text: str
    mark: str = ""


@dataclass
class Difference:
    """One field of one row that differs, or a row that came or went."""

    kind: str
    table: Table
    pk: int
    title: str
    field: Field | None
    before: list[Piece]
    after: list[Piece]
    is_governed: bool
    by: str = ""
    at: datetime | None = None

    @property
    def what(self) -> str:
        """Pass the CISO review, due; a row that came or went is named by its kind."""
        if self.field is None:
            return self.title
        name = str(self.field.label)
        if not self.title:
            return name
        return f"{self.title}, {name}"

    @property
    def sort(self) -> str:
        return self.field.sort if self.field else "words"

    @property
    def attribute(self) -> str:
        return self.field.name if self.field else ""


@dataclass
class Section:
    no: str
    label: str
    lines: list[Difference] = field(default_factory=list)


@dataclass
class Comparison:
    lines: list[Difference]
    same: dict[str, int]

    def __len__(self) -> int:
        return len(self.lines)

    @property
    def governed(self) -> int:
        return sum(line.is_governed for line in self.lines)

    def of_sort(self, sort: str) -> list[Difference]:
        return [line for line in self.lines if line.sort == sort]

    @staticmethod
    def sections(lines: Iterable[Difference]) -> list[Section]:
        found = {no: Section(no, str(label)) for no, label in SECTIONS.items()}
        for line in lines:
            found[line.table.section].lines.append(line)
        return [section for section in found.values() if section.lines]


def compare(before: Data, after: Data) -> Comparison:
    """Both as they come out of a snapshot: JSON, dates as text."""
    lines: list[Difference] = []
    same: dict[str, int] = {}
    for table in tables():
        old, new = table.by_id(before), table.by_id(after)
        if old is None or new is None:
            continue
        found = list(_lines(table, old, new))
        lines += found
        touched = {line.pk for line in found}
        same[table.key] = len([pk for pk in new if pk in old and pk not in touched])
    return Comparison(lines, same)


def _lines(table: Table, old: dict[int, Row], new: dict[int, Row]) -> Iterator[Difference]:
    for pk in [*new, *(pk for pk in old if pk not in new)]:
        was, now = old.get(pk), new.get(pk)
        if was and now:
            yield from _changes(table, pk, was, now)
        elif now:
            yield _whole(table, ADDED, pk, now)
        elif was:
            yield _whole(table, REMOVED, pk, was)


def _changes(table: Table, pk: int, was: Row, now: Row) -> Iterator[Difference]:
    for item in table.fields:
        if item.name not in was or item.name not in now or same(was[item.name], now[item.name]):
            continue
        before, after = item.show(was[item.name], was), item.show(now[item.name], now)
        if before == after:
            continue
        old, new = words(before, after) if item.is_prose else ends(before, after)
        governed = item.name in table.governed
        title = str(was[table.title])
        yield Difference(CHANGED, table, pk, title, item, old, new, governed)


def _whole(table: Table, kind: str, pk: int, row: Row) -> Difference:
    title = str(row[table.title])
    label = table.kind_of(row) if table.kind_of else str(table.label)
    others = [f.show(row[f.name], row) for f in table.fields if f.name in BRIEF and row.get(f.name)]
    mark = "ins" if kind == ADDED else "del"
    pieces = [Piece(title, mark)] + ([Piece(", " + ", ".join(others))] if others else [])
    gone: list[Piece] = []
    before, after = (gone, pieces) if kind == ADDED else (pieces, gone)
    return Difference(kind, table, pk, label, None, before, after, bool(table.governed))


# Besides its name, what a whole row is shown with.
BRIEF = ("owner", "due", "impact", "sponsor")


def same(was: Any, now: Any) -> bool:
    """People are the same by their key, whatever they were called."""
    if isinstance(was, dict) and isinstance(now, dict):
        return bool(was.get("id") == now.get("id"))
    return bool(was == now)


def ends(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    return (
        [Piece(before, "del")] if before else [],
        [Piece(after, "ins")] if after else [],
    )


def words(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Word by word; two texts with little in common stand against each other as wholes."""
    old, new = re.findall(r"\s+|\S+", before), re.findall(r"\s+|\S+", after)
    if len(old) + len(new) > MOST_WORDS:
        return ends(before, after)
    match = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    if match.ratio() < 0.5:
        return ends(before, after)
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, a, b, c, d in match.get_opcodes():
        _add(left, "".join(old[a:b]), "" if kind == "equal" else "del")
        _add(right, "".join(new[c:d]), "" if kind == "equal" else "ins")
    return left, right


MOST_WORDS = 1200


def _add(pieces: list[Piece], text: str, mark: str) -> None:
    if text:
        pieces.append(Piece(text, mark))
