"""Which files of a folder hold what, and from which system: told by their heads alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from accounts.imports import joined, tables
from accounts.imports.shapes import Sheet, Source
from accounts.imports.sources import SOURCES
from kam.lib.tabular import open_table

SUFFIXES = {".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".gz", ".zip"}


@dataclass(frozen=True)
class Found:
    path: Path
    name: str
    source: Source
    sheet: Sheet
    size: int


@dataclass(frozen=True)
class Ignored:
    name: str
    # Empty where nobody knows the head.
    what: str = ""


def files_of(path: Path) -> list[tuple[Path, str]]:
    """The file, or those of the folder and its folders, by name."""
    if path.is_file():
        return [(path, path.name)]
    found = sorted(one for one in path.rglob("*") if one.suffix.lower() in SUFFIXES)
    return [(one, str(one.relative_to(path))) for one in found if one.is_file()]


def recognise(
    path: Path, source: str = "auto", *, room: Path | None = None
) -> tuple[list[Found], list[Ignored]]:
    """TableError where a file of the folder cannot be read at all."""
    wanted = list(SOURCES.values()) if source == "auto" else [SOURCES[source]]
    found: list[Found] = []
    ignored: list[Ignored] = []
    heads: dict[Path, set[str]] = {}
    for file, name in files_of(path):
        with open_table(file, name=name) as table:
            columns = heads[file] = set(table.columns)
            here = list(_best(columns, wanted, file, name))
            if not here and source == "auto" and not _known_as(columns, wanted):
                here = list(_as_table(table.columns, file, name))
        found += here
        if not here:
            ignored.append(Ignored(name, _known_as(columns, wanted)))
    if room and source == "auto" and (parts := joined.parts_of(heads)):
        return [*_joined(parts, room), *_besides(found, parts)], ignored
    return found, ignored


def _joined(parts: dict[str, Path], room: Path) -> Iterator[Found]:
    """Tables of orders, put together in a room for the moment."""
    path = room / "orders.csv"
    joined.join(parts, path)
    yield from _as_table(joined.HEAD, path, parts["lines"].name)


def _besides(found: list[Found], parts: dict[str, Path]) -> list[Found]:
    return [one for one in found if one.path not in parts.values() and one.source.name != "table"]


def _as_table(columns: list[str], path: Path, name: str) -> Iterator[Found]:
    if kind := tables.kind_of(columns):
        source, sheet = tables.source_of(kind, tables.guess(kind, columns))
        yield Found(path, name, source, sheet, path.stat().st_size)


def _best(columns: set[str], sources: list[Source], path: Path, name: str) -> Iterator[Found]:
    """The sheets of the one source that recognises most of the columns."""
    fits = [
        (max(len(sheet.needs) for sheet in sheets), source, sheets)
        for source in sources
        if (sheets := _sheets(columns, source))
    ]
    if not fits:
        return
    _most, source, sheets = max(fits, key=lambda fit: fit[0])
    size = path.stat().st_size
    for sheet in sheets:
        yield Found(path, name, source, sheet, size)


def _sheets(columns: set[str], source: Source) -> list[Sheet]:
    """Of each kind the sheet that fits best; several kinds only where a source mixes them."""
    best: dict[str, Sheet] = {}
    for sheet in source.sheets:
        if sheet.recognises(columns):
            now = best.get(sheet.kind)
            if now is None or len(sheet.needs) > len(now.needs):
                best[sheet.kind] = sheet
    if source.name == "pipedrive" or len(best) < 2:
        return list(best.values())
    return [max(best.values(), key=lambda sheet: len(sheet.needs))]


def _known_as(columns: set[str], sources: list[Source]) -> str:
    for source in sources:
        for what, signs in source.ignored.items():
            if signs <= columns:
                return f"{source.label}: {what}"
    return ""
