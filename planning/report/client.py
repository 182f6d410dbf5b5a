"""The client's business in a report: what they want, their money, SWOT, our position, risks."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kam.lib.charts.charts import State as Mark
from kam.lib.text import dates
from kam.lib.text.money import money
from planning.business.business_summary import Group, YearRow, groups, year_rows
from planning.business.finance_charts import Figure, figures
from planning.models import FinancialYear, Risk, Standpoint, SwotItem
from planning.models.business import PROFILE_TEXTS, Profile, Rating
from planning.models.swot_risks import Quadrant, SwotSide
from planning.versions.version_tables import figure

MOST_RISKS = 6


@dataclass(frozen=True)
class Want:
    """One of their goals, or an initiative of theirs with its budget for a measure."""

    pk: int
    title: str
    voice: str
    measure: str
    until: date | None
    note: str = ""


@dataclass(frozen=True)
class Danger:
    pk: int
    title: str
    state: Mark
    owner: str
    amount: str
    what_we_do: str
    due: date | None


@dataclass(frozen=True)
class Client:
    profile: list[tuple[str, str]]
    goals: list[Want]
    initiatives: list[Want]
    years: list[YearRow]
    figures: list[Figure]
    swot: list[Group]
    sides: list[Group]
    risks: list[Danger]
    confirmed: dict[str, tuple[str, date]]

    @classmethod
    def of(cls, data: dict[str, Any]) -> "Client":
        """A snapshot of the first schema knows nothing about the client's business."""
        business = data.get("business") or {}
        years = year_rows([FinancialYear(**_year(row)) for row in business.get("years", [])])
        profile = business.get("profile") or {}
        return cls(
            profile=[(_label(name), profile[name]) for name in PROFILE_TEXTS if profile.get(name)],
            goals=[_goal(row) for row in business.get("goals", [])],
            initiatives=[_initiative(row) for row in business.get("initiatives", [])],
            years=years,
            figures=figures(years),
            swot=groups(Quadrant, "quadrant", _items(SwotItem, business.get("swot", []))),
            sides=groups(SwotSide, "side", _items(Standpoint, business.get("standpoints", []))),
            risks=_dangers(data.get("risks", [])),
            confirmed={row["part"]: _said(row) for row in business.get("confirmed", [])},
        )

    @property
    def is_empty(self) -> bool:
        rows = [self.profile, self.goals, self.initiatives, self.years]
        return not any([*rows, *(group.items for group in (*self.swot, *self.sides))])

    @property
    def has_swot(self) -> bool:
        return any(group.items for group in self.swot)

    @property
    def has_position(self) -> bool:
        return any(group.items for group in self.sides)

    @property
    def rating(self) -> str:
        """Our rating of the last closed year."""
        rated = (row.year for row in self.years if not row.year.is_expected and row.year.rating)
        year = next(rated, None)
        return str(Rating(year.rating).label).lower() if year else ""

    @property
    def swot_said(self) -> str:
        return said_words(self.confirmed.get("swot"))

    @property
    def money_said(self) -> str:
        return said_words(self.confirmed.get("money"))


def said_words(said: tuple[str, date] | None) -> str:
    if said is None:
        return _("never confirmed")
    name, on = said
    return _("confirmed by %(name)s on %(day)s") % {"name": name, "day": dates.day_year(on)}


def _label(name: str) -> str:
    return str(Profile._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # a plain field, not a relation


def _goal(row: dict[str, Any]) -> Want:
    now, target = figure(row["current"], row), figure(row["target"], row)
    measure = now or target
    if now and target:
        measure = _("%(now)s now, %(target)s wanted") % {"now": now, "target": target}
    return Want(row["id"], row["title"], row["voice"], measure, _day(row["due"]), row["source"])


def _initiative(row: dict[str, Any]) -> Want:
    budget = money(Decimal(row["budget"]), row["currency"]) if row["budget"] else ""
    joint = _("a joint project") if row["is_joint"] else ""
    note = ": ".join(part for part in (joint, row["our_part"]) if part)
    return Want(row["id"], row["title"], row["sponsor"], budget, _day(row["ends"]), note)


def _year(row: dict[str, Any]) -> dict[str, Any]:
    amounts = ("revenue", "growth", "margin", "net_debt", "solvency")
    exact = {name: Decimal(row[name]) for name in amounts if row[name] is not None}
    return {name: row[name] for name in row if name != "id"} | exact


def _items(model: Any, rows: list[dict[str, Any]]) -> list[Any]:
    """Rows without a table behind them, for their words and marks."""
    return [model(**{name: row[name] for name in row if name != "id"}) for row in rows]


def _dangers(rows: list[dict[str, Any]]) -> list[Danger]:
    """The open ones, the gravest first."""
    still = [row for row in rows if not row["closed_at"]]
    still.sort(key=lambda row: (-row["severity"] * row["likelihood"], row["due"] or "9", row["id"]))
    return [_danger(row) for row in still]


def _danger(row: dict[str, Any]) -> Danger:
    risk = Risk(severity=row["severity"], likelihood=row["likelihood"])
    amount = row.get("amount")
    return Danger(
        pk=row["id"],
        title=row["title"],
        state=cast(Mark, risk.state),
        owner=row["owner"]["name"] if row["owner"] else "",
        amount=money(Decimal(amount), row.get("currency") or "EUR") if amount else "",
        what_we_do=row["mitigation"],
        due=_day(row["due"]),
    )


def _said(row: dict[str, Any]) -> tuple[str, date]:
    at = parse_datetime(row["at"])
    if at is None:
        raise ValueError(f"{row['at']!r} is not a moment")
    return row["by"]["name"], localdate(at)


def _day(value: str | None) -> date | None:
    return parse_date(value) if value else None
