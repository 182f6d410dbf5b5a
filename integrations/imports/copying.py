"""Many rows at once: COPY into a table for the moment, then one INSERT that history sees.

COPY straight into a tracked table would lose the name of the action; `bulk_create` costs three
times as much for rows of which nobody needs an object.
"""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

from django.db import connection, models
from django.utils.timezone import now


def insert(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Rows as values by column attribute, the rest by the fields' defaults; the new keys."""
    if not rows:
        return []
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    key = model._meta.pk
    names = [field.attname for field in fields if field is not key]
    defaults = {field.attname: _default(field) for field in fields if field is not key}
    table, columns = model._meta.db_table, _columns(fields, key)
    with connection.cursor() as cursor:
        keys = _new_keys(cursor, table, len(rows))
        hold = _emptied(cursor, table, columns)
        with cursor.copy(f"COPY {hold} ({columns}) FROM STDIN") as copy:
            for pk, row in zip(keys, rows, strict=True):
                copy.write_row([pk, *(_value(name, row, defaults) for name in names)])
        cursor.execute(f'INSERT INTO "{table}" ({columns}) SELECT {columns} FROM {hold}')  # noqa: S608 (names of our own tables)
    return keys


def _columns(fields: Sequence[Any], key: Any) -> str:
    ordered = [key, *(field for field in fields if field is not key)]
    return ", ".join(f'"{field.column}"' for field in ordered)


def _default(field: Any) -> Any:
    """A value, or what makes one for each row."""
    if getattr(field, "auto_now_add", False):
        return now()
    made_each = field.has_default() and callable(field.default)
    return field.default if made_each else field.get_default()


def _value(name: str, row: Mapping[str, Any], defaults: Mapping[str, Any]) -> Any:
    if name in row:
        value = row[name]
        return value.value if isinstance(value, Enum) else value
    value = defaults[name]
    made = value() if callable(value) else value
    return made.value if isinstance(made, Enum) else made


def _new_keys(cursor: Any, table: str, count: int) -> list[int]:
    cursor.execute(
        "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
        [f'"{table}"', count],
    )
    return [row[0] for row in cursor.fetchall()]


def _emptied(cursor: Any, table: str, columns: str) -> str:
    """The table of the moment, with the same columns and nothing in it."""
    hold = f'"copy_{table}"'
    cursor.execute(
        f"CREATE TEMP TABLE IF NOT EXISTS {hold} ON COMMIT DROP AS SELECT {columns} "  # noqa: S608 (names of our own tables)
        f'FROM "{table}" WITH NO DATA'
    )
    cursor.execute(f"TRUNCATE {hold}")
    return hold
