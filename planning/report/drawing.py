"""The file of a report: frozen data becomes pages, the pages a PDF."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.timezone import localdate

from kam.lib.pdf import Pdf, render_pdf
from kam.lib.reader import Reader, reading_as
from planning.models.report import Report
from planning.report.pages import PlanPages
from planning.report.withheld import withheld


def pages_of(report: Report) -> PlanPages:
    """Call it in the language of the report."""
    snapshot = report.snapshot
    data: dict[str, Any] = snapshot.data if report.names else withheld(snapshot.data)
    return PlanPages.of(data, version=snapshot.number, today=localdate(snapshot.taken_at))


def draw(report: Report, *, tell: Callable[[str], None]) -> Pdf:
    """The pages of a report, in its language and region, on the clock of the installation."""
    with reading_as(Reader(report.language, report.region, settings.TIME_ZONE)):
        plan = pages_of(report)
        return render_pdf(
            "reports/plan.html",
            {"plan": plan},
            title=plan.title,
            language=report.region,
            tell=tell,
        )
