"""What the workers of planning do. Each may run twice, late, or beside itself."""

from django.utils.timezone import now

from kam.lib import pdf
from kam.lib.outbox.models import Job
from kam.lib.outbox.models.job import GiveUp
from kam.lib.outbox.registry import works
from kam.lib.web.files import is_disk_full
from planning.models import Report
from planning.models.report import KIND
from planning.report.drawing import draw

KEEPING = "keeping"
# Percent passed when a step begins, as measured: layout and writing take nearly all of the time.
PASSED = {pdf.WORDS: 5, pdf.LAYOUT: 10, pdf.WRITING: 70, KEEPING: 95}


def tell_who_left(job: Job) -> None:
    """However it ended: with a file, with words of why not, or with workers that all died."""
    for report in Report.objects.filter(pk=job.args["report"]):
        report.tell_who_left(at=now())


@works(KIND, ended=tell_who_left)
def make_report(job: Job) -> None:
    """Draw the pages and keep them; nothing to do when the file is there or the account gone."""
    report = Report.objects.for_page().filter(pk=job.args["report"]).first()
    if report is None or report.is_stored:
        return

    def tell(step: str) -> None:
        job.report(PASSED[step], step)

    try:
        made = draw(report, tell=tell)
        tell(KEEPING)
        report.store(made, pages=made.pages)
    except OSError as error:
        if is_disk_full(error):
            raise GiveUp("disk_full") from error
        raise
