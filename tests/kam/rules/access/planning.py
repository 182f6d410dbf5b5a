from tests.base import ClaveTest
from tests.factories import make_report
from tests.kam.rules.access import DO, EDIT, EMPTY, READ, READ_DO, Row

PAGES: dict[str, Row] = {
    "planning:plan": READ,
    "planning:objective_add": EDIT,
    "planning:objective_edit": EDIT,
    "planning:action_add": EDIT,
    "planning:action_edit": EDIT,
    "planning:report_request": READ,
    "planning:onepage": READ,
    "planning:onepage_lines": EDIT,
    "planning:report": READ,
    # Whole pages only: without htmx the progress leads to its page.
    "planning:report_progress": READ_DO,
    "planning:report_file": READ,
}
ACTIONS: dict[str, Row] = {
    "planning:objective_title": EMPTY,
    "planning:action_title": EMPTY,
    "planning:action_finish": DO,
    "planning:action_reopen": DO,
}


def keys(cast: type[ClaveTest]) -> dict[str, int | str]:
    report = make_report(cast.plan, by=cast.alice)
    return {
        "planning:plan": cast.acme.pk,
        "planning:objective_add": cast.plan.pk,
        "planning:report_request": cast.plan.pk,
        "planning:onepage": cast.plan.pk,
        "planning:onepage_lines": cast.plan.pk,
        "planning:objective_edit": cast.objective.pk,
        "planning:objective_title": cast.objective.pk,
        "planning:action_add": cast.objective.pk,
        "planning:action_edit": cast.action.pk,
        "planning:action_title": cast.action.pk,
        "planning:action_finish": cast.action.pk,
        "planning:action_reopen": cast.action.pk,
        "planning:report": report.pk,
        "planning:report_progress": report.pk,
        "planning:report_file": report.pk,
    }
