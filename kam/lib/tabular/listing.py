"""A list as a table: its columns, each with the field it comes back in as, row by row."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.functional import Promise

from kam.lib.tabular.download import download

AT_ONCE = 2_000


@dataclass(frozen=True)
class ListColumn:
    # The field of an import; empty where the column only goes out.
    field: str
    label: str | Promise
    value: Callable[[Any], Any]


@dataclass(frozen=True)
class Listing:
    """`kind` and `key` let the file come back in: every row names the record it was."""

    name: str
    columns: Sequence[ListColumn]
    kind: str = ""
    key: Callable[[Any], str] | None = None

    def head(self) -> list[str]:
        labels = [str(column.label) for column in self.columns]
        return [*labels, mark_of(self.kind)] if self.key else labels

    def rows(self, records: Iterable[Any]) -> Iterator[list[Any]]:
        """Of a query a few thousand rows at a time are in memory."""
        found = records.iterator(AT_ONCE) if isinstance(records, QuerySet) else records
        for record in found:
            values = [column.value(record) for column in self.columns]
            yield [*values, self.key(record)] if self.key else values

    def send(self, records: Iterable[Any], ending: str, about: str = "") -> HttpResponse:
        name = "-".join(filter(None, ["clave", self.name, about]))
        return download(name, ending, self.head(), self.rows(records))


def mark_of(kind: str) -> str:
    """The head of the column that names the record, the same in every language."""
    return f"clave:{kind}"


def attribute(path: str) -> Callable[[Any], Any]:
    """A value reached by dots; nothing where something on the way is nothing."""
    parts = path.split(".")

    def value(record: Any) -> Any:
        for part in parts:
            record = getattr(record, part, None)
            if record is None:
                return None
        return record

    return value
