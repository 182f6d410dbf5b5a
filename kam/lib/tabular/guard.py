"""What a workbook must pass before any parser sees it: no bombs, no entities, no broken parts."""

import zipfile
import zlib
from pathlib import Path

from django.utils.translation import gettext as _

from kam.lib.tabular.errors import TableError
from kam.lib.tabular.limits import MAX_PARTS, MAX_RATIO, MAX_UNPACKED, MAX_WORKBOOK

CHUNK = 1 << 20
SMALL = 1 << 20
FORBIDDEN = [
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
]
OVERLAP = max(len(word) for word in FORBIDDEN) - 1
WORKBOOK_PARTS = ("xl/workbook.xml", "xl/workbook.bin")
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)


def check_workbook(path: Path) -> None:
    """A TableError with what is wrong, or nothing."""
    if path.stat().st_size > MAX_WORKBOOK:
        raise TableError(
            _("The workbook is larger than %(most)s MB. Save the sheet as CSV instead.")
            % {"most": MAX_WORKBOOK >> 20}
        )
    try:
        with zipfile.ZipFile(path) as archive:
            _check_list(archive.infolist())
            _check_parts(archive)
    except RuntimeError as error:  # zipfile's word for a password
        raise locked() from error
    except BROKEN as error:
        raise broken() from error


def locked() -> TableError:
    return TableError(
        _(
            "The workbook is protected by a password, or of the old .xls kind. "
            "Open it, save it without a password as .xlsx or CSV, and try again."
        )
    )


def broken() -> TableError:
    return TableError(
        _("The workbook is broken. Open it in your spreadsheet program and save it again.")
    )


def _check_list(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename.lower().replace("\\", "/") for part in parts]
    if len(parts) > MAX_PARTS or len(set(names)) < len(names):
        raise broken()
    if any(part.flag_bits & 1 for part in parts):
        raise locked()
    if not any(name.endswith(WORKBOOK_PARTS) or "workbook" in name for name in names):
        raise TableError(_("This is a ZIP archive and no workbook. Unpack it first."))


def _check_parts(archive: zipfile.ZipFile) -> None:
    """Unpack everything once, in pieces: sizes in the list may lie."""
    left = MAX_UNPACKED
    for part in archive.infolist():
        size = _unpacked_size(archive, part, left)
        if size > SMALL and size > MAX_RATIO * max(part.compress_size, 1):
            raise _bomb()
        left -= size


def _unpacked_size(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> int:
    size, tail = 0, b""
    is_xml = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    with archive.open(part) as file:
        while chunk := file.read(CHUNK):
            size += len(chunk)
            if size > most:
                raise _bomb()
            if is_xml:
                _check_xml(tail + chunk, part.filename)
                tail = chunk[-OVERLAP:]
    return size


def _check_xml(piece: bytes, name: str) -> None:
    if any(word in piece for word in FORBIDDEN):
        raise TableError(
            _(
                "The workbook declares entities (in %(part)s), which no spreadsheet needs. Save it again."
            )
            % {"part": name}
        )


def _bomb() -> TableError:
    return TableError(
        _("Unpacked, the workbook is far larger than it says. Save the sheet as CSV instead.")
    )
