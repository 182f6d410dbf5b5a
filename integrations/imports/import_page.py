"""What the page of an import tells: what comes in, what needs a look, what was left out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Batch, BatchState
from integrations.imports.decisions import cells_of, fix_name, wrong_of
from integrations.imports.layouts.layouts import ALL_SOURCES
from integrations.imports.layouts.tables import KIND_LABELS
from integrations.imports.report import PLURALS, UNSURE

ROWS = 20
ORDERS = {"day": gettext_lazy("day first"), "month": gettext_lazy("month first")}
SIGNS = {
    ",": gettext_lazy("comma"),
    ";": gettext_lazy("semicolon"),
    "\t": gettext_lazy("tab"),
    "|": gettext_lazy("bar"),
}
DECIMALS = {",": gettext_lazy("decimal comma"), ".": gettext_lazy("decimal point")}


ONE = {
    "account": gettext_lazy("Account"),
    "contact": gettext_lazy("Stakeholder"),
    "product": gettext_lazy("Product"),
}
NEW = {"account": gettext_lazy("A new account"), "contact": gettext_lazy("A new stakeholder"),
       "product": gettext_lazy("A new product")}  # fmt: skip
FOUND_BY = {"domain": gettext_lazy("web domain"), "name": gettext_lazy("name"), "mail": gettext_lazy("e-mail"),
            "told": gettext_lazy("you said so"), "alike": gettext_lazy("name, %(score)s %% alike"),
            "elsewhere": gettext_lazy("e-mail, at another account")}  # fmt: skip


@dataclass(frozen=True)
class Kind:
    name: str
    label: str
    created: int
    updated: int
    unchanged: int
    skipped: int
    reasons: list[dict[str, Any]]


@dataclass(frozen=True)
class Cell:
    """One cell of a row that was left out, and the name under which it may be written anew."""

    column: str
    name: str
    value: str
    why: str = ""


@dataclass(frozen=True)
class Choice:
    """A record of the files that may be here already: how it was found, and what it may be."""

    place: int
    name: str
    kind: str
    about: str
    here: str
    how: str
    answer: str
    answers: list[tuple[str, str]]

    @classmethod
    def of(cls, place: int, one: Mapping[str, Any]) -> "Choice":
        kind, how = one["kind"], one["how"]
        answers = [("same", _("The same"))] if one["like"] else []
        answers.append(("new", str(NEW[kind])))
        if kind != "product":
            answers.append(("skip", _("Leave it out")))
        words = str(FOUND_BY[how]) % {"score": one["score"]}
        answer = "new" if how in UNSURE or not one["like"] else "same"
        return cls(place, one["name"], str(ONE[kind]), one["about"], one["like_name"], words,
                   answer, answers)  # fmt: skip


class Story:
    """One batch as its page shows it; every figure comes from what the run counted."""

    def __init__(self, batch: Batch, query: Mapping[str, str]) -> None:
        self.batch, self._query = batch, query
        self.report: dict[str, Any] = batch.report

    @cached_property
    def kinds(self) -> list[Kind]:
        found = []
        for kind, plural in PLURALS.items():
            tally = self.report.get(plural)
            if tally and tally["rows"]:
                counts = {n: tally[n] for n in ("created", "updated", "unchanged", "skipped")}
                found.append(Kind(kind, str(KIND_LABELS[kind]), reasons=tally["reasons"], **counts))
        return found

    @cached_property
    def created(self) -> int:
        return sum(kind.created for kind in self.kinds)

    @cached_property
    def updated(self) -> int:
        return sum(kind.updated for kind in self.kinds)

    @cached_property
    def left_out(self) -> int:
        return sum(kind.skipped for kind in self.kinds)

    @property
    def changes(self) -> int:
        return self.created + self.updated

    @cached_property
    def unchanged(self) -> int:
        return sum(kind.unchanged for kind in self.kinds)

    @property
    def won(self) -> tuple[Decimal, int] | None:
        """The value of the opportunities won in this file, and how many they are."""
        deals = self.report.get("opportunities")
        if not deals or not deals["rows"]:
            return None
        return Decimal(str(deals["won_total"])), deals["won_count"]

    @property
    def won_exact(self) -> str:
        return f"{self.won[0]:.2f}" if self.won else ""

    @property
    def revenue(self) -> list[tuple[int, str, Decimal]]:
        """What the tables of revenue come to, by year."""
        years = self.report.get("revenue", {}).get("by_year", [])
        return [(one["year"], one["currency"], Decimal(one["total"])) for one in years]

    @property
    def revenue_exact(self) -> str:
        return str(self.report.get("revenue", {}).get("total", ""))

    @cached_property
    def duplicates(self) -> list[dict[str, Any]]:
        return list(self.report.get("possible_duplicates", []))

    @cached_property
    def undecided(self) -> int:
        return sum(1 for one in self.duplicates if one.get("how") in UNSURE)

    @property
    def choices(self) -> list["Choice"]:
        """What the person may say of each record on this page."""
        first = self.page.start_index() - 1 if self.page.object_list else 0
        return [Choice.of(first + n, one) for n, one in enumerate(self.page)]

    @property
    def shown(self) -> str:
        """fix, same or all: which rows the person looks at."""
        asked = self._query.get("show", "")
        if asked in ("fix", "same", "all"):
            return asked
        return "fix" if self.left_out else "same" if self.undecided else "all"

    @property
    def tabs(self) -> list[tuple[str, str, int]]:
        return [
            ("fix", _("Left out"), self.left_out),
            ("same", _("Possible duplicates"), len(self.duplicates)),
            ("all", _("All tables"), len(self.kinds)),
        ]

    @cached_property
    def page(self) -> Page[Any]:
        rows = list(self.problems()) if self.shown == "fix" else self.duplicates
        return Paginator(rows, ROWS).get_page(self._query.get("page"))

    def problems(self) -> Iterator[dict[str, Any]]:
        for kind, plural in PLURALS.items():
            for row in self.report.get(plural, {}).get("left_out", []):
                yield {**row, "kind": KIND_LABELS[kind]}

    @property
    def rows_to_mend(self) -> list[dict[str, Any]]:
        """The cells that are wrong first, and behind them what else stands in the row."""
        found = []
        for row in self.page:
            wrong, cells = wrong_of(row), cells_of(row)
            shown = [Cell(one["column"], fix_name(row, name) if name in cells else "",
                          cells.get(name, one["value"]), one["reason"])
                     for name, one in wrong.items()]  # fmt: skip
            rest = [Cell(name, fix_name(row, name), text)
                    for name, text in cells.items() if name not in wrong]  # fmt: skip
            found.append({**row, "wrong": shown, "rest": rest})
        return found

    @property
    def step(self) -> int:
        """1 file, 2 columns, 3 check rows, 4 done."""
        if self.batch.state in (BatchState.DONE, BatchState.UNDONE, BatchState.RUNNING):
            return 4
        return 3 if self.batch.state == BatchState.CHECKED or self.batch.work == "check" else 2

    @property
    def steps(self) -> list[tuple[str, str]]:
        labels = [_("File"), _("Columns"), _("Check rows"), _("Done")]
        over = self.batch.state in (BatchState.DONE, BatchState.UNDONE)
        return [
            (label, "ok" if number < self.step or over else "now" if number == self.step else "")
            for number, label in enumerate(labels, start=1)
        ]

    @property
    def sources(self) -> str:
        names = self.batch.source.split(", ")
        return ", ".join(
            ALL_SOURCES[one].label if one in ALL_SOURCES else _("table") for one in names
        )

    @property
    def files(self) -> list[dict[str, Any]]:
        """What was recognised of each file."""
        return [
            {
                "name": one["file"],
                "kind": KIND_LABELS.get(one["kind"], ""),
                "encoding": one.get("encoding", ""),
                "separator": SIGNS.get(one.get("separator", ""), ""),
                "days": ", ".join(str(ORDERS[order]) for order in one.get("days", [])),
                "decimals": ", ".join(str(DECIMALS[sign]) for sign in one.get("decimals", [])),
                "not_kept": one.get("not_kept", []),
            }
            for one in self.report.get("files", [])
        ]

    @property
    def work_words(self) -> str:
        words = {
            "look": _("Looking at the files"),
            "check": _("Checking every row"),
            "run": _("Importing"),
            "undo": _("Taking the import back"),
        }
        return words.get(self.batch.work, "")

    @property
    def is_broken(self) -> bool:
        """A worker gave up: neither the file nor the person is to blame."""
        job = self.batch.job
        return bool(job and job.finished_at and job.error)

    @property
    def seen(self) -> str:
        job = self.batch.job
        return f"{self.batch.work}-{job.state if job else ''}-{job.progress if job else 0}"
