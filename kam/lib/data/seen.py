"""Edits compare the value the editor saw with the value stored: no word is ever lost."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model, QuerySet


class Stale(Exception):
    """Somebody else changed this field since the editor saw it."""

    def __init__(self, current: Any) -> None:
        super().__init__(f"now {current!r}")
        self.current = current


class StaleFields(Exception):
    """Somebody else changed fields of this form since the editor saw them."""

    def __init__(self, current: dict[str, Any]) -> None:
        super().__init__(f"now {current!r}")
        self.current = current


def compare_and_set(
    rows: QuerySet[Any], record: Model, field: str, *, seen: Any, value: Any
) -> None:
    """Write `value` where the row still holds `seen`; the database decides, not the memory.

    Raises Stale with the stored value when another editor was faster with another value.
    """
    if not rows.filter(pk=record.pk, **{field: seen}).update(**{field: value}):
        current = rows.values_list(field, flat=True).get(pk=record.pk)
        if current != value:
            raise Stale(current)
    setattr(record, field, value)


def compare_and_set_all(
    rows: QuerySet[Any], record: Model, *, seen: Mapping[str, Any] | None, values: Mapping[str, Any]
) -> None:
    """The same for several fields of one row, inside a transaction: all of them or none.

    Without `seen` the values before are those of the record at hand. Raises StaleFields with what is stored where somebody else was faster with another value.
    """
    if seen is None:
        seen = {name: raw(record, name) for name in values}
    stored = rows.select_for_update(of=("self",)).get(pk=record.pk)
    stale = {
        name: getattr(stored, name)
        for name, value in values.items()
        if raw(stored, name) not in (plain(seen.get(name)), plain(value))
    }
    if stale:
        raise StaleFields(stale)
    for name, value in values.items():
        setattr(record, name, value)
    record.save(update_fields=list(values))


def raw(record: Model, name: str) -> Any:
    """A field as it is stored: the key of a related record, else the value."""
    return getattr(record, record._meta.get_field(name).attname)  # type: ignore[union-attr]  # a column, not a relation from elsewhere


def plain(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value
