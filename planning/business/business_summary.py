"""The client's business as it is read: the whole page, and the few lines of overview and plan."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.models import Account
from planning.models import (
    ClientGoal,
    FinancialYear,
    Initiative,
    Profile,
    Risk,
    Standpoint,
    SwotItem,
)
from planning.models.swot_risks import Quadrant, SwotSide
from planning.plan.freshness import Freshness, freshness


@dataclass(frozen=True)
class Group:
    """One quadrant of the SWOT, or one side of our own position."""

    key: str
    label: str
    items: list[Any]

    @property
    def first(self) -> Any:
        """The one with the most impact, for a glance."""
        return max(self.items, key=lambda item: item.impact, default=None)


@dataclass(frozen=True)
class YearRow:
    year: FinancialYear
    growth: Decimal | None


@dataclass(frozen=True)
class Business:
    """Nine queries, whatever the account holds."""

    profile: Profile
    goals: list[ClientGoal]
    initiatives: list[Initiative]
    years: list[YearRow]
    swot: list[Group]
    sides: list[Group]
    risks: list[Risk]
    removed: list[Any]
    fresh: dict[str, Freshness]

    @property
    def is_empty(self) -> bool:
        rows = [self.goals, self.initiatives, self.years, *(g.items for g in self.swot)]
        return not any(rows) and self.profile.pk is None

    @property
    def latest_year(self) -> YearRow | None:
        return next((row for row in self.years if not row.year.is_expected), None)

    @property
    def open_risks(self) -> int:
        return sum(risk.is_open for risk in self.risks)

    @property
    def budgets(self) -> list[tuple[Decimal, str]]:
        """What the initiatives cost together, currency by currency."""
        sums: dict[str, Decimal] = {}
        for row in self.initiatives:
            if row.budget:
                sums[row.currency] = sums.get(row.currency, Decimal(0)) + row.budget
        return [(amount, currency) for currency, amount in sums.items()]


def business(account: Account, day: date, at: datetime) -> Business:
    serving = Count("objectives", filter=Q(objectives__dropped_at=None))
    goals = _all(ClientGoal.rows().lately_of(account, at).annotate(ours=serving))
    initiatives = _all(Initiative.rows().lately_of(account, at))
    years = _all(FinancialYear.rows().lately_of(account, at))
    swot = _all(SwotItem.rows().lately_of(account, at))
    sides = _all(Standpoint.rows().lately_of(account, at))
    risks = _all(Risk.objects.lately_of(account, at).with_owner().by_weight())
    return Business(
        profile=Profile.objects.of(account),
        goals=standing(goals),
        initiatives=standing(initiatives),
        years=year_rows(standing(years)),
        swot=groups(Quadrant, "quadrant", standing(swot)),
        sides=groups(SwotSide, "side", standing(sides)),
        risks=standing(risks),
        removed=[
            r for rs in (goals, initiatives, years, swot, sides, risks) for r in rs if r.removed_at
        ],
        fresh=freshness(account, day),
    )


@dataclass(frozen=True)
class Glance:
    """The client's business in a few lines, for the overview and the plan."""

    swot: list[Group]
    year: YearRow | None
    goal: ClientGoal | None
    fresh: Freshness

    @property
    def count(self) -> int:
        return sum(len(group.items) for group in self.swot)


def glance(account: Account, day: date) -> Glance:
    years = year_rows(list(FinancialYear.rows().of(account)))
    past = (row for row in years if not row.year.is_expected)
    return Glance(
        swot=groups(Quadrant, "quadrant", SwotItem.rows().of(account)),
        year=next(past, None),
        goal=ClientGoal.rows().of(account).first(),
        fresh=freshness(account, day)["swot"],
    )


def gravest_risks(account: Account, most: int = 4) -> "QuerySet[Risk]":
    """The open risks, the gravest first."""
    rows: QuerySet[Risk] = Risk.objects.filter(account=account).open().with_owner().by_weight()
    return rows[:most]


def groups(kinds: Any, field: str, items: Iterable[Any]) -> list[Group]:
    rows = list(items)
    return [
        Group(kind.value, str(kind.label), [row for row in rows if getattr(row, field) == kind])
        for kind in kinds
    ]


def year_rows(years: Sequence[FinancialYear]) -> list[YearRow]:
    """The newest first, each with its growth over the year before."""
    by_year = {row.year: row for row in years}
    return [YearRow(row, row.growth_after(by_year.get(row.year - 1))) for row in years]


def standing(rows: Iterable[Any]) -> list[Any]:
    return [row for row in rows if row.removed_at is None]


def _all(rows: Any) -> list[Any]:
    return list(rows)
