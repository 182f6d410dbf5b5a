"""What a server refuses to start with."""

import os
import subprocess
import sys
from unittest import TestCase

from kam.embedded.folder import ROOT

SERVER = {"SITE_URL": "https://clave.example", "SECRET_KEY": "k" * 60, "DEBUG": ""}


class StartTest(TestCase):
    def test_debug_is_refused_away_from_localhost(self) -> None:
        self.assertIn("Unset DEBUG", self.start(DEBUG="1"))
        self.assertEqual(self.start(DEBUG="1", SITE_URL="http://localhost:8000"), "")

    def test_the_example_key_is_refused_away_from_localhost(self) -> None:
        self.assertIn("SECRET_KEY is the example key", self.start(SECRET_KEY=None))
        self.assertIn("SECRET_KEY is the example key", self.start(SECRET_KEY=""))

    def test_a_server_with_its_own_key_starts(self) -> None:
        self.assertEqual(self.start(), "")

    def test_nonsense_is_refused_in_words(self) -> None:
        self.assertIn("use json or line", self.start(LOG_FORMAT="xml"))

    def start(self, **changes: str | None) -> str:
        """The last line of the complaint; empty when the settings load."""
        words = {k: v for k, v in os.environ.items() if k not in (*SERVER, "LOG_FORMAT")}
        words |= {k: v for k, v in (SERVER | changes).items() if v is not None}
        command = [sys.executable, "-c", "import kam.settings"]
        done = subprocess.run(
            command, cwd=ROOT, env=words, capture_output=True, text=True, check=False
        )
        return done.stderr.strip().splitlines()[-1] if done.returncode else ""
