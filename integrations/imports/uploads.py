"""Uploaded files as a folder for the moment; archives are unpacked into it, within limits."""

import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import Batch
from integrations.imports.layouts.recognition import SUFFIXES, Ignored
from kam.lib.tabular import TableError
from kam.lib.tabular.limits import MAX_RATIO

CHUNK = 1 << 20
MOST_FILES = 100
SMALL = 1 << 20
ZIP = b"PK\x03\x04"
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)


class Folder:
    def __init__(self, path: Path) -> None:
        self.path = path
        # Files that could not be unpacked, with the reason.
        self.problems: list[Ignored] = []
        self._left = settings.UPLOAD_UNPACKED

    def add(self, name: str, source: Path) -> None:
        if is_archive(source):
            try:
                self._unpack(name, source)
            except TableError as error:
                self.problems.append(Ignored(name, problem=str(error.named(name))))
        else:
            source.rename(self._place(name))

    def _place(self, name: str) -> Path:
        """Below the folder whatever the name says, and never on top of another file."""
        parts = [part for part in PurePosixPath(name).parts if part not in ("/", "..", ".")]
        path = self.path.joinpath(*(part[:120] for part in parts[-4:] or ["file"]))
        stem, number = path.stem, 1
        while path.exists():
            number += 1
            path = path.with_name(f"{stem} ({number}){path.suffix}")
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def _unpack(self, name: str, source: Path) -> None:
        try:
            with zipfile.ZipFile(source) as archive:
                members = [one for one in archive.infolist() if _is_table(one)]
                self._check(members)
                for member in members:
                    self._take_out(archive, member)
        except RuntimeError as error:  # zipfile's word for a password
            raise _locked() from error
        except BROKEN as error:
            raise TableError(
                _("The archive is broken. Pack the files again, or upload them one by one.")
            ) from error

    def _check(self, members: list[zipfile.ZipInfo]) -> None:
        if not members:
            raise TableError(_("The archive holds no CSV and no XLSX file."))
        if len(members) > MOST_FILES:
            raise TableError(
                _("The archive holds more than %(most)s files. Upload them in parts.")
                % {"most": MOST_FILES}
            )
        if any(member.flag_bits & 1 for member in members):
            raise _locked()

    def _take_out(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
        """In pieces, and counted: sizes in the list may lie."""
        size = 0
        with archive.open(member) as packed, self._place(member.filename).open("wb") as out:
            while piece := packed.read(CHUNK):
                size += len(piece)
                too_dense = size > SMALL and size > MAX_RATIO * max(member.compress_size, 1)
                if size > self._left or too_dense:
                    raise TableError(
                        _("Unpacked, %(name)s is far too large. Upload smaller files.")
                        % {"name": member.filename}
                    )
                out.write(piece)
        self._left -= size


@contextmanager
def folder_of(batch: Batch) -> Iterator[tuple[Folder, Path]]:
    """The files of the batch, and a room beside them for what is made of them."""
    with TemporaryDirectory(prefix="clave-import-") as place:
        folder, room = Folder(Path(place) / "files"), Path(place) / "room"
        folder.path.mkdir()
        room.mkdir()
        for kept in batch.files.order_by("pk"):
            copy = room / "upload"
            with kept.file.open("rb") as stored, copy.open("wb") as out:
                shutil.copyfileobj(stored, out, CHUNK)
            folder.add(kept.name, copy)
        yield folder, room


def is_archive(path: Path) -> bool:
    """A ZIP of files, and not a workbook, which is one inside."""
    with path.open("rb") as file:
        if file.read(4) != ZIP:
            return False
    try:
        with zipfile.ZipFile(path) as archive:
            return "[Content_Types].xml" not in archive.namelist()
    except BROKEN:
        return False


def _is_table(member: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(member.filename)
    hidden = path.name.startswith(".") or "__MACOSX" in path.parts
    return not member.is_dir() and not hidden and path.suffix.lower() in SUFFIXES


def _locked() -> TableError:
    return TableError(_("The archive is protected by a password. Pack it without one."))
