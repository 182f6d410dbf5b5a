"""A file is whole or not there."""

import errno
import tempfile
from pathlib import Path
from unittest import mock

from django.core.files.base import ContentFile
from django.test import SimpleTestCase

from kam.lib.web.files import WholeFileStorage, is_disk_full

FULL = OSError(errno.ENOSPC, "No space left on device")


class WholeFileStorageTest(SimpleTestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.storage = WholeFileStorage(location=folder.name)

    def files(self) -> list[str]:
        return [str(p.relative_to(self.root)) for p in self.root.rglob("*") if p.is_file()]

    def test_file_is_kept_under_its_name(self) -> None:
        self.storage.save("a/b.pdf", ContentFile(b"all of it"))

        self.assertEqual(self.files(), ["a/b.pdf"])
        self.assertEqual((self.root / "a/b.pdf").read_bytes(), b"all of it")

    def test_full_disk_leaves_nothing(self) -> None:
        with (
            mock.patch.object(ContentFile, "chunks", side_effect=self.half),
            self.assertRaises(OSError) as caught,
        ):
            self.storage.save("a/b.pdf", ContentFile(b"all of it"))

        self.assertTrue(is_disk_full(caught.exception))
        self.assertEqual(self.files(), [])

    def test_death_before_the_end_leaves_no_name(self) -> None:
        with (
            mock.patch.object(WholeFileStorage, "_settle", side_effect=KeyboardInterrupt),
            self.assertRaises(KeyboardInterrupt),
        ):
            self.storage.save("b.pdf", ContentFile(b"all of it"))

        self.assertFalse(self.storage.exists("b.pdf"))

    def half(self) -> object:
        yield b"half of"
        raise FULL
