"""The house rules that a machine can hold."""

import ast
from pathlib import Path

from django.test import SimpleTestCase

ROOT = Path(__file__).resolve().parents[3]
APPS = ["accounts", "planning", "reviews", "integrations", "kam"]
# Words of a QuerySet that a view may begin with, besides handing `X.objects` to a door.
LIST_DOORS = {"visible_to", "editable_by", "of_token"}  # a secret address is a door of its own
DOORS = {"readable", "editable", "may_edit"}


def sources(*parts: str) -> list[Path]:
    found = [p for app in APPS for part in parts for p in (ROOT / app).glob(part)]
    return sorted(p for p in found if "migrations" not in p.parts)


class ConventionsTest(SimpleTestCase):
    def test_views_reach_records_only_through_the_person(self) -> None:
        wrong = [
            f"{path.relative_to(ROOT)}:{line}"
            for path in sources("**/*_views.py")
            for line in stray_managers(ast.parse(path.read_text()))
        ]

        self.assertEqual(wrong, [])

    def test_the_rule_above_catches_a_bare_manager(self) -> None:
        bare = ast.parse("def v(request):\n    return Plan.objects.filter(pk=1)\n")
        dressed = ast.parse(
            "def v(request):\n    return readable(Plan.objects.with_team(), u, 1)\n"
        )

        self.assertEqual(stray_managers(bare), [2])
        self.assertEqual(stray_managers(dressed), [])

    def test_nothing_is_fetched_from_elsewhere(self) -> None:
        """What asks other servers needs a guard against addresses inside; there is none yet."""
        wrong = [
            f"{path.relative_to(ROOT)}:{line}"
            for app in APPS
            for path in (ROOT / app).rglob("*.py")
            for line in calls_out(ast.parse(path.read_text()))
            if "embedded" not in path.parts and path.name != "pdf.py"  # its fetcher has a test
        ]

        self.assertEqual(wrong, [])
        self.assertEqual(calls_out(ast.parse("import json\nfrom urllib import request\n")), [2])

    def test_no_view_is_longer_than_its_page_needs(self) -> None:
        long = [
            f"{path.relative_to(ROOT)} {node.name}"
            for path in sources("**/*_views.py")
            for node in ast.parse(path.read_text()).body
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno > 26  # type: ignore[operator]
        ]

        self.assertEqual(long, [])

    def test_templates_are_short_and_carry_no_style_of_their_own(self) -> None:
        pages = [p for p in (ROOT / "templates").rglob("*.html") if "emails" not in p.parts]
        long = [str(p.relative_to(ROOT)) for p in pages if p.read_text().count("\n") > 80]
        styled = [str(p.relative_to(ROOT)) for p in pages if " style=" in p.read_text()]

        self.assertEqual((long, styled), ([], []))


CLIENTS = {"httpx", "requests", "aiohttp", "urllib3", "http.client", "urllib.request", "ftplib",
           "feedparser", "imaplib", "poplib", "telnetlib", "paramiko"}  # fmt: skip


def calls_out(tree: ast.Module) -> list[int]:
    """Lines that bring a client of some protocol in."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom) and CLIENTS & names_in(node)
    ]


def names_in(node: ast.Import | ast.ImportFrom) -> set[str]:
    names = {alias.name for alias in node.names}
    module = getattr(node, "module", None)
    return {module, *(f"{module}.{name}" for name in names)} if module else names


def stray_managers(tree: ast.Module) -> list[int]:
    """Lines where `X.objects` is used without a door: not as an argument of one, not `.visible_to`."""
    allowed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in DOORS:
            allowed |= {id(n) for arg in node.args[:1] for n in ast.walk(arg)}
        if isinstance(node, ast.Attribute) and node.attr in LIST_DOORS:
            allowed.add(id(node.value))
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "objects"
        and id(node) not in allowed
        and not _is_of_the_house(node)
    ]


def _is_of_the_house(node: ast.Attribute) -> bool:
    # They belong to the installation, not to an account: administrators only.
    return isinstance(node.value, ast.Name) and node.value.id in {"KeptMail", "Weights"}
