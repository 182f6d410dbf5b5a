"""The shared sheets travel as one file in production; each for itself where nothing was collected."""

import json
import tempfile
from pathlib import Path

from django.core.management import call_command
from django.test import SimpleTestCase, override_settings

from kam.lib.web.static import SHARED, SHEETS

MANIFEST = {"BACKEND": "kam.lib.web.static.ModuleManifestStorage"}


class StaticTest(SimpleTestCase):
    def test_all_shared_sheets_in_their_order_in_one_file(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            with override_settings(STATIC_ROOT=folder, STORAGES={"staticfiles": MANIFEST}):
                for _time in range(2):
                    call_command("collectstatic", interactive=False, verbosity=0)
            made = json.loads((Path(folder) / "staticfiles.json").read_text())["paths"]
            text = (Path(folder) / made[SHARED]).read_text()

        starts = [text.find(Path("static", sheet).read_text()[:60]) for sheet in SHEETS]
        self.assertEqual(starts, sorted(starts))
        self.assertGreaterEqual(starts[0], 0)
        self.assertIn(f'url("../{made["fonts/inter.woff2"]}")', text)

    def test_every_sheet_exists_and_once(self) -> None:
        self.assertEqual(len(set(SHEETS)), len(SHEETS))
        for sheet in SHEETS:
            self.assertTrue(Path("static", sheet).is_file(), sheet)

    def test_no_sheet_takes_the_others_with_it(self) -> None:
        """An unclosed brace or an @import would only fail when all are one."""
        for sheet in SHEETS:
            text = Path("static", sheet).read_text()
            self.assertEqual(text.count("{"), text.count("}"), sheet)
            self.assertNotIn("@import", text)
            self.assertNotIn("@charset", text)
