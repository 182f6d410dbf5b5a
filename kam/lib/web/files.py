"""Where files are kept: whole or not at all, also when the disk is full or the process dies."""

import contextlib
import errno
import os
import uuid
from pathlib import Path
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

# No room on the disk, in the quota of the user, or in the limit of the process.
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def is_disk_full(error: OSError) -> bool:
    return error.errno in FULL


class WholeFileStorage(FileSystemStorage):
    """Writes beside the name and renames: nobody ever finds half a file under a name."""

    def _save(self, name: str, content: File[Any] | IO[Any]) -> str:
        part = f"{name}.{uuid.uuid4().hex}.part"
        try:
            super()._save(part, content)  # type: ignore[misc]  # Django's stubs leave it out
            self._settle(Path(self.path(part)), Path(self.path(name)))
        except BaseException:
            with contextlib.suppress(OSError):
                self.delete(part)
            raise
        return name

    def _settle(self, part: Path, final: Path) -> None:
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(final)
