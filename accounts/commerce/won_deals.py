"""What deals that were won and that no contract names yet may bring in the twelve months ahead.

Per deal: (value a year − what already flows from it, at least zero) × share of the period after
the day it was won. What flows is known where the deal has a unit and a product: net revenue of
that place in the full months after the win, less the same calendar months a year before. Deals won
before the trailing twelve months are told by revenue and contracts. Source: the product's
calculations, "Projected value".
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from accounts.commerce.periods import Horizon, add_months, first_of_month, months_between, site_day
from accounts.models.opportunities import Opportunity
from accounts.models.revenue import Revenue

Place = tuple[int, int, int]  # account, unit, product
NOTHING = Decimal(0)
BLANK = {"projected_won": NOTHING, "won_waiting": 0}


def won_by_account(ids: list[int], horizon: Horizon) -> dict[int, dict[str, Any]]:
    """`projected_won` is None where a rate is missing; accounts without such a deal are absent."""
    rows = Opportunity.objects.of_accounts(ids).won_without_contract(horizon)
    deals = list(rows.with_rates(horizon.day).order_by("closed_at", "pk"))
    flows = _Flows(deals, horizon)
    found: dict[int, dict[str, Any]] = {}
    for deal in deals:
        row = found.setdefault(deal.account_id, dict(BLANK, lacking=[]))
        row["won_waiting"] += 1
        brings = _brings(deal, flows, horizon)
        if brings is None or row["projected_won"] is None:
            row["projected_won"] = None
            row["lacking"] += [deal.currency] if deal.factor is None else []  # type: ignore[attr-defined]  # from with_rates()
        else:
            row["projected_won"] += brings
    return found


def _brings(deal: Any, flows: "_Flows", horizon: Horizon) -> Decimal | None:
    if deal.factor is None:
        return None
    value = Decimal(deal.value * deal.factor)
    flowing = flows.take(deal, value)
    if flowing is None:
        return None
    ahead = horizon.ahead
    left = (ahead.last_day - max(site_day(deal.closed_at), horizon.eve)).days
    return (value - flowing) * max(left, 0) / (ahead.end - ahead.start).days


class _Flows:
    """Net revenue by place and month; of several deals in one place the first won takes first."""

    def __init__(self, deals: Iterable[Opportunity], horizon: Horizon) -> None:
        self.end = horizon.now.end
        self.months: dict[Place, dict[date, Decimal]] = defaultdict(dict)
        self.unknown: set[Place] = set()
        self.taken: dict[Place, Decimal] = defaultdict(Decimal)
        places = {place for deal in deals if (place := _place(deal))}
        if places:
            self._read(places, horizon)

    def _read(self, places: set[Place], horizon: Horizon) -> None:
        ids = {account for account, _unit, _product in places}
        rows = Revenue.objects.of_accounts(ids).booked().in_a_place()
        for row in rows.since(horizon.before.start).with_rates("month"):
            if (place := _place(row)) in places and place:
                self._add(place, row)

    def _add(self, place: Place, row: Any) -> None:
        if row.factor is None:
            self.unknown.add(place)
        else:
            net = (row.revenue - row.rebates) * row.factor
            month = self.months[place]
            month[row.month] = month.get(row.month, NOTHING) + net

    def take(self, deal: Opportunity, most: Decimal) -> Decimal | None:
        place = _place(deal)
        if place is None or deal.closed_at is None:
            return NOTHING
        if place in self.unknown:
            return None
        known = self.months.get(place, {})
        first = add_months(first_of_month(site_day(deal.closed_at)), 1)
        more = sum(
            (
                known.get(month, NOTHING) - known.get(add_months(month, -12), NOTHING)
                for month in months_between(first, self.end)
            ),
            NOTHING,
        )
        flowing = min(max(more - self.taken[place], NOTHING), most)
        self.taken[place] += flowing
        return flowing


def _place(row: Any) -> Place | None:
    if row.unit_id is None or row.product_id is None:
        return None
    return row.account_id, row.unit_id, row.product_id
