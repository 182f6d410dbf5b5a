"""Where we can grow: the white space of a snapshot as a report draws it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kam.lib.text.money import number, percent, symbol
from planning.models.whitespace import CellState
from planning.whitespace.whitespace_page import LETTERS

MOST_UNITS, MOST_PRODUCTS = 40, 10
WIDE = 6  # up to so many products an amount and what stands beside it fit on one line
THOUSANDS_FROM = 10_000
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Spot:
    """A unit and a product; `small` says who or how likely."""

    letter: str
    figure: str
    small: str


@dataclass(frozen=True)
class GrowthRow:
    unit: str
    spots: list[Spot]
    sold: Decimal
    possible: Decimal
    scale: int

    @property
    def sold_words(self) -> str:
        return number(self.sold / self.scale, 0)

    @property
    def possible_words(self) -> str:
        return number(self.possible / self.scale, 0)


@dataclass(frozen=True)
class Growth:
    """Amounts a year in the account's currency; the best customers first, as on the page."""

    products: list[str]
    lines: list[GrowthRow]
    more_units: int
    more_products: int
    scale: int
    currency: str

    @classmethod
    def of(cls, data: dict[str, Any]) -> "Growth":
        """A snapshot of an older schema, or a client without places, has no lines."""
        space = data.get("whitespace") or {}
        places = {(row["unit"], row["product"]): row for row in space.get("places", [])}
        products = _first_known(space.get("products", []), {key[1] for key in places})
        scale = 1000 if any(_shown(row) >= THOUSANDS_FROM for row in places.values()) else 1
        lines = [
            _line(unit, products[:MOST_PRODUCTS], places, scale) for unit in space.get("units", [])
        ]
        lines.sort(key=lambda line: (-line.sold, -line.possible, line.unit.casefold()))
        return cls(
            products=[product["name"] for product in products[:MOST_PRODUCTS]],
            lines=lines[:MOST_UNITS] if places else [],
            more_units=max(0, len(lines) - MOST_UNITS),
            more_products=max(0, len(products) - MOST_PRODUCTS),
            scale=scale,
            currency=data["account"].get("currency") or "EUR",
        )

    @property
    def is_narrow(self) -> bool:
        return len(self.products) > WIDE

    @property
    def unit_of_money(self) -> str:
        return symbol(self.currency) + (" k" if self.scale > 1 else "")

    @property
    def more_words(self) -> str:
        """What the grid has no room for."""
        units, products = self.more_units, self.more_products
        said = []
        if units:
            said.append(ngettext("%(n)s more unit", "%(n)s more units", units) % {"n": units})
        if products:
            words = ngettext("%(n)s more product", "%(n)s more products", products)
            said.append(words % {"n": products})
        return _("Not shown: %(what)s.") % {"what": ", ".join(said)} if said else ""


def _line(
    unit: dict[str, Any], products: list[dict[str, Any]], places: dict[Any, Any], scale: int
) -> GrowthRow:
    mine = [row for key, row in places.items() if key[0] == unit["id"]]
    sold = sum((_amount(row["sold"]) or NOTHING for row in mine), NOTHING)
    to_sell = sum((_amount(row["to_sell"]) or NOTHING for row in mine), NOTHING)
    spots = [_spot(places.get((unit["id"], product["id"])), scale) for product in products]
    return GrowthRow(unit["name"], spots, sold, sold + to_sell, scale)


def _spot(row: dict[str, Any] | None, scale: int) -> Spot:
    state = CellState(row["state"]) if row else CellState.UNEXPLORED
    if row is None or state == CellState.UNEXPLORED:
        return Spot("n", "·", "")
    if state == CellState.NOT_APPLICABLE:
        return Spot("n", "–", "")
    known = _amount(row["sold"] if state == CellState.CONTRACTED else row["potential"])
    figure = "?" if known is None else number(known / scale, 0)
    return Spot(LETTERS[state], figure, _small(row, state))


def _small(row: dict[str, Any], state: CellState) -> str:
    if state == CellState.OPPORTUNITY and row["chance"] is not None:
        return percent(row["chance"])
    if state == CellState.PILOT:
        return str(row["note"]) or _("free")
    return str(row["competitor"]) if state in (CellState.COMPETITOR, CellState.LOST) else ""


def _first_known(products: list[dict[str, Any]], known: set[int]) -> list[dict[str, Any]]:
    """Of a long catalogue those first of which something is known."""
    if len(products) <= MOST_PRODUCTS:
        return products
    return [p for p in products if p["id"] in known] + [p for p in products if p["id"] not in known]


def _shown(row: dict[str, Any]) -> Decimal:
    return max(_amount(row["sold"]) or NOTHING, _amount(row["potential"]) or NOTHING)


def _amount(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))
