from tests.base import ClaveTest
from tests.factories import make_kept_mail
from tests.kam.access import ADMIN, ALL, OPEN, READ, Row

PAGES: dict[str, Row] = {
    "today": ALL,
    "search": ALL,
    "guide": ALL,
    "guide_page": ALL,
    "overview": READ,
    "outbox": ADMIN,
    "outbox_message": ADMIN,
    "healthz": OPEN,
    "readyz": OPEN,
}
ACTIONS: dict[str, Row] = {}


def keys(cast: type[ClaveTest]) -> dict[str, int | str]:
    return {"guide_page": "kam", "overview": cast.acme.pk, "outbox_message": make_kept_mail().pk}
