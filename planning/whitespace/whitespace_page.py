"""The page of white space: the grid, its sums, the parts of the figure, and the deals below it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.http import urlencode

from accounts.commerce.account_value import AccountValue, account_value
from accounts.models import Account, BusinessUnit, Opportunity, Product, User
from kam.lib.data.paging import ROWS
from kam.lib.text import money
from planning.models import Cell
from planning.models.whitespace import CellState
from planning.whitespace.whitespace import COUNTED, NOTHING, Place, places_of

SHOWS = ("value", "state", "competitor")
DEALS = ("open", "won", "lost")
MOST_CELLS = 240  # on one page of the grid, which keeps it under sixty kilobytes
MOST_PRODUCTS = 16
MOST_DEALS = 50
LETTERS = {
    CellState.CONTRACTED: "a",
    CellState.PILOT: "f",
    CellState.OPPORTUNITY: "o",
    CellState.POTENTIAL: "w",
    CellState.COMPETITOR: "c",
    CellState.LOST: "l",
}
GLYPHS = {
    CellState.OPPORTUNITY: "target",
    CellState.COMPETITOR: "swords",
    CellState.LOST: "x",
}


@dataclass(frozen=True)
class Square:
    """One cell of the grid as it is drawn."""

    letter: str
    figure: str
    small: str
    glyph: str
    spoken: str
    query: str


@dataclass(frozen=True)
class WhitespaceRow:
    unit: BusinessUnit
    squares: list[Square]
    sold: Decimal
    to_sell: Decimal
    scale: int

    @property
    def now_words(self) -> str:
        return money.number(self.sold / self.scale, 0)

    @property
    def possible_words(self) -> str:
        return money.number((self.sold + self.to_sell) / self.scale, 0)


@dataclass(frozen=True)
class PartOf:
    """One line of how the figure is made."""

    label: str
    places: int
    potential: Decimal
    sold: Decimal
    to_sell: Decimal


@dataclass(frozen=True)
class WhitespaceDeal:
    """An opportunity of the account, and who else is after the same place."""

    record: Opportunity
    rival: str

    @property
    def weighted(self) -> Decimal:
        return self.record.value * self.record.probability / 100


@dataclass(frozen=True)
class Whitespace:
    account: Account
    value: AccountValue
    products: list[Product]
    hidden_products: int
    lines: Page[Any]
    largest: WhitespaceRow | None
    parts: list[PartOf]
    unknown: int  # places that count, but whose potential nobody wrote
    unplaced: Decimal | None
    show: str
    scale: int
    wanted: str  # which deals are shown, "" for all
    all_deals: list[WhitespaceDeal]
    by_key: dict[tuple[int, int], Place]
    counts: dict[str, int]

    @property
    def deals(self) -> list[WhitespaceDeal]:
        return [deal for deal in self.all_deals if self.wanted in ("", deal.record.state)]

    @property
    def unit_of_money(self) -> str:
        return money.symbol(self.value.currency) + (" k" if self.scale > 1 else "")

    @property
    def weighted(self) -> Any:
        return self.value.standing.open_weighted

    @property
    def leads_to(self) -> Any:
        here = self.value.standing
        if here.value_now is None or here.open_weighted is None:
            return None
        return here.value_now + here.open_weighted


def whitespace_page(
    account: Account, user: User, at: datetime, words: Mapping[str, str]
) -> Whitespace:
    value = account_value(account, at)
    places = places_of([account.pk], value.horizon).get(account.pk, [])
    products, hidden = _products(user, places)
    units = list(BusinessUnit.objects.visible_to(user).of_account(account))
    scale = 1000 if any(_shown(place) >= 10_000 for place in places) else 1
    show = words.get("show", "")
    show = show if show in SHOWS else "value"
    drawing = Drawing(show, scale, products)
    lines = sorted(drawing.lines(units, places), key=_rank)
    per_page = max(5, min(ROWS, MOST_CELLS // max(1, len(products))))
    sold = sum((place.sold for place in places), NOTHING)
    now = value.standing.value_now
    deals = _deals(account, user, places)
    wanted = words.get("deals", "")
    return Whitespace(
        account=account,
        value=value,
        products=products,
        hidden_products=hidden,
        lines=Paginator(lines, per_page).get_page(words.get("page")),
        largest=max(lines, key=lambda line: line.to_sell, default=None),
        parts=list(_parts(places)),
        unknown=sum(place.to_sell is None for place in places),
        unplaced=None if now is None or now <= sold else now - sold,
        show=show,
        scale=scale,
        wanted=wanted if wanted in DEALS else "",
        all_deals=deals,
        by_key={(place.unit_id, place.product_id): place for place in places},
        counts={state: sum(deal.record.state == state for deal in deals) for state in DEALS},
    )


@dataclass(frozen=True)
class Drawing:
    show: str
    scale: int
    products: list[Product]

    def lines(self, units: list[BusinessUnit], places: list[Place]) -> Iterable[WhitespaceRow]:
        """Units that are no more stay as long as they bought something in the last twelve months."""
        by_key = {(place.unit_id, place.product_id): place for place in places}
        for unit in units:
            mine = [place for place in places if place.unit_id == unit.pk]
            if unit.closed and not any(place.sold for place in mine):
                continue
            squares = [
                self.square(unit, product, by_key.get((unit.pk, product.pk)))
                for product in self.products
            ]
            yield WhitespaceRow(
                unit,
                squares,
                sum((place.sold for place in mine), NOTHING),
                sum((place.to_sell or NOTHING for place in mine), NOTHING),
                self.scale,
            )

    def square(self, unit: BusinessUnit, product: Product, place: Place | None) -> Square:
        place = place or Place(unit.pk, product.pk)
        figure, small = self.figure(place), self.small(place)
        glyph = GLYPHS.get(place.state, "") if self.show == "value" and small else ""
        spoken = ", ".join(
            word
            for word in (unit.name, product.name, str(place.state.label), figure, small)
            if word and word not in ("–", "·")
        )
        return Square(
            LETTERS.get(place.state, "n"), figure, small, glyph, spoken,
            urlencode({"unit": unit.pk, "product": product.pk}),
        )  # fmt: skip

    def figure(self, place: Place) -> str:
        if place.state == CellState.NOT_APPLICABLE:
            return "–"
        if self.show == "competitor":
            return competitor_of(place) or "·"
        if place.state == CellState.UNEXPLORED:
            return "·"
        if self.show == "state":
            return str(place.state.label)
        return self.amount(place)

    def small(self, place: Place) -> str:
        if place.state in (CellState.NOT_APPLICABLE, CellState.UNEXPLORED):
            return ""
        if self.show != "value":
            return self.amount(place)
        if place.state == CellState.OPPORTUNITY and place.open_deal:
            return money.percent(place.open_deal["probability"])
        if place.state == CellState.PILOT and place.cell:
            return str(place.cell["note"])
        return competitor_of(place) if place.state != CellState.CONTRACTED else ""

    def amount(self, place: Place) -> str:
        known = place.sold if place.state == CellState.CONTRACTED else place.potential
        return "?" if known is None else money.number(known / self.scale, 0)


@dataclass(frozen=True)
class Panel:
    """One place opened: what records say of it, and what somebody said."""

    unit: BusinessUnit
    product: Product
    place: Place
    cell: Cell
    deals: list[Opportunity]

    @property
    def letter(self) -> str:
        return LETTERS.get(self.place.state, "n")

    @property
    def query(self) -> str:
        return urlencode({"unit": self.unit.pk, "product": self.product.pk})

    @property
    def follows(self) -> bool:
        """The state follows from records: what was said waits behind it."""
        return bool(self.place.state != self.cell.state)


def panel_of(space: Whitespace, user: User, unit: BusinessUnit, product: Product) -> Panel:
    key = (unit.pk, product.pk)
    cell = Cell.objects.visible_to(user).stored_or_blank(space.account, unit, product)
    records = [deal.record for deal in space.all_deals]
    deals = [deal for deal in records if (deal.unit_id, deal.product_id) == key]
    return Panel(unit, product, space.by_key.get(key) or Place(*key), cell, deals)


def competitor_of(place: Place) -> str:
    return str(place.cell["competitor"]) if place.cell else ""


def address(account: Account) -> str:
    return reverse("planning:whitespace", args=[account.pk])


def _shown(place: Place) -> Decimal:
    return max(place.sold, place.potential or NOTHING)


def _rank(line: WhitespaceRow) -> tuple[Any, ...]:
    """The best customers first, then where most could be sold."""
    return (-line.sold, -line.to_sell, line.unit.name.casefold(), line.unit.pk)


def _products(user: User, places: list[Place]) -> tuple[list[Product], int]:
    """What is on sale or known here; of a long catalogue those first of which something is known."""
    known = {place.product_id for place in places}
    found = list(Product.objects.visible_to(user).choosable_with(known).by_family())
    if len(found) <= MOST_PRODUCTS:
        return found, 0
    first = [product for product in found if product.pk in known]
    rest = [product for product in found if product.pk not in known]
    return [*first, *rest][:MOST_PRODUCTS], len(found) - MOST_PRODUCTS


def _parts(places: list[Place]) -> Iterable[PartOf]:
    for state in COUNTED:
        found = [place for place in places if place.state == state and place.to_sell is not None]
        if found:
            yield PartOf(
                str(state.label),
                len(found),
                sum((place.potential or NOTHING for place in found), NOTHING),
                sum((place.sold for place in found), NOTHING),
                sum((place.to_sell or NOTHING for place in found), NOTHING),
            )


def _deals(account: Account, user: User, places: list[Place]) -> list[WhitespaceDeal]:
    """Each with the competitor of its place as `rival`."""
    rivals = {(place.unit_id, place.product_id): competitor_of(place) for place in places}
    deals = list(Opportunity.objects.visible_to(user).of_account(account).for_list()[:MOST_DEALS])
    return [
        WhitespaceDeal(deal, rivals.get((deal.unit_id or 0, deal.product_id or 0), ""))
        for deal in deals
    ]
