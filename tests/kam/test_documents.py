"""What the documents name is there."""

import re
from pathlib import Path

from django.test import SimpleTestCase

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(
    r"`((?:tests|kam|accounts|planning|reviews|deploy|docs|templates|static)/[\w/.-]*)`"
)
MADE = {"deploy/secrets/database_url"}  # by deploy/secrets.sh
SETTING = re.compile(r'env_\w+\(\s*"(\w+)"')


class DocumentsTest(SimpleTestCase):
    def test_every_file_that_they_name_exists(self) -> None:
        for document in [*(ROOT / "docs").glob("*.md"), ROOT / "README.md", ROOT / "STYLE.md"]:
            for path in set(NAMED.findall(document.read_text())) - MADE:
                with self.subTest(document.name, path=path):
                    self.assertTrue((ROOT / path).exists())

    def test_every_variable_of_an_operator_is_explained(self) -> None:
        words = (ROOT / "docs" / "deployment.md").read_text()
        local = {"KAM_DEMO_LOCAL"}  # bin/run's own

        for name in SETTING.findall((ROOT / "kam" / "settings.py").read_text()):
            if name not in local:
                with self.subTest(name):
                    self.assertIn(f"`{name}`", words)
