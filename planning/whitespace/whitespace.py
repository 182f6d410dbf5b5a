"""White space: what each place (business unit × product) is, from records and from what was said.

Potential to sell = Σ over places of max(0, potential a year − our revenue there), over the states
potential, pilot, opportunity, competitor and lost. The grid, its parts and the standing of an
account all come from `places_of`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Max, Q, Sum

from accounts.commerce.periods import Horizon
from accounts.models import Opportunity, Revenue
from accounts.models.opportunities import State
from accounts.models.revenue import NET
from accounts.models.rows import times
from accounts.models.standing import adds_figures
from planning.models import Cell
from planning.models.whitespace import CellState

COUNTED = (
    CellState.POTENTIAL,
    CellState.PILOT,
    CellState.OPPORTUNITY,
    CellState.COMPETITOR,
    CellState.LOST,
)
NOTHING = Decimal(0)
Key = tuple[int, int, int]  # account, unit, product


@dataclass
class Place:
    """One unit and product; amounts a year in the account's currency."""

    unit_id: int
    product_id: int
    sold: Decimal = NOTHING
    cell: dict[str, Any] | None = None
    deals: list[dict[str, Any]] = field(default_factory=list)
    lacking: set[str] = field(default_factory=set)

    @property
    def state(self) -> CellState:
        """Records speak before opinions, and the newer word before the older.

        A pilot stays one while its deal is open. A competitor, or what was lost, may stand beside
        revenue of ours, until a deal is won there.
        """
        said = CellState(self.cell["state"]) if self.cell else CellState.UNEXPLORED
        decided = self._decided
        if self.open_deal:
            return CellState.PILOT if said == CellState.PILOT else CellState.OPPORTUNITY
        if decided and decided["state"] == State.WON:
            return CellState.CONTRACTED
        if said in (CellState.COMPETITOR, CellState.LOST):
            return said
        if self.sold > 0:
            return CellState.CONTRACTED
        return CellState.LOST if decided else said

    @property
    def open_deal(self) -> dict[str, Any] | None:
        """The likeliest one that is still open."""
        found = [deal for deal in self.deals if deal["state"] == State.OPEN]
        return max(found, key=lambda deal: (deal["probability"], -deal["pk"]), default=None)

    @property
    def _decided(self) -> dict[str, Any] | None:
        """The last deal closed since somebody said something of this place."""
        since: datetime | None = self.cell["stated_at"] if self.cell else None
        found = [
            deal
            for deal in self.deals
            if deal["closed_at"] and (since is None or deal["closed_at"] > since)
        ]
        return max(found, key=lambda deal: deal["closed_at"], default=None)

    @property
    def potential(self) -> Decimal | None:
        """As it was said; else what the deal there is for."""
        if self.cell and self.cell["worth"] is not None:
            return Decimal(self.cell["worth"])
        if self.open_deal:
            worth = [deal["worth"] for deal in self.deals if deal["state"] == State.OPEN]
            return None if None in worth else sum(worth, NOTHING)
        if self.state == CellState.LOST and self._decided:
            return _or_none(self._decided["worth"])
        return None

    @property
    def is_counted(self) -> bool:
        return self.state in COUNTED

    @property
    def to_sell(self) -> Decimal | None:
        """None where the potential is not known."""
        if not self.is_counted:
            return NOTHING
        return None if self.potential is None else max(NOTHING, self.potential - self.sold)


def places_of(account_ids: Iterable[int], horizon: Horizon) -> dict[int, list[Place]]:
    """Every place of which anything is known, by account: three queries whatever the accounts."""
    ids = list(account_ids)
    found: dict[Key, Place] = {}
    for row in _revenue(ids, horizon):
        place = _place(found, row)
        place.sold = row["sold"] or NOTHING
        if row["no_factor"]:
            place.lacking.add(row["currency"])
    for row in _deals(ids, horizon):
        _place(found, row).deals.append(row)
    for row in _cells(ids, horizon):
        _place(found, row).cell = row
    by_account: dict[int, list[Place]] = {}
    for (account, _unit, _product), place in found.items():
        for row in [*place.deals, *([place.cell] if place.cell else [])]:
            if row["factor"] is None and row["value"] is not None:
                place.lacking.add(row["currency"])
        by_account.setdefault(account, []).append(place)
    return by_account


@adds_figures
def potential_of(account_ids: list[int], horizon: Horizon) -> dict[int, dict[str, Any]]:
    """Not scored where nothing that counts is known, or where a rate is missing."""
    found: dict[int, dict[str, Any]] = {}
    for account, places in places_of(account_ids, horizon).items():
        lacking = set().union(*(place.lacking for place in places))
        known = [place.to_sell for place in places if place.to_sell is not None]
        said = any(place.state != CellState.UNEXPLORED for place in places)
        unknown = len(known) < len(places) and not any(known)
        scored = said and not lacking and not unknown
        found[account] = {
            "potential": sum(known, NOTHING) if scored else None,
            "lacking": sorted(lacking),
        }
    return found


def _place(found: dict[Key, Place], row: dict[str, Any]) -> Place:
    key = (row["account_id"], row["unit_id"], row["product_id"])
    return found.setdefault(key, Place(row["unit_id"], row["product_id"]))


def _revenue(ids: list[int], horizon: Horizon) -> Any:
    """Net revenue of the trailing twelve months, where it is booked to a unit and a product."""
    rows = Revenue.objects.of_accounts(ids).booked().within(horizon.now).in_a_place()
    return (
        rows.with_rates("month")
        .values("account_id", "unit_id", "product_id")
        .annotate(
            sold=Sum(times(NET, F("factor"))),
            no_factor=Count("pk", filter=Q(factor=None)),
            currency=Max("currency", filter=Q(factor=None)),
        )
    )


def _deals(ids: list[int], horizon: Horizon) -> Any:
    """Open and lost ones; won ones of the last twelve months, after which revenue speaks."""
    rows = Opportunity.objects.of_accounts(ids).in_a_place().telling_of_places(horizon)
    return (
        rows.with_rates(horizon.day)
        .annotate(worth=times("value", F("factor")))
        .values(*PLACE, "pk", "title", "state", "probability", "closed_at", "value", "worth")
    )


def _cells(ids: list[int], horizon: Horizon) -> Any:
    return (
        Cell.objects.of_accounts(ids)
        .with_rates(horizon.day)
        .annotate(worth=times("potential", F("factor")), value=F("potential"))
        .values(
            *PLACE,
            "pk",
            "state",
            "competitor",
            "note",
            "stated_at",
            "stated_by_id",
            "value",
            "worth",
        )
    )


PLACE = ("account_id", "unit_id", "product_id", "currency", "factor")


def _or_none(amount: Any) -> Decimal | None:
    return None if amount is None else Decimal(amount)
