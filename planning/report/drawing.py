"""The file of a report: frozen data becomes pages, the pages a PDF; and the one page on screen."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from accounts.commerce.periods import site_day
from kam.lib.pdf import Pdf, render_pdf
from kam.lib.site import site
from kam.lib.text.reader import Reader, reading_as
from planning.models import Plan, Snapshot
from planning.models.report import Form, Report
from planning.models.snapshot import as_json
from planning.report.one_page import OnePage
from planning.report.pages import PlanPages
from planning.report.withheld import withheld
from planning.versions.version_data import frozen_for_one_page
from planning.versions.version_surroundings import around_one_page

TEMPLATES = {
    Form.FULL: "planning/report/pages/plan.html",
    Form.ONE_PAGE: "planning/report/one_page/onepage.html",
}


def data_of(report: Report) -> dict[str, Any]:
    """Call it in the language of the report."""
    data: dict[str, Any] = report.snapshot.data
    return data if report.names else withheld(data)


def pages_of(report: Report) -> PlanPages:
    return _pages(data_of(report), report.snapshot)


def draw(report: Report, *, tell: Callable[[str], None]) -> Pdf:
    """The pages of a report, in its language and region, on the clock of the installation."""
    with reading_as(Reader(report.language, report.region, site().time_zone)):
        data = data_of(report)
        plan = _pages(data, report.snapshot)
        return render_pdf(
            TEMPLATES[Form(report.form)],
            {"plan": plan, "page": OnePage.of(plan, data.get("one_page") or [])},
            title=plan.title,
            language=report.region,
            tell=tell,
        )


def one_page_now(plan: Plan, at: datetime) -> OnePage:
    """The working version as it stands, for the screen; the same queries whatever it holds."""
    data = as_json(frozen_for_one_page(plan))
    data = as_json(data | around_one_page(plan, data, at))
    number = Snapshot.objects.next_number(plan)
    pages = PlanPages.of(data, version=number, today=site_day(at))
    return OnePage.of(pages, plan.one_page)


def _pages(data: dict[str, Any], snapshot: Snapshot) -> PlanPages:
    return PlanPages.of(data, version=snapshot.version, today=localdate(snapshot.taken_at))
