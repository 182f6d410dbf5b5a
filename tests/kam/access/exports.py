from tests.base import ClaveTest
from tests.kam.access import ADMIN, ALL, READ, Row

OF_ACCOUNT = [
    *(
        f"accounts:{name}_export"
        for name in (
            "stakeholders", "account_interactions", "opportunities", "contracts", "receivables",
            "revenue",
        )
    ),
    "reviews:account_reviews_export",
]  # fmt: skip
PAGES: dict[str, Row] = {
    "accounts:accounts_export": ALL,
    "accounts:portfolio_export": ALL,
    "accounts:interactions_export": ALL,
    "accounts:products_export": ADMIN,
    "reviews:reviews_export": ALL,
    "planning:plan_export": READ,
    **dict.fromkeys(OF_ACCOUNT, READ),
}
ACTIONS: dict[str, Row] = {}


def keys(cast: type[ClaveTest]) -> dict[str, int | str]:
    return {**dict.fromkeys(OF_ACCOUNT, cast.acme.pk), "planning:plan_export": cast.plan.pk}
