"""The white space of a client on the day of a snapshot, by value: units, products, places."""

from datetime import datetime
from typing import Any

from accounts.commerce.periods import Horizon, site_day
from accounts.models import Account, BusinessUnit, Product
from planning.whitespace.whitespace import Place, places_of


def frozen_places(account: Account, at: datetime) -> dict[str, Any]:
    """Places of which nothing is known are left out: who reads it fills them as not explored."""
    places = places_of([account.pk], Horizon(site_day(at))).get(account.pk, [])
    known = {place.product_id for place in places}
    bought = {place.unit_id for place in places if place.sold}
    units = BusinessUnit.objects.filter(account=account).order_by("name", "pk")
    products = Product.objects.choosable_with(known).by_family()
    return {
        "units": [_named(unit) for unit in units if not unit.closed or unit.pk in bought],
        "products": [_named(product) for product in products],
        "places": [_place(place) for place in places],
    }


def _named(row: Any) -> dict[str, Any]:
    return {"id": row.pk, "name": row.name}


def _place(place: Place) -> dict[str, Any]:
    """`potential` and `to_sell` None: not known."""
    return {
        "unit": place.unit_id,
        "product": place.product_id,
        "state": place.state.value,
        "sold": place.sold,
        "potential": place.potential,
        "to_sell": place.to_sell,
        "chance": place.open_deal["probability"] if place.open_deal else None,
        "competitor": place.cell["competitor"] if place.cell else "",
        "note": place.cell["note"] if place.cell else "",
    }
