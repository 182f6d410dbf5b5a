"""What the demo company could still sell at its largest hospital group."""

from decimal import Decimal
from typing import TYPE_CHECKING

from accounts.models import Account, BusinessUnit, Product
from kam.demo.commerce_script import ANDINO, ROOM, SITES, SPACE
from planning.models import Cell

if TYPE_CHECKING:
    from kam.demo.company import Company


def add(company: "Company") -> None:
    account = Account.objects.get(name=ANDINO)
    products = {product.name: product for product in Product.objects.all()}
    units = {unit.name: unit for unit in BusinessUnit.objects.of_account(account)}
    by = company.people["MR"]
    for name, spanish, _kind, _sold in SITES:
        unit = units[company.say((name, spanish))]
        for product, (state, thousands, competitor, note) in SPACE.get(name, {}).items():
            Cell.say(
                account, unit, products[product], by=by, at=company.at, seen=_blank(),
                state=state, competitor=competitor, note=company.say(note),
                potential=None if thousands is None else Decimal(thousands * 1000),
            )  # fmt: skip

    for client, (unit_name, cells) in ROOM.items():
        other = Account.objects.get(name=client)
        kam = other.kam or by
        unit = BusinessUnit.add_to(other, by=kam, name=company.say(unit_name))
        for product, thousands in cells.items():
            Cell.say(
                other, unit, products[product], by=kam, at=company.at, seen=_blank(),
                state="potential", potential=Decimal(thousands * 1000),
            )  # fmt: skip


def _blank() -> dict[str, object]:
    return {"state": "unexplored", "potential": None, "competitor": "", "note": ""}
