"""An earlier version of a plan as a page: read from the snapshot and never from live rows."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.timezone import localdate

from planning.models import Snapshot
from planning.models.swot_risks import Quadrant
from planning.report.objectives import standing
from planning.report.pages import PlanPages
from planning.versions.version_tables import TABLES, figure


@dataclass(frozen=True)
class Shown:
    """One row of a frozen list: its name, and what else is known of it."""

    title: str
    facts: list[tuple[str, str]]


@dataclass(frozen=True)
class Reading:
    pages: PlanPages
    swot: list[tuple[str, list[Shown]]]
    goals: list[Shown]
    initiatives: list[Shown]
    years: list[Shown]
    standpoints: list[Shown]
    risks: list[Shown]
    profile: list[tuple[str, str]]
    budget: str
    approved_by: str
    approved_on: date | None
    measures: dict[int, str]

    @property
    def has_business(self) -> bool:
        return any([self.goals, self.initiatives, self.years, self.standpoints, self.profile])


def reading(snapshot: Snapshot) -> Reading:
    data = snapshot.data
    approval = data.get("approval") or {}
    tables = {table.key: table for table in TABLES}
    swot = (data.get("business") or {}).get("swot") or []
    profile = tables["profile"].rows(data) or [{}]
    return Reading(
        pages=PlanPages.of(data, version=snapshot.version, today=localdate(snapshot.taken_at)),
        swot=[
            (str(kind.label), [_shown("swot", row) for row in swot if row["quadrant"] == kind])
            for kind in Quadrant
        ]
        if swot
        else [],
        goals=_rows("goals", data),
        initiatives=_rows("initiatives", data),
        years=_rows("years", data),
        standpoints=_rows("standpoints", data),
        risks=_rows("risks", data),
        profile=[
            (str(f.label), profile[0][f.name])
            for f in tables["profile"].fields
            if profile[0].get(f.name)
        ],
        budget=_budget(data),
        approved_by=approval.get("by", {}).get("name", ""),
        approved_on=parse_date(approval["on"]) if approval else None,
        measures={row["id"]: _measure(row) for row in standing(data["objectives"])},
    )


def _rows(key: str, data: dict[str, Any]) -> list[Shown]:
    table = next(table for table in TABLES if table.key == key)
    return [_shown(key, row) for row in table.rows(data) or []]


def _shown(key: str, row: dict[str, Any]) -> Shown:
    table = next(table for table in TABLES if table.key == key)
    fields = [
        f for f in table.fields if f.name not in (table.title, "quadrant", "currency", "unit")
    ]
    facts = [(str(f.label), f.show(row.get(f.name), row)) for f in fields if row.get(f.name)]
    return Shown(str(row[table.title]), [(label, words) for label, words in facts if words])


def _budget(data: dict[str, Any]) -> str:
    value = data.get("budget")
    return figure(Decimal(value), {"unit": data["account"]["currency"]}) if value else ""


def _measure(row: dict[str, Any]) -> str:
    return str(row.get("measure") or "")
