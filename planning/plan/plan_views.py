"""The plan page of an account: the working version, an earlier one, and a new plan."""

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import Request, editable, readable, signed_in
from accounts.commerce.periods import fiscal_year
from accounts.editing import written
from accounts.models import Account
from kam.lib.text.dates import day_year
from kam.lib.web.htmx import leave, show
from kam.lib.web.http import posted
from kam.lib.web.regions.page import show_kept
from planning.models import Plan, Snapshot
from planning.models.plan import PeriodTaken, PlanQuerySet
from planning.plan.plan_forms import PlanChangeForm, PlanForm
from planning.plan.plan_page import plan_page
from planning.plan.presence import ticket
from planning.versions.version_page import reading


@signed_in
@require_safe
def plan(request: Request, pk: int) -> HttpResponse:
    account = readable(Account.objects.with_sight(request.user), request.user, pk)
    if request.GET.get("v"):
        return _version(request, account)
    return show_kept(
        request,
        "planning/plan/plan.html",
        "planning/plan/_plan_body.html",
        made_from=account.sight,
        draw=lambda: _plan(request, account),
    )


def _plan(request: Request, account: Account) -> dict[str, Any]:
    today = request.user.today(now())
    plans = list(Plan.objects.visible_to(request.user).of(account))
    found = chosen(plans, request.GET.get("plan", ""), today)
    reads = "read" in request.GET
    context: dict[str, Any] = {
        "account": account,
        "plan": found,
        "plans": plans,
        "today": today,
        "reads": reads,
        "is_editor": account.may_edit,
        "may_edit": account.may_edit and not reads,
    }
    if found:
        found.account = account
        context |= plan_page(found, request.user, now(), about=request.GET)
        context["presence"] = ticket(request.user, found)
    return context


def chosen(plans: list[Plan], wanted: str, today: date) -> Plan | None:
    """The plan the address names; else the one that runs, the next, the last that ran."""
    if wanted:
        found = next((plan for plan in plans if str(plan.pk) == wanted), None)
        if found is None:
            raise Http404
        return found
    running = next((plan for plan in plans if plan.runs_on(today)), None)
    coming = next((plan for plan in reversed(plans) if plan.period_start > today), None)
    return running or coming or (plans[0] if plans else None)


def _version(request: Request, account: Account) -> HttpResponse:
    """A version as it stood, to be read."""
    plans = list(Plan.objects.visible_to(request.user).of(account))
    found = chosen(plans, request.GET.get("plan", ""), request.user.today(now()))
    if found is None:
        raise Http404
    versions = Snapshot.objects.visible_to(request.user).of(found)
    snapshot = versions.by_key(request.GET["v"])
    if snapshot is None:
        raise Http404
    context = {
        "account": account,
        "plan": found,
        "snapshot": snapshot,
        "versions": list(versions.without_data()[:50]),
        "reading": reading(snapshot),
    }
    return show(request, "planning/versions/plan_version.html", context=context)


@signed_in
@require_http_methods(["GET", "POST"])
def plan_add(request: Request, pk: int) -> HttpResponse:
    account = editable(Account.objects, request.user, pk)
    plans = list(Plan.objects.visible_to(request.user).of(account))
    form = PlanForm(posted(request), initial=_next_period(plans, request.user.today(now())))
    context = {"account": account, "form": form, "plans": plans}
    if not form.is_valid():
        return show(request, "planning/plan/plan_add.html", context=context)
    try:
        made = Plan.start(account, by=request.user, **form.cleaned_data)
    except PeriodTaken:
        form.add_error("period_start", _taken(plans, form.cleaned_data))
        return show(request, "planning/plan/plan_add.html", context=context)
    return leave(request, made.get_absolute_url())


@signed_in
@require_http_methods(["GET", "POST"])
def plan_edit(request: Request, pk: int) -> HttpResponse:
    found = editable(Plan.objects, request.user, pk, words=PlanQuerySet.for_page)
    form = PlanChangeForm(posted(request), instance=found)
    context = {"plan": found, "account": found.account, "form": form}
    try:
        if form.is_valid() and written(form, found, found.change, by=request.user):
            return leave(request, found.get_absolute_url())
    except PeriodTaken:
        others = [p for p in Plan.objects.visible_to(request.user).of(found.account) if p != found]
        form.add_error("period_start", _taken(others, form.cleaned_data))
    return show(request, "planning/plan/plan_edit.html", context=context, status=form.status)


def _next_period(plans: list[Plan], today: date) -> dict[str, date]:
    """To the end of the fiscal year that follows the last plan; this year where there is none."""
    start = plans[0].period_end + timedelta(days=1) if plans else fiscal_year(today).start
    return {"period_start": start, "period_end": fiscal_year(start).last_day}


def _taken(plans: list[Plan], data: dict[str, Any]) -> str:
    start, end = data["period_start"], data["period_end"]
    found = next((p for p in plans if p.period_start <= end and p.period_end >= start), None)
    if found is None:
        return _("Another plan of this account was started a moment ago for these days.")
    days = {"start": day_year(found.period_start), "end": day_year(found.period_end)}
    return _("A plan runs from %(start)s to %(end)s already. Choose days outside of it.") % days
