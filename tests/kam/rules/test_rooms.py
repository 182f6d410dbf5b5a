"""The floor plan that a machine can hold: how full a room is, and that every name answers a search."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.test import SimpleTestCase

ROOT = Path(__file__).resolve().parents[3]
APPS = ["accounts", "planning", "reviews", "integrations", "kam"]
MODULES, MODELS, TEMPLATES = 20, 30, 25
LINE, LONGEST = 120, 200
REVERSED = re.compile(r"""reverse\(\s*f?["']([\w:]+)""")
LINKED = re.compile(r"""\{% url ["']([\w:]+)["']""")
INCLUDED = re.compile(r"""\{% (?:include|extends) ["']([\w/]+)""")
TEMPLATE_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}")
BETWEEN_ATTRIBUTES = re.compile(r"""["'] (?=[a-z][\w:-]*=["'])""")
# Every form, model and command has classes of these names; Django asks for them.
OF_DJANGO = {"Meta", "Command"}
# What stands beside an import in a function: the reason why it cannot stand at the top.
REASON = re.compile(r"#\s*(noqa: F401 )?\(?[a-z].{9,}", re.I)


def folders(*tops: str) -> Iterator[Path]:
    for top in tops:
        yield ROOT / top
        yield from (p for p in (ROOT / top).rglob("*") if p.is_dir() and p.name != "__pycache__")


def modules(*apps: str) -> Iterator[Path]:
    for app in apps:
        yield from (p for p in (ROOT / app).rglob("*.py") if "migrations" not in p.parts)


class RoomsTest(SimpleTestCase):
    def test_no_folder_holds_more_modules_than_one_can_read_through(self) -> None:
        full = {
            str(folder.relative_to(ROOT)): count
            for folder in folders(*APPS)
            if folder.name != "migrations"
            and (count := len([p for p in folder.glob("*.py") if p.name != "__init__.py"]))
            > (MODELS if folder.name == "models" else MODULES)
        }

        self.assertEqual(full, {})

    def test_no_folder_holds_more_templates_than_one_can_read_through(self) -> None:
        full = {
            str(folder.relative_to(ROOT)): count
            for folder in folders("templates")
            if (count := len(list(folder.glob("*.html")))) > TEMPLATES
        }

        self.assertEqual(full, {})

    def test_a_class_name_stands_once_in_an_app(self) -> None:
        twice = {}
        for app in APPS:
            counts = Counter(
                node.name
                for path in modules(app)
                for node in ast.walk(ast.parse(path.read_text()))
                if isinstance(node, ast.ClassDef) and node.name not in OF_DJANGO
            )
            twice[app] = [name for name, count in counts.items() if count > 1]

        self.assertEqual(twice, {app: [] for app in APPS})

    def test_template_lines_are_broken_where_they_may_be(self) -> None:
        """Over 120 characters only where white space would be seen on the page; over 200 never."""
        long = [
            f"{path.relative_to(ROOT)}:{number}"
            for path in (ROOT / "templates").rglob("*.html")
            for number, line in enumerate(path.read_text().splitlines(), start=1)
            if is_too_long(line)
        ]

        self.assertEqual(long, [])

    def test_an_import_inside_a_function_says_why(self) -> None:
        silent = [
            f"{path.relative_to(ROOT)}:{line}"
            for app in APPS
            for path in modules(app)
            for line in inner_imports(
                path.read_text(), among=f"{app}.models" if "models" in path.parts else None
            )
        ]

        self.assertEqual(silent, [])

    def test_the_rule_above_catches_an_import_without_a_reason(self) -> None:
        bare = "def f():\n    from a import b\n\n    return b\n"
        told = "def f():\n    # Models know each other in a circle.\n    from a import b\n"
        beside = "def f():\n    from a import b  # only where a worker runs\n"

        self.assertEqual([inner_imports(text) for text in (bare, told, beside)], [[2], [], []])

    def test_models_know_no_view_and_no_form(self) -> None:
        wrong = [
            f"{path.relative_to(ROOT)}: {node.module}"
            for path in modules(*APPS)
            if "models" in path.parts
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.ImportFrom)
            and node.module
            and node.module.endswith(("_views", "_forms"))
        ]

        self.assertEqual(wrong, [])

    def test_no_app_names_an_address_of_an_app_above_it(self) -> None:
        """It asks `kam.lib.web.addresses` instead. The shell (templates/shared) is the roof's."""
        wrong = []
        for level, app in enumerate(APPS[:-1]):
            above = set(APPS[level + 1 :])
            pages = (p for p in (ROOT / "templates" / app).rglob("*") if p.is_file())
            for path in [*pages, *modules(app)]:
                for name in addresses_in(path):
                    if owner_of(name) in above:
                        wrong.append(f"{path.relative_to(ROOT)}: {name}")

        self.assertEqual(wrong, [])

    def test_no_page_of_an_app_includes_one_of_an_app_above_it(self) -> None:
        wrong = [
            f"{path.relative_to(ROOT)}: {included}"
            for level, app in enumerate(APPS[:-1])
            for path in (ROOT / "templates" / app).rglob("*.html")
            for included in INCLUDED.findall(path.read_text())
            if included.split("/")[0] in APPS[level + 1 :]
        ]

        self.assertEqual(wrong, [])


def addresses_in(path: Path) -> list[str]:
    pattern = REVERSED if path.suffix == ".py" else LINKED
    return pattern.findall(path.read_text())


def owner_of(name: str) -> str:
    """The app of an address; those without a namespace are the roof's, sign-in is of accounts."""
    if ":" in name:
        return name.partition(":")[0]
    return "accounts" if name.startswith("account_") else "kam"


def is_too_long(line: str) -> bool:
    if len(line) <= LINE or len(line) > LONGEST:
        return len(line) > LONGEST
    # Spaces inside a tag of the template language break nothing.
    plain = TEMPLATE_TAG.sub(lambda tag: "x" * len(tag.group()), line)
    return bool(BETWEEN_ATTRIBUTES.search(plain, 20, LINE))


def inner_imports(text: str, *, among: str | None = None) -> list[int]:
    """Lines of imports inside functions that have no reason beside them or just above.

    Models of one app (`among`) know each other both ways: that is reason enough.
    """
    lines = text.splitlines()
    found = []
    for function in ast.walk(ast.parse(text)):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        told = 0  # imports that follow one another share the reason of the first
        for node in ast.walk(function):
            if not isinstance(node, ast.Import | ast.ImportFrom):
                continue
            if among and isinstance(node, ast.ImportFrom) and (node.module or "").startswith(among):
                continue
            above = lines[node.lineno - 2].strip()
            beside = " ".join(lines[node.lineno - 1 : node.end_lineno])
            if REASON.search(beside) or above.startswith("#") or told == node.lineno - 1:
                told = node.end_lineno or node.lineno
            else:
                found.append(node.lineno)
    return found
