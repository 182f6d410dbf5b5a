import zoneinfo
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import tzdata
from django.conf import settings
from django.test import SimpleTestCase

from kam.lib.text.zones import use_the_newer, version_of


class ZonesTest(SimpleTestCase):
    def setUp(self) -> None:
        self.addCleanup(use_the_newer)
        self.addCleanup(zoneinfo.reset_tzpath)
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def system_of(self, version: str) -> None:
        """A machine on which Vancouver has the clocks of Tokyo, so that one sees who answers."""
        real = Path(tzdata.__file__).parent / "zoneinfo"
        (self.folder / "America").mkdir()
        (self.folder / "UTC").write_bytes((real / "UTC").read_bytes())
        tokyo = (real / "Asia" / "Tokyo").read_bytes()
        (self.folder / "America" / "Vancouver").write_bytes(tokyo)
        if version:
            (self.folder / "tzdata.zi").write_text(f"# version {version}\n# rules\n")
        zoneinfo.reset_tzpath(to=[str(self.folder)])
        ZoneInfo.clear_cache()

    def hours_in_vancouver(self) -> float:
        offset = datetime(2026, 11, 3, tzinfo=ZoneInfo("America/Vancouver")).utcoffset()
        return (offset or timedelta()) / timedelta(hours=1)

    def test_an_older_machine_does_not_win_over_the_package(self) -> None:
        self.system_of("2025b")

        self.assertEqual(use_the_newer(), tzdata.IANA_VERSION)
        self.assertEqual(self.hours_in_vancouver(), -7)

    def test_a_machine_that_does_not_say_its_version_does_not_win(self) -> None:
        self.system_of("")

        self.assertEqual(use_the_newer(), tzdata.IANA_VERSION)

    def test_a_newer_machine_wins(self) -> None:
        self.system_of("2999z")

        self.assertEqual(use_the_newer(), "2999z")
        self.assertEqual(self.hours_in_vancouver(), 9)

    def test_every_process_starts_with_the_newer(self) -> None:
        self.assertEqual(settings.ZONES_VERSION, use_the_newer())
        self.assertGreaterEqual(settings.ZONES_VERSION, tzdata.IANA_VERSION)

    def test_a_folder_says_its_version_in_either_way(self) -> None:
        self.system_of("")
        (self.folder / "+VERSION").write_text("2024a\n")

        self.assertEqual(version_of((str(self.folder / "none"), str(self.folder))), "2024a")
        self.assertEqual(version_of(("/nowhere",)), "")
