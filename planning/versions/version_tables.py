"""The tables inside a snapshot: where their rows are, what a row is called, how a field reads."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from kam.lib.text import dates, money
from kam.lib.text.units import measured
from planning.models import (
    Action,
    ClientGoal,
    FinancialYear,
    Initiative,
    Objective,
    Plan,
    Profile,
    Risk,
    Standpoint,
    SwotItem,
)
from planning.models.business import Rating
from planning.models.items import Level
from planning.models.objectives import Horizon, Priority
from planning.models.swot_risks import Quadrant, SwotSide
from planning.versions.version_data import GOVERNED

Data = dict[str, Any]
Row = dict[str, Any]
Label = str | Promise


@dataclass(frozen=True)
class Field:
    """`sort` is how the page sifts it: dates, owners, targets or words."""

    name: str
    label: Label
    show: Callable[[Any, Row], str]
    sort: str = "words"

    @property
    def is_prose(self) -> bool:
        return self.show is text


@dataclass(frozen=True)
class Table:
    """`rows` finds its rows in the data, None where the schema had none yet."""

    key: str
    section: str
    label: Label
    title: str
    rows: Callable[[Data], list[Row] | None]
    fields: Sequence[Field]
    model: type[models.Model]
    governed: frozenset[str] = field(default_factory=frozenset)
    kind_of: Callable[[Row], str] | None = None

    def by_id(self, data: Data) -> dict[int, Row] | None:
        rows = self.rows(data)
        return None if rows is None else {row["id"]: row for row in rows if not row.get("dropped")}


# --- How a value reads ------------------------------------------------------------------------


def text(value: Any, row: Row) -> str:
    return str(value or "")


def whole(value: Any, row: Row) -> str:
    return "" if value is None else str(value)


def figure(value: Any, row: Row) -> str:
    """With its unit; money where the unit is a currency."""
    if value in (None, ""):
        return ""
    return measured(Decimal(str(value)), row.get("unit") or "")


def amount(value: Any, row: Row) -> str:
    if value in (None, ""):
        return ""
    return money.money_exact(Decimal(str(value)), row.get("currency") or "EUR")


def percent(value: Any, row: Row) -> str:
    return "" if value in (None, "") else f"{money.number(Decimal(str(value)))}{money.GAP}%"


def day(value: Any, row: Row) -> str:
    found = parse_date(str(value)) if value else None
    return dates.day_year(found) if found else ""


def day_of(value: Any, row: Row) -> str:
    found = parse_datetime(str(value)) if value else None
    return dates.day_year(localdate(found)) if found else ""


def person(value: Any, row: Row) -> str:
    return str(value["name"]) if value else ""


def tick(value: Any, row: Row) -> str:
    return str(_("yes") if value else _("no"))


def choice(kinds: Any) -> Callable[[Any, Row], str]:
    labels = dict(kinds.choices)

    def show(value: Any, row: Row) -> str:
        return str(labels.get(value, value or ""))

    return show


# --- The tables -------------------------------------------------------------------------------


def part(*path: str) -> Callable[[Data], list[Row] | None]:
    def rows(data: Data) -> list[Row] | None:
        found: Any = data
        for key in path:
            found = (found or {}).get(key)
        return found  # type: ignore[no-any-return]  # frozen JSON holds any kind

    return rows


def plan_row(data: Data) -> list[Row]:
    start, end = data["period"]
    currency = data["account"]["currency"]
    row = {"id": 0, "title": "", "start": start, "end": end, "currency": currency}
    return [row | ({"budget": data["budget"]} if "budget" in data else {})]


def profile_row(data: Data) -> list[Row] | None:
    business = data.get("business")
    return None if business is None else [{"id": 0, "title": "", **business["profile"]}]


def moves(data: Data) -> list[Row]:
    return [
        move for goal in data["objectives"] if not goal.get("dropped") for move in goal["actions"]
    ]


def table_of_plan() -> Table:
    fields = [
        Field("start", _("Period, from"), day, "dates"),
        Field("end", _("Period, to"), day, "dates"),
        Field("budget", _("Budget"), amount, "targets"),
    ]
    every = frozenset({"start", "end", "budget"})
    return Table("plan", "3", _("Plan"), "title", plan_row, fields, Plan, every)


TABLES: list[Table] = [
    Table(
        "profile", "2", _("Profile"), "title", profile_row,
        [
            Field("earns", _("How it makes money"), text),
            Field("market", _("Market position"), text),
            Field("products", _("Products"), text),
            Field("structure", _("Structure"), text),
        ],
        Profile,
    ),
    Table(
        "goals", "2", _("Their goal"), "title", part("business", "goals"),
        [
            Field("title", _("wording"), text),
            Field("voice", _("who says so"), text),
            Field("source", _("where"), text),
            Field("due", _("by"), day, "dates"),
            Field("unit", _("unit"), text),
            Field("baseline", _("from"), figure),
            Field("current", _("now"), figure),
            Field("target", _("target"), figure, "targets"),
        ],
        ClientGoal,
    ),
    Table(
        "initiatives", "2", _("Initiative"), "title", part("business", "initiatives"),
        [
            Field("title", _("wording"), text),
            Field("sponsor", _("sponsor there"), text, "owners"),
            Field("budget", _("budget"), amount),
            Field("currency", _("currency"), text),
            Field("starts", _("runs from"), day, "dates"),
            Field("ends", _("runs until"), day, "dates"),
            Field("our_part", _("our part"), text),
            Field("is_joint", _("joint project"), tick),
        ],
        Initiative,
    ),
    Table(
        "years", "2", _("Year"), "year", part("business", "years"),
        [
            Field("year", _("year"), whole),
            Field("is_expected", _("expected"), tick),
            Field("currency", _("currency"), text),
            Field("revenue", _("revenue"), amount),
            Field("growth", _("growth"), percent),
            Field("margin", _("operating margin"), percent),
            Field("net_debt", _("net debt"), figure),
            Field("solvency", _("equity"), percent),
            Field("rating", _("our rating"), choice(Rating)),
            Field("source", _("source"), text),
        ],
        FinancialYear,
    ),
    Table(
        "swot", "2", _("SWOT"), "text", part("business", "swot"),
        [
            Field("text", _("wording"), text),
            Field("quadrant", _("where"), choice(Quadrant)),
            Field("impact", _("impact"), choice(Level)),
            Field("evidence", _("evidence"), text),
            Field("source_date", _("date of the source"), day, "dates"),
        ],
        SwotItem,
        kind_of=lambda row: str(_QUADRANT_WORDS.get(row["quadrant"], "")),
    ),
    Table(
        "standpoints", "2", _("Our position"), "text", part("business", "standpoints"),
        [
            Field("text", _("wording"), text),
            Field("side", _("where"), choice(SwotSide)),
            Field("note", _("note"), text),
            Field("weight", _("weight"), choice(Level)),
        ],
        Standpoint,
    ),
    Table(
        "risks", "2", _("Risk"), "title", part("risks"),
        [
            Field("title", _("wording"), text),
            Field("severity", _("severity"), choice(Level)),
            Field("likelihood", _("likelihood"), choice(Level)),
            Field("owner", _("owner"), person, "owners"),
            Field("mitigation", _("what we do about it"), text),
            Field("due", _("due"), day, "dates"),
            Field("amount", _("amount at stake"), amount),
            Field("closed_at", _("closed"), day_of),
            Field("outcome", _("how it ended"), text),
        ],
        Risk,
    ),
    table_of_plan(),
    Table(
        "objectives", "3", _("Objective"), "title", part("objectives"),
        [
            Field("title", _("wording"), text),
            Field("horizon", _("horizon"), choice(Horizon)),
            Field("owner", _("owner"), person, "owners"),
            Field("start", _("starts"), day, "dates"),
            Field("due", _("due"), day, "dates"),
            Field("priority", _("priority"), choice(Priority)),
            Field("measure", _("measure"), text),
            Field("unit", _("unit"), text),
            Field("baseline", _("from"), figure, "targets"),
            Field("target", _("target"), figure, "targets"),
            Field("current", _("now"), figure),
            Field("serves", _("serves their goal"), text),
        ],
        Objective,
        frozenset(GOVERNED),
    ),
    Table(
        "actions", "4", _("Action"), "title", moves,
        [
            Field("title", _("wording"), text),
            Field("note", _("note"), text),
            Field("owner", _("owner"), person, "owners"),
            Field("due", _("due"), day, "dates"),
            Field("done_at", _("done"), day_of),
            Field("result", _("result"), text),
            Field("lesson", _("lesson"), text),
            Field("waits_for", _("waits for"), text),
        ],
        Action,
    ),
]  # fmt: skip

_QUADRANT_WORDS: dict[str, Label] = {
    Quadrant.STRENGTH: _("Strength"),
    Quadrant.WEAKNESS: _("Weakness"),
    Quadrant.OPPORTUNITY: _("Opportunity"),
    Quadrant.THREAT: _("Threat"),
}
SECTIONS: dict[str, Label] = {
    "1": _("Relationships"),
    "2": _("Their business"),
    "3": _("Objectives"),
    "4": _("Strategy"),
}


def tables() -> Iterator[Table]:
    yield from TABLES
