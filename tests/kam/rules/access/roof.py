from tests.base import ClaveTest
from tests.factories import make_kept_mail
from tests.kam.rules.access import ADMIN, ADMIN_DO, ALL, DO, OPEN, READ, Row

PAGES: dict[str, Row] = {
    "today": ALL,
    "search": ALL,
    "first_day": ADMIN,
    "guide": ALL,
    "guide_page": ALL,
    "overview": READ,
    "outbox": ADMIN,
    "outbox_message": ADMIN,
    "healthz": OPEN,
    "readyz": OPEN,
}
ACTIONS: dict[str, Row] = {
    "today_finish": DO,
    "today_reopen": DO,
    "first_day_skip": ADMIN_DO,
    "first_day_resume": ADMIN_DO,
    "first_day_hide": ADMIN_DO,
    "first_day_bring_back": ADMIN_DO,
}


def keys(cast: type[ClaveTest]) -> dict[str, int | str]:
    return {
        "guide_page": "kam",
        "overview": cast.acme.pk,
        "first_day_skip": "products",
        "first_day_resume": "products",
        "outbox_message": make_kept_mail().pk,
        "today_finish": cast.action.pk,
        "today_reopen": cast.action.pk,
    }
