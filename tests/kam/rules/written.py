"""What was written into tracked tables, and whether the pages kept of it are of the past.

A page of an account is kept under its revision, every page under the number of the house. So a
write that leaves both as they were would be seen by nobody for minutes.
"""

from dataclasses import dataclass, field
from typing import Any, Self

from django.apps import apps
from django.db import connection

from accounts.models import Account
from kam.lib.web.regions.models import House


def event_models() -> list[Any]:
    """The tables of history, one for each tracked table."""
    return [m for m in apps.get_models() if hasattr(m, "pgh_tracked_model")]


def account_column(model: Any) -> str:
    """Where a row of history says whose it is; NULL for what is of no account."""
    if model.pgh_tracked_model is Account:
        return "pgh_obj_id"
    return "account_id" if any(f.name == "account" for f in model._meta.fields) else "NULL::bigint"


@dataclass(frozen=True)
class Stand:
    """How far history, revisions and house had come."""

    newest: dict[str, int]
    revisions: dict[int, int]
    house: int
    written: set[tuple[str, int | None]] = field(default_factory=set)

    @classmethod
    def now(cls, since: Self | None = None) -> Self:
        house = House.objects.values_list("number", flat=True).first() or 0
        revisions = dict(Account.objects.values_list("pk", "revision"))
        if since is None:
            return cls({t: n for t, n, _a in _rows({})}, revisions, house)
        written = {(table, account) for table, _number, account in _rows(since.newest)}
        return cls(since.newest, revisions, house, written)

    def kept_after(self, before: Self) -> list[tuple[str, int | None]]:
        """The writes since then after which a page drawn before them is still shown."""
        if self.house > before.house:
            return []
        kept = {pk for pk, number in before.revisions.items() if self.revisions.get(pk) == number}
        return sorted((t, pk) for t, pk in self.written if pk is None or pk in kept)


def _rows(newest: dict[str, int]) -> list[tuple[str, int, int | None]]:
    """Table of history, newest number and account of each group of rows beyond `newest`."""
    asked = " UNION ALL ".join(
        f"SELECT '{m._meta.db_table}', max(pgh_id), {account_column(m)} FROM {m._meta.db_table}"  # noqa: S608 (names of our own tables)
        f" WHERE pgh_id > {newest.get(m._meta.db_table, 0)} GROUP BY 3"
        for m in event_models()
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return sorted(cursor.fetchall(), key=lambda row: row[1])
