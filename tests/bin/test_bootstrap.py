import json
import sys
import tempfile
import unittest
from pathlib import Path
from unittest.mock import patch

from kam.embedded.folder import ROOT

sys.path.insert(0, str(ROOT / "bin"))
import bootstrap
import machine


class BootstrapTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def uv(self, version: str) -> str:
        path = self.folder / "uv"
        path.write_text(f"#!/bin/sh\necho 'uv {version}'\n")
        path.chmod(0o755)
        return str(path)

    def test_recent_uv_is_taken_and_an_old_one_is_not(self) -> None:
        self.assertTrue(bootstrap.is_recent(self.uv("0.9.3 (build)")))
        self.assertFalse(bootstrap.is_recent(self.uv("0.4.30")))
        self.assertFalse(bootstrap.is_recent(str(self.folder / "missing")))

    def test_without_venv_and_pip_one_command_is_named(self) -> None:
        ways = ("uv_of_ours", "uv_on_path", "uv_by_venv", "uv_by_pip")
        for way in ways:
            self.enterContext(patch.object(bootstrap, way, return_value=None))
        self.enterContext(patch.object(bootstrap, "try_apt_get", return_value=False))

        with self.assertRaisesRegex(machine.Trouble, "apt-get install -y python3-venv"):
            bootstrap.find_uv()

    def test_packages_are_fresh_only_with_the_same_lock(self) -> None:
        stamp = self.folder / "stamp"
        self.enterContext(patch.object(bootstrap, "STAMP", stamp))
        stamp.write_text(json.dumps({"lock": bootstrap.lock_hash(), "dev": False}))

        self.assertTrue(bootstrap.is_fresh(dev=False))
        self.assertFalse(bootstrap.is_fresh(dev=True))
        stamp.write_text(json.dumps({"lock": "older", "dev": True}))
        self.assertFalse(bootstrap.is_fresh(dev=False))

    def test_missing_pango_only_warns_for_run_and_stops_the_tests(self) -> None:
        missing = self.enterContext(patch.object(machine, "missing_pdf_libraries"))
        missing.return_value = ["libpango-1.0-0"]
        self.enterContext(patch.object(machine, "try_apt_get", return_value=False))
        say = self.enterContext(patch.object(machine, "say"))

        machine.need_pdf_libraries(strict=False)

        self.assertIn("libpango-1.0-0", say.call_args_list[0].args[0])
        with self.assertRaises(machine.Trouble):
            machine.need_pdf_libraries(strict=True)
