from datetime import date

from accounts.models import BusinessUnit, Product
from tests.base import ClaveTest
from tests.kam.rules.access import (
    ADMIN,
    DO,
    EDIT,
    LEAD,
    LEAD_DO,
    READ,
    Row,
)
from tests.money import make_contract, make_opportunity, make_receivable, make_revenue

# Whoever manages somebody enters accounts, and administrators do.
OPENS = [302, 403, 403, 403, 403, 200, 403, 200]

PAGES: dict[str, Row] = {
    "accounts:account_add": OPENS,
    "accounts:account_edit": LEAD,
    "accounts:tier": READ,
    "accounts:tier_change": LEAD,
    "accounts:structure": READ,
    "accounts:unit_add": EDIT,
    "accounts:unit_edit": EDIT,
    "accounts:money": READ,
    "accounts:revenue": READ,
    "accounts:revenue_add": EDIT,
    "accounts:revenue_edit": EDIT,
    "accounts:contracts": READ,
    "accounts:contract_add": EDIT,
    "accounts:contract_edit": EDIT,
    "accounts:opportunities": READ,
    "accounts:opportunity_add": EDIT,
    "accounts:opportunity_edit": EDIT,
    "accounts:opportunity_win": EDIT,
    "accounts:opportunity_lose": EDIT,
    "accounts:receivables": READ,
    "accounts:receivable_add": EDIT,
    "accounts:receivable_edit": EDIT,
    "accounts:products": ADMIN,
    "accounts:product_add": ADMIN,
    "accounts:product_edit": ADMIN,
    "accounts:rates": ADMIN,
}
# What is removed is gone for the next in the row, to whom it no longer exists.
GONE = [302, 404, 403, 302, 404, 404, 404, 404]
ACTIONS: dict[str, Row] = {
    "accounts:account_archive": LEAD_DO,
    "accounts:account_restore": LEAD_DO,
    "accounts:opportunity_reopen": DO,
    "accounts:receivable_pay": DO,
    "accounts:revenue_remove": GONE,
    "accounts:contract_remove": GONE,
    "accounts:opportunity_remove": GONE,
    "accounts:receivable_remove": GONE,
}


def keys(cast: type[ClaveTest]) -> dict[str, int | str]:
    acme = cast.acme
    of_account = [
        name
        for name in (*PAGES, *ACTIONS)
        if name.rpartition(":")[2].endswith(("_add", "archive", "restore", "tier_change"))
        or name.rpartition(":")[2]
        in {
            "account_edit",
            "tier",
            "structure",
            "money",
            "revenue",
            "contracts",
            "opportunities",
            "receivables",
        }
    ]
    found: dict[str, int | str] = dict.fromkeys(of_account, acme.pk)
    for name in ("accounts:account_add", "accounts:product_add"):
        del found[name]
    found["accounts:unit_edit"] = BusinessUnit.objects.create(account=acme, name="Labs").pk
    found["accounts:product_edit"] = Product.objects.get_or_create(name="Flow")[0].pk
    kept, gone = _rows(cast, "1"), _rows(cast, "2")
    for item_type, row in kept.items():
        found[f"accounts:{item_type}_edit"] = row
        found[f"accounts:{item_type}_remove"] = gone[item_type]
    for verb in ("win", "lose", "reopen"):
        found[f"accounts:opportunity_{verb}"] = kept["opportunity"]
    found["accounts:receivable_pay"] = kept["receivable"]
    return found


def _rows(cast: type[ClaveTest], number: str) -> dict[str, int]:
    month = date(2026, int(number), 1)
    return {
        "revenue": make_revenue(cast.acme, month, 10).pk,
        "contract": make_contract(cast.acme, 10, month, None).pk,
        "opportunity": make_opportunity(cast.acme, 10, owner=cast.bob).pk,
        "receivable": make_receivable(cast.acme, number, 10, month).pk,
    }
