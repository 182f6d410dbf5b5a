from accounts.models import Batch
from tests.base import ClaveTest
from tests.kam.rules.access import ADMIN, ADMIN_DO, Row

PAGES: dict[str, Row] = {
    "integrations:imports": ADMIN,
    "integrations:import_add": ADMIN,
    "integrations:import_template": ADMIN,
    "integrations:batch": ADMIN,
    "integrations:batch_columns": ADMIN,
    "integrations:batch_left_out": ADMIN,
    # A batch on which nobody works sends to its page.
    "integrations:batch_progress": [302, 403, 403, 403, 403, 403, 403, 302],
}
ACTIONS: dict[str, Row] = {
    "integrations:batch_decide": ADMIN_DO,
    "integrations:batch_correct": ADMIN_DO,
    "integrations:batch_run": ADMIN_DO,
    "integrations:batch_again": ADMIN_DO,
    "integrations:batch_undo": ADMIN_DO,
    "integrations:batch_discard": ADMIN_DO,
}


def keys(cast: type[ClaveTest]) -> dict[str, int | str]:
    done = Batch.objects.create(source="hubspot", name="deals.csv", by=cast.root, state="done")
    gone = Batch.objects.create(source="hubspot", name="other.csv", by=cast.root)
    found: dict[str, int | str] = {name: done.pk for name in (*PAGES, *ACTIONS) if ":batch" in name}
    return found | {
        "integrations:import_template": "revenue-es.xlsx",
        "integrations:batch_discard": gone.pk,
    }
