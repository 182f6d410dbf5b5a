"""The PDF of a plan: ask for it, watch it being made, take it."""

from itertools import zip_longest
from typing import Any, cast

from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import Request, editable, may_edit, readable, signed_in
from kam.lib.pdf import LAYOUT, WORDS, WRITING
from kam.lib.web.htmx import done, leave, show
from kam.lib.web.http import posted
from planning.models import Plan, Report, Snapshot
from planning.models.report import Form, ReportQuerySet
from planning.models.snapshot import Reason, SnapshotQuerySet
from planning.report.drawing import one_page_now, pages_of
from planning.report.one_page import MOST, ROOM
from planning.report.report_forms import LinesForm, ReportForm
from planning.report.report_jobs import KEEPING


@signed_in
@require_http_methods(["GET", "POST"])
def report_request(request: Request, pk: int) -> HttpResponse:
    plan = readable(Plan.objects.for_page(), request.user, pk)
    form = asked(request)
    if not form.is_valid():
        context = {"plan": plan, "account": plan.account, "form": form}
        return show(request, "planning/report/report_request.html", context=context)
    snapshot = Snapshot.take(plan, by=request.user, at=now(), reason=Reason.REPORT)
    found = Report.of(snapshot, by=request.user, **form.cleaned_data)
    return leave(request, found.get_absolute_url())


@signed_in
@require_http_methods(["GET", "POST"])
def version_report(request: Request, pk: int) -> HttpResponse:
    """A PDF of a version as it stood."""
    snapshot = readable(Snapshot.objects, request.user, pk, words=SnapshotQuerySet.for_page)
    form = asked(request)
    if not form.is_valid():
        context = {"plan": snapshot.plan, "account": snapshot.account, "form": form}
        context |= {"snapshot": snapshot}
        return show(request, "planning/report/report_request.html", context=context)
    found = Report.of(snapshot, by=request.user, **form.cleaned_data)
    return leave(request, found.get_absolute_url())


@signed_in
@require_safe
def onepage(request: Request, pk: int) -> HttpResponse:
    """The working version on one page, with the count of its lines."""
    plan = readable(Plan.objects.with_team(), request.user, pk)
    context = {
        "plan": plan,
        "account": plan.account,
        "page": one_page_now(plan, now()),
        "may_edit": may_edit(Plan.objects, request.user, plan),
    }
    return show(request, "planning/report/onepage.html", context=context)


@signed_in
@require_http_methods(["GET", "POST"])
def onepage_lines(request: Request, pk: int) -> HttpResponse:
    plan = editable(Plan.objects.with_team(), request.user, pk)
    page = one_page_now(plan, now())
    choices = [(line.key, line.text) for part in page.parts for line in part.all]
    form = LinesForm(posted(request), choices=choices, room=ROOM, initial={"lines": page.keys})
    if not form.is_valid():
        context = {"plan": plan, "account": plan.account, "page": page, "form": form}
        context |= {"ticked": form["lines"].value() or [], "most": MOST}
        return show(request, "planning/report/onepage_lines.html", context=context)
    plan.choose_lines(form.cleaned_data["lines"], by=request.user)
    return leave(request, reverse("planning:onepage", args=[plan.pk]))


@signed_in
@require_safe
def report(request: Request, pk: int) -> HttpResponse:
    found = readable(Report.objects, request.user, pk, words=ReportQuerySet.for_page)
    found.seen_by(request.user, at=now())
    context = progress_of(found) | {"plan": pages_of(found)}
    return show(request, "planning/report/report.html", context=context)


@signed_in
@require_safe
def report_progress(request: Request, pk: int) -> HttpResponse:
    """The region that polls; nothing at all (204) while nothing has changed."""
    found = readable(Report.objects, request.user, pk, words=ReportQuerySet.for_page)
    found.seen_by(request.user, at=now())
    context = progress_of(found)
    if request.GET.get("seen") == context["seen"]:
        return HttpResponse(status=204)
    return done(
        request, "planning/report/_report_progress.html", context, then=found.get_absolute_url()
    )


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


def asked(request: Request) -> ReportForm:
    """What is asked for; a link may begin with the one page."""
    form = request.GET.get("form", "")
    first = form if form in Form.values else Form.FULL
    return ReportForm(posted(request), initial={"form": first, "language": request.user.language})


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
