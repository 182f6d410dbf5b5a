"""Which files of a folder hold what, and from which system: told by their heads alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from accounts.models import Layout
from integrations.imports.layouts import joined_orders, own_files, tables
from integrations.imports.layouts.layouts import Entry, Found, found_of, head_of
from integrations.imports.layouts.shapes import Sheet, Source
from integrations.imports.layouts.sources import SOURCES
from kam.lib.tabular import TableError, open_table

SUFFIXES = {".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".gz", ".zip"}


@dataclass(frozen=True)
class Ignored:
    name: str
    # Empty where nobody knows the head.
    what: str = ""
    # Why it cannot be read; where it can, where it lies.
    problem: str = ""
    path: Path | None = None
    tab: str = ""

    def as_dict(self) -> dict[str, str]:
        return {"name": self.name, "what": self.what, "problem": self.problem}


@dataclass(frozen=True)
class Piece:
    """A table to be recognised: a file, or what several files of orders were joined to."""

    path: Path
    name: str
    columns: list[str]
    tab: str = ""


def files_of(path: Path, *, chosen: bool) -> list[tuple[Path, str]]:
    """The file, or those of the folder and its folders, by name; what was not chosen one by one
    counts only where it is called like a table."""
    if path.is_file():
        return [(path, path.name)]
    found = sorted(one for one in path.rglob("*") if chosen or one.suffix.lower() in SUFFIXES)
    return [(one, str(one.relative_to(path))) for one in found if one.is_file()]


class Recogniser:
    def __init__(
        self, source: str, *, said: Mapping[str, list[Entry]], patient: bool, room: Path | None
    ) -> None:
        self._wanted = list(SOURCES.values()) if source == "auto" else [SOURCES[source]]
        self._is_open, self._said, self._room = source == "auto", said, room
        # A file that cannot be read is told apart instead of ending everything.
        self._patient = patient
        self.found: list[Found] = []
        self.ignored: list[Ignored] = []

    def look_at(self, path: Path) -> None:
        files = files_of(path, chosen=self._patient)
        pieces = [piece for file, name in files if (piece := self._open(file, name))]
        for piece in self._joined(pieces):
            try:
                here = list(self._of(piece))
            except TableError as error:
                self._give_up(piece.name, error)
                continue
            self.found += here
            if not here:
                what = _known_as(set(piece.columns), self._wanted)
                self.ignored.append(Ignored(piece.name, what, path=piece.path, tab=piece.tab))

    def _open(self, file: Path, name: str) -> Piece | None:
        said = self._said.get(name) or [{}]
        tab = str(said[0].get("tab", ""))
        try:
            with open_table(file, name=name, sheet=tab) as table:
                return Piece(file, name, list(table.columns), tab)
        except TableError as error:
            self._give_up(name, error)
            return None

    def _give_up(self, name: str, error: TableError) -> None:
        if not self._patient:
            raise error
        self.ignored.append(Ignored(name, problem=str(error)))

    def _joined(self, pieces: list[Piece]) -> Iterator[Piece]:
        """Tables of orders become one; what lies beside them counts only where it is known."""
        heads = {piece.path: set(piece.columns) for piece in pieces}
        parts = joined_orders.parts_of(heads) if self._room and self._is_open else {}
        for piece in pieces:
            if not parts:
                yield piece
            elif piece.path == parts["lines"]:
                together = self._room / "orders.csv"  # type: ignore[operator]  # parts only where there is room
                joined_orders.join(parts, together)
                yield Piece(together, piece.name, joined_orders.HEAD)
            elif piece.path not in parts.values() and (
                self._said.get(piece.name) or any(_best(piece, self._wanted))
            ):
                yield piece

    def _of(self, piece: Piece) -> Iterator[Found]:
        entries = self._said.get(piece.name) or self._said.get("")
        if entries is None and self._is_open:
            entries = Layout.objects.recall(head_of(piece.columns, piece.tab))
        if entries and entries[0].get("kind") != "auto":
            told = [{**entry, "file": piece.name} for entry in entries if entry.get("kind")]
            yield from (found_of(entry, piece.path, piece.columns) for entry in told)
            return
        if self._is_open and (ours := own_files.source_of(piece.columns)):
            size = piece.path.stat().st_size
            yield Found(piece.path, piece.name, ours, ours.sheets[0], size, piece.tab)
            return
        here = list(_best(piece, self._wanted))
        if not here and self._is_open and not _known_as(set(piece.columns), self._wanted):
            here = list(as_table(piece))
        yield from (replace(one, tab=piece.tab) for one in here)


def recognise(
    path: Path,
    source: str = "auto",
    *,
    room: Path | None = None,
    said: Mapping[str, list[Entry]] | None = None,
    patient: bool = False,
) -> tuple[list[Found], list[Ignored]]:
    """TableError where a file of the folder cannot be read at all, unless `patient`."""
    recogniser = Recogniser(source, said=said or {}, patient=patient, room=room)
    recogniser.look_at(path)
    return recogniser.found, recogniser.ignored


def as_table(piece: Piece, kind: str | None = None) -> Iterator[Found]:
    """A table of nobody's layout, of the kind that fits best or of this one."""
    if kind := kind or tables.kind_of(piece.columns):
        source, sheet = tables.source_of(kind, tables.guess(kind, piece.columns))
        yield Found(piece.path, piece.name, source, sheet, piece.path.stat().st_size)


def _best(piece: Piece, sources: list[Source]) -> Iterator[Found]:
    """The sheets of the one source that recognises most of the columns."""
    columns = set(piece.columns)
    fits = [
        (max(len(sheet.needs) for sheet in sheets), source, sheets)
        for source in sources
        if (sheets := _sheets(columns, source))
    ]
    if not fits:
        return
    _most, source, sheets = max(fits, key=lambda fit: fit[0])
    size = piece.path.stat().st_size
    for sheet in sheets:
        yield Found(piece.path, piece.name, source, sheet, size)


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
