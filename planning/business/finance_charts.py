"""The small charts of the client's money: revenue, margin, net debt, where there are two years."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from kam.lib.charts.year_bars import YearBars, year_bars
from kam.lib.text import money
from planning.business.business_summary import YearRow

MOST = 6


@dataclass(frozen=True)
class Figure:
    key: str
    name: str
    words: str
    chart: YearBars


def figures(rows: list[YearRow]) -> list[Figure]:
    years = [row.year for row in rows][:MOST][::-1]
    currency = next((y.currency for y in reversed(years) if y.revenue is not None), "")
    million = Decimal(1_000_000)
    made = [
        _figure("revenue", _("Revenue"), _("million %(currency)s") % {"currency": currency}, years,
                lambda y: y.revenue / million if y.currency == currency else None, _short),
        _figure("margin", _("Operating margin"), "%", years, lambda y: y.margin, money.number),
        _figure("net-debt", _("Net debt"), _("in years of profit"), years, lambda y: y.net_debt, money.number),
    ]  # fmt: skip
    return [figure for figure in made if figure]


def _short(value: Decimal) -> str:
    return money.number(value, 0 if value >= 100 else 1)


def _figure(
    key: str, name: str, words: str, years: list[Any],
    of: Callable[[Any], Decimal | None], show: Callable[[Decimal], str],
) -> Figure | None:  # fmt: skip
    field = {"revenue": "revenue", "margin": "margin", "net-debt": "net_debt"}[key]
    known = [y for y in years if getattr(y, field) is not None]
    values = [(str(y.year), v, y.is_expected) for y in known if (v := of(y)) is not None]
    if len(values) < 2:
        return None
    spoken = ", ".join(f"{year} {show(value)}" for year, value, _expected in values)
    return Figure(key, name, words, year_bars(values, f"{name}, {words}: {spoken}", show))
