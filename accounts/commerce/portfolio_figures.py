"""All accounts a person may see, as one figure each: value, growth, retention, concentration."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, DecimalField, F, Max, Min, Q, Sum, When
from django.db.models.functions import Abs, Coalesce, Least

from accounts.commerce.periods import Horizon, Period, fiscal_year_of, year_words
from accounts.commerce.year_comparison import ENOUGH, MONTHS, Comparison, pairs_of
from accounts.directory.account_filters import AccountFilters, health_is
from accounts.models import Account, Revenue, User
from kam.lib.charts.column_chart import ColumnChart, column_chart
from kam.lib.text.dates import month_year

ZERO = Decimal(0)
FILTERS = ["tier", "kam", "sponsor", "region", "health"]
MOVERS = 6
# Bought in the year before, and no rate is missing in either.
MEASURED = Q(standing__before_constant__gt=0) & (
    Q(standing__now_constant__isnull=False) | Q(standing__months_now=0)
)
AT_RISK = health_is("risk") & Q(archived_at=None)


@dataclass(frozen=True)
class Retention:
    """Revenue of two years from those who bought in the first; `kept` caps each at what it was.

    Of the months that both years have, `pairs` of twelve; not scored below six.
    """

    accounts: int
    now: Decimal
    before: Decimal
    kept: Decimal
    pairs: int = MONTHS

    @property
    def net(self) -> Decimal | None:
        return 100 * self.now / self.before if self._is_scored else None

    @property
    def gross(self) -> Decimal | None:
        return 100 * self.kept / self.before if self._is_scored else None

    @property
    def _is_scored(self) -> bool:
        return self.before > 0 and self.pairs >= ENOUGH


@dataclass(frozen=True)
class Totals:
    accounts: int
    archived: int  # among the accounts
    unscored: int
    value: Decimal | None
    compared: Comparison
    retention: Retention
    largest: Account | None
    at_risk: int = 0
    at_risk_value: Decimal | None = None

    @property
    def scored(self) -> int:
        return self.accounts - self.unscored

    @property
    def growth(self) -> Decimal | None:
        return self.compared.growth

    def share_of(self, account: Account) -> Decimal | None:
        """Of the value now of all, in percent."""
        standing = getattr(account, "standing", None)
        value = standing.value_now_reporting if standing else None
        return 100 * value / self.value if value is not None and self.value else None

    @property
    def concentration(self) -> Decimal | None:
        """Share of the largest account in the value now, in percent."""
        if not self.value or self.value <= 0 or self.largest is None:
            return None
        return self.share_of(self.largest)


@dataclass(frozen=True)
class Mover:
    account: Account
    change: Decimal
    compared: Comparison


@dataclass(frozen=True)
class YearMonth:
    month: date
    actual: Decimal | None
    budget: Decimal | None


@dataclass(frozen=True)
class Year:
    """Revenue against budget; only full months with both are compared."""

    year: int
    months: list[YearMonth]
    this_month: date

    @property
    def words(self) -> str:
        return year_words(fiscal_year_of(self.year))

    @property
    def _both(self) -> list[tuple[Decimal, Decimal]]:
        return [
            (m.actual, m.budget)
            for m in self.months
            if m.month < self.this_month and m.actual is not None and m.budget is not None
        ]

    @property
    def compared(self) -> int:
        return len(self._both)

    @property
    def actual(self) -> Decimal:
        return sum((actual for actual, _budget in self._both), ZERO)

    @property
    def budget(self) -> Decimal:
        return sum((budget for _actual, budget in self._both), ZERO)

    @property
    def ahead(self) -> Decimal | None:
        """Against the budget, as a share; not scored without a positive one."""
        return self.actual / self.budget - 1 if self.budget > 0 else None

    @property
    def chart(self) -> ColumnChart:
        return column_chart(
            [month_year(m.month)[:1].upper() for m in self.months],
            [None if m.actual is None else float(m.actual) for m in self.months],
            [None if m.budget is None else float(m.budget) for m in self.months],
            width=680,
        )

    @property
    def has_budget(self) -> bool:
        return any(m.budget is not None for m in self.months)

    @property
    def is_empty(self) -> bool:
        return all(m.actual is None and m.budget is None for m in self.months)


def totals(account_filters: AccountFilters, horizon: Horizon) -> Totals:
    """Two queries, four in the first two years of the books. One exchange rate for both years."""
    sums: dict[str, Any] = account_filters.rows().aggregate(
        accounts=Count("pk"),
        archived=Count("pk", filter=~Q(archived_at=None)),
        unscored=Count("pk", filter=Q(standing__value_now_reporting=None)),
        at_risk=Count("pk", filter=AT_RISK),
        at_risk_value=Sum("standing__value_now_reporting", filter=AT_RISK),
        value=Sum("standing__value_now_reporting"),
        pairs=Max("standing__pairs"),
        first=Min("standing__first_month"),
        **_of_whole_years(),
    )
    years = (
        _Years.whole(sums) if sums["pairs"] == MONTHS else _Years.paired(account_filters, horizon)
    )
    scored = (
        account_filters.rows()
        .exclude(standing__value_now_reporting=None)
        .select_related("standing")
    )
    return Totals(
        accounts=sums["accounts"],
        archived=sums["archived"],
        unscored=sums["unscored"],
        value=sums["value"],
        at_risk=sums["at_risk"],
        at_risk_value=sums["at_risk_value"],
        compared=Comparison(years.now, years.before, years.pairs, sums["first"]),
        retention=years.retention,
        largest=scored.order_by("-standing__value_now_reporting", "pk").first(),
    )


def _of_whole_years() -> dict[str, Any]:
    now, before = F("standing__now_constant"), F("standing__before_constant")
    return {
        "now": Sum(now, filter=_comparable()),
        "before": Sum(before, filter=_comparable()),
        "bought": Count("pk", filter=MEASURED),
        "bought_now": Sum(Coalesce(now, ZERO), filter=MEASURED),
        "bought_before": Sum(before, filter=MEASURED),
        "kept": Sum(Least(Coalesce(now, ZERO), before), filter=MEASURED),
    }


@dataclass(frozen=True)
class _Years:
    """Two years of all these accounts, over the months that the books have of both."""

    now: Decimal
    before: Decimal
    pairs: int
    retention: Retention

    @classmethod
    def whole(cls, sums: dict[str, Any]) -> "_Years":
        """Somebody bought in each of the 24 months: the yearly sums of all accounts are compared."""
        kept = Retention(
            sums["bought"],
            sums["bought_now"] or ZERO,
            sums["bought_before"] or ZERO,
            sums["kept"] or ZERO,
        )
        return cls(sums["now"] or ZERO, sums["before"] or ZERO, MONTHS, kept)

    @classmethod
    def paired(cls, account_filters: AccountFilters, horizon: Horizon) -> "_Years":
        rows = Revenue.objects.of_accounts(account_filters.rows().values("pk"))
        two_years = Period(horizon.before.start, horizon.now.end)
        pairs = pairs_of(rows.months_booked(two_years), horizon)
        sums = [row for row in rows.at_one_rate(pairs, horizon) if not row["no_rate"]]
        bought = [row for row in sums if row["before"] > 0]
        return cls(
            now=sum((row["now"] for row in sums), ZERO),
            before=sum((row["before"] for row in sums), ZERO),
            pairs=len(pairs),
            retention=Retention(
                len(bought),
                sum((row["now"] for row in bought), ZERO),
                sum((row["before"] for row in bought), ZERO),
                sum((min(row["now"], row["before"]) for row in bought), ZERO),
                len(pairs),
            ),
        )


def movers(account_filters: AccountFilters) -> list[Mover]:
    """The largest changes of the value in either direction, at one rate: one query.

    Over the months that both years of an account have; who stopped buying lost all of a year.
    """
    left = Q(standing__months_now=0)
    change = Case(
        When(left, then=-F("standing__before_constant")),
        default=F("standing__paired_now") - F("standing__paired_before"),
        output_field=DecimalField(max_digits=20, decimal_places=2),
    )
    rows = account_filters.rows().filter(MEASURED).filter(left | Q(standing__growth__isnull=False))
    rows = rows.annotate(moved=change).exclude(moved=0).select_related("standing")
    return [
        Mover(row, row.moved, row.standing.compared)
        for row in rows.order_by(Abs("moved").desc(), "pk")[:MOVERS]
    ]


def with_shares(
    accounts: Iterable[Account], figures: Totals
) -> list[tuple[Account, Decimal | None]]:
    """Each account of a page beside its share."""
    return [(account, figures.share_of(account)) for account in accounts]


def _comparable() -> Q:
    """No rate is missing in either year: an account without revenue then is part of growth."""
    now_known = Q(standing__now_constant__isnull=False) | Q(standing__months_now=0)
    before_known = Q(standing__before_constant__isnull=False) | Q(standing__months_before=0)
    return now_known & before_known


def year_of(account_filters: AccountFilters, user: User, horizon: Horizon, year: int) -> Year:
    """Twelve months in the reporting currency at stored rates: two queries at most."""
    period = fiscal_year_of(year)
    rows = (
        Revenue.objects.visible_to(user)
        .of_accounts(account_filters.rows().values("pk"))
        .within(period)
    )
    by_month: dict[date, list[dict[str, Any]]] = {month: [] for month in period.months}
    for row in rows.reported_by_month():
        by_month[row["month"]].append(row)
    months = [
        YearMonth(month, _sum(groups, "kept"), _sum(groups, "planned"))
        for month, groups in by_month.items()
    ]
    return Year(year, months, horizon.now.end)


def _sum(groups: list[dict[str, Any]], part: str) -> Decimal | None:
    """Of a month; not scored where a rate is missing, for half a sum would be a wrong one."""
    said = [(group[part], group["rate"]) for group in groups if group[part] is not None]
    if not said or any(rate is None for _amount, rate in said):
        return None
    return sum((amount * rate for amount, rate in said), ZERO)
