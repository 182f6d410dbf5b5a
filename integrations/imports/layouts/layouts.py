"""Which table is taken as what: as its head says, as somebody mapped it before, or as told now.

An entry is plain data, kept with a batch, remembered for the next file of the same head, and read
from the file that `importcrm --map` names:

    {"file": "ventas.csv", "source": "table", "kind": "revenue",
     "columns": {"account": ["Cliente"], "month": ["Fecha"], "revenue": ["Importe"]},
     "tab": "", "order": "day", "decimal": ","}

An entry without a kind says that the table is left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from integrations.imports.layouts.own_files import OWN
from integrations.imports.layouts.shapes import KINDS, Sheet, Source
from integrations.imports.layouts.sources import SOURCES
from kam.lib.tabular import TableError

TABLE = Source("table", "Table", ())
ALL_SOURCES = {**SOURCES, OWN: Source(OWN, "Clave", ())}
Entry = dict[str, Any]


@dataclass(frozen=True)
class Found:
    path: Path
    name: str
    source: Source
    sheet: Sheet
    size: int
    # Sheet of the workbook, and what a person chose where the file leaves it open.
    tab: str = ""
    order: str = ""
    decimal: str = ""
    # Rows below the head where somebody has counted them.
    rows: int = 0


def entry_of(found: Found, columns: Sequence[str]) -> Entry:
    present = found.sheet.present(set(columns))
    return {
        "file": found.name,
        "source": found.source.name,
        "kind": found.sheet.kind,
        "columns": {name: list(names) for name, names in present.items()},
        "constants": dict(found.sheet.constants),
        "tab": found.tab,
        "order": found.order,
        "decimal": found.decimal,
    }


def found_of(entry: Mapping[str, Any], path: Path, columns: Sequence[str]) -> Found:
    """TableError where the entry names a kind or a column that is not there."""
    name, kind = str(entry["file"]), str(entry.get("kind", ""))
    if kind not in KINDS:
        raise TableError(
            _("“%(kind)s” is no kind of table. There are: %(kinds)s.")
            % {"kind": kind, "kinds": ", ".join(KINDS)},
            file=name,
        )
    fields = {field: _names(wanted) for field, wanted in entry.get("columns", {}).items() if wanted}
    for column in (column for names in fields.values() for column in names):
        if column not in columns:
            raise TableError(
                _("The column is missing. There are: %(names)s.")
                % {"names": ", ".join(filter(None, columns))[:200]},
                file=name,
                column=column,
            )
    needs = frozenset(column for names in fields.values() for column in names)
    sheet = Sheet(kind, fields, needs, entry.get("constants") or {})
    source = ALL_SOURCES.get(str(entry.get("source", "")), TABLE)
    return Found(
        path, name, source, sheet, path.stat().st_size, str(entry.get("tab", "")),
        str(entry.get("order", "")), str(entry.get("decimal", "")), int(entry.get("rows", 0)),
    )  # fmt: skip


def by_file(entries: Iterable[Mapping[str, Any]]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(str(entry.get("file", "")), []).append(dict(entry))
    return found


def head_of(columns: Sequence[str], tab: str = "") -> str:
    """The same for files with the same head, whatever the order of their columns."""
    words = "\x1f".join([tab, *sorted(columns)])
    return blake2b(words.encode("utf-8", "replace"), digest_size=24).hexdigest()


def _names(wanted: Any) -> tuple[str, ...]:
    return (wanted,) if isinstance(wanted, str) else tuple(str(one) for one in wanted)
