"""What the documents name is there."""

import re
from pathlib import Path

from django.test import SimpleTestCase

ROOT = Path(__file__).resolve().parents[3]
NAMED = re.compile(
    r"`((?:tests|kam|accounts|planning|reviews|deploy|docs|templates|static)/[\w/.-]*)`"
)
MADE = {"deploy/secrets/database_url"}  # by deploy/secrets.sh
SETTING = re.compile(r'env_\w+\(\s*"(\w+)"')


# Beside pytest: what the gate and the bench hold.
PROVEN = re.compile(
    r"`tests/kam/rules/access/`|`bin/(bench|test)|`ruff`|hadolint|`manage.py check`"
)


def promises_of(text: str) -> list[tuple[str, str]]:
    """The first and the last cell of every row of every table."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines()
            if line.startswith("| ")]  # fmt: skip
    return [(row[0], row[-1]) for row in rows if row[0] not in ("promise", "---")]


class DocumentsTest(SimpleTestCase):
    def test_every_file_that_they_name_exists(self) -> None:
        for document in [*(ROOT / "docs").glob("*.md"), ROOT / "README.md", ROOT / "STYLE.md"]:
            for path in set(NAMED.findall(document.read_text())) - MADE:
                with self.subTest(document.name, path=path):
                    self.assertTrue((ROOT / path).exists())

    def test_every_link_and_picture_of_readme_is_there(self) -> None:
        links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / "README.md").read_text())

        self.assertGreater(len(links), 8)
        for link in links:
            with self.subTest(link):
                self.assertTrue((ROOT / link).exists())

    def test_the_pictures_stay_light(self) -> None:
        sizes = [path.stat().st_size for path in (ROOT / "docs" / "pictures").iterdir()]

        self.assertLess(sum(sizes), 1_500_000)

    def test_every_promise_of_security_names_a_test_that_exists(self) -> None:
        known = {path.name for path in (ROOT / "tests").rglob("test_*.py")}
        promises = promises_of((ROOT / "docs" / "security.md").read_text())

        self.assertGreater(len(promises), 40)
        for promise, proof in promises:
            with self.subTest(promise):
                tests = re.findall(r"`(?:tests/[\w/]*/)?(test_\w+\.py)", proof)
                self.assertTrue(tests or PROVEN.search(proof), "It names no test.")
                self.assertLessEqual(set(tests), known)

    def test_every_variable_of_an_operator_is_explained(self) -> None:
        words = (ROOT / "docs" / "deployment.md").read_text()
        local = {"KAM_DEMO_LOCAL"}  # bin/run's own

        for name in SETTING.findall((ROOT / "kam" / "settings.py").read_text()):
            if name not in local:
                with self.subTest(name):
                    self.assertIn(f"`{name}`", words)
