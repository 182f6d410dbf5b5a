"""The PDF of a plan: ask for it, watch it being made, take it."""

from itertools import zip_longest
from typing import Any, cast

from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Request, readable, signed_in
from kam.lib.htmx import done, leave, show
from kam.lib.pdf import LAYOUT, WORDS, WRITING
from planning.jobs import KEEPING
from planning.models import Plan, Report, Snapshot
from planning.models.report import ReportQuerySet
from planning.models.snapshot import Reason
from planning.report.drawing import pages_of


@signed_in
@require_POST
def report_request(request: Request, pk: int) -> HttpResponse:
    plan = readable(Plan.objects, request.user, pk)

    snapshot = Snapshot.take(plan, by=request.user, at=now(), reason=Reason.REPORT)
    found = Report.of(snapshot, by=request.user)
    return leave(request, found.get_absolute_url())


@signed_in
@require_safe
def report(request: Request, pk: int) -> HttpResponse:
    found = readable(Report.objects, request.user, pk, words=ReportQuerySet.for_page)
    context = progress_of(found) | {"plan": pages_of(found)}
    return show(request, "planning/report.html", context=context)


@signed_in
@require_safe
def report_progress(request: Request, pk: int) -> HttpResponse:
    """The region that polls; nothing at all (204) while nothing has changed."""
    found = readable(Report.objects, request.user, pk, words=ReportQuerySet.for_page)
    context = progress_of(found)
    if request.GET.get("seen") == context["seen"]:
        return HttpResponse(status=204)
    return done(request, "planning/_report_progress.html", context, then=found.get_absolute_url())


@signed_in
@require_safe
def report_file(request: Request, pk: int) -> HttpResponse:
    found = readable(Report.objects, request.user, pk, words=ReportQuerySet.for_page)
    if not found.is_stored:
        return HttpResponseRedirect(found.get_absolute_url())
    file = FileResponse(
        found.file.open(),
        as_attachment=True,
        filename=found.filename,
        content_type="application/pdf",
    )
    return cast(HttpResponse, file)  # it streams, which only the type knows


def progress_of(found: Report) -> dict[str, Any]:
    """What the page and its polling region show."""
    state, job = found.state, found.job
    step = job.step if job and state == "running" else ""
    percent = job.progress if job and state == "running" else 0
    return {
        "report": found,
        "state": state,
        "steps": steps(state, step),
        "words": step_words(state, step, percent),
        "percent": percent,
        "seen": f"{state}-{step}-{percent}",
        "disk_full": bool(job and job.error == "disk_full"),
    }


def steps(state: str, step: str) -> list[tuple[str, str]]:
    """What has to happen, each "ok", "now" or ""."""
    labels = [_("Plan frozen"), _("Pages laid out"), _("File written"), _("Ready")]
    passed = 4 if state == "ready" else 2 if step in (WRITING, KEEPING) else 1
    marks = ["ok"] * passed + ["now"] * (state in ("waiting", "running"))
    return list(zip_longest(labels, marks[:4], fillvalue=""))


def step_words(state: str, step: str, percent: int) -> str:
    words = {
        WORDS: _("Reading the frozen plan"),
        LAYOUT: _("Laying out the pages"),
        WRITING: _("Writing the file"),
        KEEPING: _("Keeping the file"),
    }
    if state == "waiting":
        return _("Waiting for its turn")
    return words.get(step) or (_("Waiting for another try") if percent else _("Beginning"))
