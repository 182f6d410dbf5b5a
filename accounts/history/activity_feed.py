"""The history of one account, newest first, from the event tables of all its models.

However many rows a page shows: one query finds them, one fetches them with what was there before,
one what they consist of, two look up the names of what they speak of, one the people.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Model

from accounts.history.history_registry import TellingOfModel, told
from accounts.models import Account, User

ROWS = 50
quote = connection.ops.quote_name


@dataclass(frozen=True)
class Cursor:
    """After which entry the page goes on: time, kind, number of the event."""

    at: datetime
    kind: str
    number: int

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """What stood in the address; nonsense is the first page."""
        try:
            at, kind, number = text.split("~")
            moment = datetime.fromisoformat(at)
            return cls(moment, kind, int(number)) if moment.tzinfo else None
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.kind}~{self.number}"


@dataclass(frozen=True)
class Filter:
    """Whose changes (None is everybody, 0 the clock) and of which group of things."""

    who: int | None = None
    group: str = ""


@dataclass
class Event:
    """One change of one row, as the database kept it."""

    told: TellingOfModel
    number: int
    at: datetime
    label: str
    record: int
    context: str
    facts: dict[str, Any]
    row: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] | None = None

    @property
    def by(self) -> int | None:
        return self.facts.get("user")

    @property
    def action(self) -> str:
        return str(self.facts.get("action", ""))

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.at, self.told.kind, self.number)


@dataclass(frozen=True)
class Extent:
    count: int
    since: datetime | None


def extent(account: Account) -> Extent:
    """How much there is in all, and since when."""
    parts, values = [], []
    for entry in told().values():
        parts.append(
            f"SELECT count(*) AS n, min(pgh_created_at) AS since FROM {quote(entry.table)} "  # noqa: S608 (quoted names of our own tables)
            f"WHERE {entry.account_column} = %s AND pgh_label <> ALL(%s)"
        )
        values += [account.pk, list(entry.silent)]
    sql = f"SELECT sum(n)::int, min(since) FROM ({' UNION ALL '.join(parts)}) AS all_of_it"  # noqa: S608 (quoted names of our own tables)
    [(count, since)] = _rows(sql, values)
    return Extent(count or 0, since)


def events(
    account: Account, *, before: Cursor | None = None, only: Filter = Filter(), rows: int = ROWS
) -> tuple[list[Event], Cursor | None]:
    """A page of events, and where the next one begins."""
    found = _find(account, before, only, rows + 1)
    page = found[:rows]
    _fetch(page)
    return page, page[-1].cursor if len(found) > rows else None


def _find(account: Account, before: Cursor | None, only: Filter, rows: int) -> list[Event]:
    parts, values = [], []
    for entry in told().values():
        if only.group and entry.group != only.group:
            continue
        where, found = _where(entry, account, before, only)
        parts.append(
            f"(SELECT %s::text AS kind, e.pgh_id, e.pgh_created_at, e.pgh_label, e.pgh_obj_id, "  # noqa: S608 (quoted names of our own tables)
            f"e.pgh_context_id FROM {quote(entry.table)} e {where} "
            "ORDER BY e.pgh_created_at DESC, e.pgh_id DESC LIMIT %s)"
        )
        values += [entry.kind, *found, rows]
    if not parts:
        return []
    sql = (
        "SELECT x.kind, x.pgh_id, x.pgh_created_at, x.pgh_label, x.pgh_obj_id, "  # noqa: S608 (quoted names of our own tables)
        "x.pgh_context_id::text, c.metadata::text "
        f"FROM ({' UNION ALL '.join(parts)}) AS x "
        "LEFT JOIN pghistory_context c ON c.id = x.pgh_context_id "
        'ORDER BY x.pgh_created_at DESC, x.kind COLLATE "C" DESC, x.pgh_id DESC LIMIT %s'
    )
    return [
        Event(told()[kind], number, at, label, record, context or "", json.loads(facts or "{}"))
        for kind, number, at, label, record, context, facts in _rows(sql, [*values, rows])
    ]


def _where(
    entry: TellingOfModel, account: Account, before: Cursor | None, only: Filter
) -> tuple[str, list[Any]]:
    where = f"WHERE e.{entry.account_column} = %s AND e.pgh_label <> ALL(%s)"
    values: list[Any] = [account.pk, list(entry.silent)]
    if before and entry.kind == before.kind:
        where += " AND (e.pgh_created_at, e.pgh_id) < (%s, %s)"
        values += [before.at, before.number]
    elif before:
        where += f" AND e.pgh_created_at {'<=' if entry.kind < before.kind else '<'} %s"
        values.append(before.at)
    if only.who is not None:
        person = "c.metadata->>'user' = %s" if only.who else "c.metadata->>'user' IS NULL"
        found = f"(SELECT 1 FROM pghistory_context c WHERE c.id = e.pgh_context_id AND {person})"  # noqa: S608 (quoted names of our own tables)
        missing = " OR e.pgh_context_id IS NULL" if not only.who else ""
        where += f" AND (EXISTS {found}{missing})"
        values += [str(only.who)] if only.who else []
    return where, values


def _fetch(page: list[Event]) -> None:
    """The rows as they became, and as they were before."""
    wanted: dict[str, dict[int, Event]] = {}
    for event in page:
        wanted.setdefault(event.told.kind, {})[event.number] = event
    parts, values = [], []
    for kind, found in wanted.items():
        table = quote(told()[kind].table)
        parts.append(
            f"SELECT %s::text, e.pgh_id, to_jsonb(e)::text, (SELECT to_jsonb(p)::text FROM {table} p "  # noqa: S608 (quoted names of our own tables)
            "WHERE p.pgh_obj_id = e.pgh_obj_id AND p.pgh_id < e.pgh_id ORDER BY p.pgh_id DESC LIMIT 1) "
            f"FROM {table} e WHERE e.pgh_id = ANY(%s)"
        )
        values += [kind, list(found)]
    if not parts:
        return
    for kind, number, row, earlier in _rows(" UNION ALL ".join(parts), values):
        event = wanted[kind][number]
        event.row = _loaded(row)
        event.before = _loaded(earlier) if earlier and event.label == "update" else None


class Names:
    """The things a page speaks of, as they were called last, also when they are gone.

    Other accounts, such as the group above, are named to those only who may see them.
    """

    def __init__(self, page: Iterable[Event], reader: User) -> None:
        self.rows: dict[tuple[type[Model], int], dict[str, Any]] = {}
        self.others: dict[tuple[type[Model], int], str] = {}
        self.people: dict[int, User] = {}
        self.parts: dict[tuple[str, int, str], list[tuple[type[Model], int]]] = {}
        page = list(page)
        pending = {
            ref for e in page for row in (e.row, e.before or {}) for ref in _refs(e.told, row)
        }
        pending |= self._take_apart({(e.told.model, e.record) for e in page} | pending)
        people = {e.by for e in page if e.by}
        for _level in range(2):
            people |= {pk for model, pk in pending if model is User}
            pending = self._load({ref for ref in pending if ref[0] is not User})
        people |= {pk for model, pk in pending if model is User}
        self.people = User.objects.in_bulk(people)
        self._hide_accounts(reader)

    def _hide_accounts(self, reader: User) -> None:
        named = {pk for model, pk in self.rows if model is Account}
        if named:
            visible = Account.objects.visible_to(reader).filter(pk__in=named)
            for pk in named - set(visible.values_list("pk", flat=True)):
                del self.rows[Account, pk]

    def _take_apart(self, wanted: set[tuple[type[Model], int]]) -> set[tuple[type[Model], int]]:
        """Who and what the rows consist of, also when they are gone."""
        sql, values = [], []
        for entry in told().values():
            whole = [pk for model, pk in wanted if model is entry.model]
            for name, (model, one) in entry.parts.items() if whole else ():
                table, owner = told()[model._meta.label_lower].table, _owner(model, entry.model)
                sql.append(
                    f"SELECT %s::text, %s::text, {quote(owner)}, {quote(one + '_id')}, pgh_id "  # noqa: S608 (quoted names of our own tables)
                    f"FROM {quote(table)} WHERE {quote(owner)} = ANY(%s) AND pgh_label = 'insert'"
                )
                values += [entry.kind, name, whole]
        for kind, name, pk, one_pk, _number in (
            _rows(f"{' UNION ALL '.join(sql)} ORDER BY 5", values) if sql else ()
        ):
            model, one = told()[kind].parts[name]
            target: Any = model._meta.get_field(one).related_model
            self.parts.setdefault((kind, pk, name), []).append((target, one_pk))
        return {ref for found in self.parts.values() for ref in found}

    def _load(self, wanted: set[tuple[type[Model], int]]) -> set[tuple[type[Model], int]]:
        by_model: dict[type[Model], list[int]] = {}
        for model, pk in wanted - set(self.rows):
            by_model.setdefault(model, []).append(pk)
        entries = {e.model: e for e in told().values() if e.model in by_model}
        for model in set(by_model) - set(entries):
            for pk, record in model._default_manager.in_bulk(by_model[model]).items():
                self.others[model, pk] = str(record)
        parts = [
            f"(SELECT DISTINCT ON (pgh_obj_id) %s::text, pgh_obj_id, to_jsonb(e)::text "  # noqa: S608 (quoted names of our own tables)
            f"FROM {quote(e.table)} e WHERE pgh_obj_id = ANY(%s) ORDER BY pgh_obj_id, pgh_id DESC)"
            for e in entries.values()
        ]
        values = [v for m, e in entries.items() for v in (e.kind, by_model[m])]
        found = set()
        for kind, pk, row in _rows(" UNION ALL ".join(parts), values) if parts else ():
            entry = told()[kind]
            self.rows[entry.model, pk] = _loaded(row)
            found |= set(_refs(entry, self.rows[entry.model, pk], only=entry.needs))
        return found


def _owner(part: type[Model], whole: type[Model]) -> str:
    """The column of a part that points to what it is part of."""
    return next(str(f.attname) for f in part._meta.fields if f.related_model is whole)


def _refs(
    entry: TellingOfModel, row: dict[str, Any], only: Iterable[str] | None = None
) -> list[tuple[type[Model], int]]:
    references = entry.references
    names = references if only is None else [n for n in only if n in references]
    return [(references[n], row[f"{n}_id"]) for n in names if row.get(f"{n}_id")]


def _loaded(text: str) -> dict[str, Any]:
    row: dict[str, Any] = json.loads(text, parse_float=Decimal)
    return row


def _rows(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
