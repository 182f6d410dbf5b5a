"""Inline edits compare the value the editor saw with the value stored: no word is ever lost."""

from typing import Any

from django.db.models import Model, QuerySet


class Stale(Exception):
    """Somebody else changed this field since the editor saw it."""

    def __init__(self, current: Any) -> None:
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
