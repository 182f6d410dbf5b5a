from tests.base import ClaveTest
from tests.kam.rules.access import ALL, OWN_DO, Row

PAGES: dict[str, Row] = {
    "accounts:accounts": ALL,
    "accounts:accounts_class": ALL,
    "accounts:accounts_kam": ALL,
    "accounts:accounts_tier": ALL,
    "accounts:settings": ALL,
}
ACTIONS: dict[str, Row] = {
    "accounts:look": OWN_DO,
}


def keys(cast: type[ClaveTest]) -> dict[str, int | str]:
    return {}
