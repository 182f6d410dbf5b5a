from accounts.models import Batch
from tests.base import ClaveTest
from tests.kam.access import ADMIN, ADMIN_DO, Row

PAGES: dict[str, Row] = {
    "accounts:imports": ADMIN,
    "accounts:import_add": ADMIN,
    "accounts:import_template": ADMIN,
    "accounts:batch": ADMIN,
    "accounts:batch_columns": ADMIN,
    "accounts:batch_left_out": ADMIN,
    # A batch on which nobody works sends to its page.
    "accounts:batch_progress": [302, 403, 403, 403, 403, 403, 403, 302],
}
ACTIONS: dict[str, Row] = {
    "accounts:batch_decide": ADMIN_DO,
    "accounts:batch_correct": ADMIN_DO,
    "accounts:batch_run": ADMIN_DO,
    "accounts:batch_again": ADMIN_DO,
    "accounts:batch_undo": ADMIN_DO,
    "accounts:batch_discard": ADMIN_DO,
}


def keys(cast: type[ClaveTest]) -> dict[str, int | str]:
    done = Batch.objects.create(source="hubspot", name="deals.csv", by=cast.root, state="done")
    gone = Batch.objects.create(source="hubspot", name="other.csv", by=cast.root)
    found: dict[str, int | str] = {name: done.pk for name in (*PAGES, *ACTIONS) if ":batch" in name}
    return found | {
        "accounts:import_template": "revenue-es.xlsx",
        "accounts:batch_discard": gone.pk,
    }
