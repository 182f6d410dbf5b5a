from tests.base import ClaveTest
from tests.kam.rules.access import ADMIN, ALL, READ, Row

OF_ACCOUNT = [
    *(
        f"integrations:{name}_export"
        for name in (
            "stakeholders", "account_interactions", "opportunities", "contracts", "receivables",
            "revenue",
        )
    ),
    "integrations:account_reviews_export",
]  # fmt: skip
PAGES: dict[str, Row] = {
    "integrations:accounts_export": ALL,
    "integrations:portfolio_export": ALL,
    "integrations:interactions_export": ALL,
    "integrations:products_export": ADMIN,
    "integrations:reviews_export": ALL,
    "integrations:plan_export": READ,
    **dict.fromkeys(OF_ACCOUNT, READ),
}
ACTIONS: dict[str, Row] = {}


def keys(cast: type[ClaveTest]) -> dict[str, int | str]:
    return {**dict.fromkeys(OF_ACCOUNT, cast.acme.pk), "integrations:plan_export": cast.plan.pk}
