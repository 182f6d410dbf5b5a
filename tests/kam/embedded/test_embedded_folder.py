import shutil
import tempfile
import unittest
from pathlib import Path
from unittest.mock import patch

from kam.embedded.folder import LONGEST_SOCKET_FOLDER, DataFolder
from kam.embedded.terminal import Trouble


class FolderTest(unittest.TestCase):
    def setUp(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="clave-"))
        self.addCleanup(shutil.rmtree, self.path, ignore_errors=True)

    def test_secret_key_is_made_once_and_private(self) -> None:
        folder = DataFolder(self.path)

        first, second = folder.secret_key(), folder.secret_key()

        self.assertEqual(first, second)
        self.assertGreaterEqual(len(first), 50)
        self.assertEqual((self.path / "secret_key").stat().st_mode & 0o777, 0o600)

    def test_deep_folder_gets_a_short_private_way(self) -> None:
        folder = DataFolder(self.path / ("deep" * 30))
        folder.prepare()

        way = folder.socket_folder
        self.addCleanup(shutil.rmtree, way.parent)

        self.assertLessEqual(len(str(way)), LONGEST_SOCKET_FOLDER)
        self.assertEqual(way.resolve(), folder.path)
        self.assertEqual(way.parent.stat().st_mode & 0o777, 0o700)

    def test_full_disk_is_told_before_anything_starts(self) -> None:
        full = shutil._ntuple_diskusage(10**9, 10**9 - 5 * 2**20, 5 * 2**20)

        with (
            patch("shutil.disk_usage", return_value=full),
            self.assertRaisesRegex(Trouble, "only 5 MB left"),
        ):
            DataFolder(self.path).prepare()

    def test_stamp_holds_only_for_the_same_sources(self) -> None:
        folder = DataFolder(self.path)
        folder.prepare()

        folder.put_stamp("tables", "first")

        self.assertTrue(folder.has_stamp("tables", "first"))
        self.assertFalse(folder.has_stamp("tables", "second"))
