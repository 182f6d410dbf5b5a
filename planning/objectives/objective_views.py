"""Objectives: added and changed on a page, renamed in place."""

from typing import Any

from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import Request, editable, signed_in
from accounts.editing import conflict, written
from kam.lib.data.seen import Stale
from kam.lib.web.htmx import done, leave, show
from kam.lib.web.http import posted
from kam.lib.web.problems import problems
from planning.models import CheckIn, Objective, Plan
from planning.models.plan import PlanQuerySet
from planning.plan.plan_forms import CheckInForm, DropForm, ObjectiveForm, TitleForm


@signed_in
@require_http_methods(["GET", "POST"])
def objective_add(request: Request, pk: int) -> HttpResponse:
    plan = editable(Plan.objects, request.user, pk, words=PlanQuerySet.for_page)
    form = ObjectiveForm(posted(request), account=plan.account, initial=_given(request))
    if not form.is_valid():
        context = {"plan": plan, "account": plan.account, "form": form}
        return show(request, "planning/objectives/objective_add.html", context=context)
    objective = Objective.add_to(plan, by=request.user, **form.cleaned_data)
    return leave(request, objective.get_absolute_url())


@signed_in
@require_http_methods(["GET", "POST"])
def objective_edit(request: Request, pk: int) -> HttpResponse:
    objective = editable(Objective.objects.with_actions(), request.user, pk)
    form = ObjectiveForm(posted(request), instance=objective, account=objective.account)
    context = {"objective": objective, "account": objective.account, "form": form}
    if not (form.is_valid() and written(form, objective, objective.change, by=request.user)):
        return show(
            request, "planning/objectives/objective_edit.html", context=context, status=form.status
        )
    return leave(request, objective.get_absolute_url())


@signed_in
@require_POST
def objective_title(request: Request, pk: int) -> HttpResponse:
    objective = editable(Objective.objects.with_actions(), request.user, pk)
    form = TitleForm(request.POST)
    context: dict[str, Any] = {
        "objective": objective,
        "account": objective.account,
        "may_edit": True,
        "today": request.user.today(now()),
    }
    page = (
        "planning/objectives/objective_title.html",
        "planning/objectives/_objective_head.html",
        context,
    )
    if not form.is_valid():
        context |= {"error": problems(form["value"])[0], "refused": request.POST.get("value", "")}
        return show(request, *page)
    seen, title = form.cleaned_data["seen"], form.cleaned_data["value"]
    try:
        objective.rename(by=request.user, seen=seen, title=title)
    except Stale as stale:
        objective.title = stale.current
        context["conflict"] = conflict(objective, mine=title, theirs=stale.current)
        return show(request, *page, status=409)
    return done(request, *page[1:], then=objective.get_absolute_url())


@signed_in
@require_http_methods(["GET", "POST"])
def check_in_add(request: Request, pk: int) -> HttpResponse:
    objective = editable(Objective.objects.with_actions(), request.user, pk)
    today = request.user.today(now())
    form = CheckInForm(posted(request), today=today, initial={"on": today})
    if not form.is_valid():
        context = {
            "objective": objective,
            "account": objective.account,
            "form": form,
            "check_ins": CheckIn.objects.visible_to(request.user).of_objective(objective)[:50],
        }
        return show(request, "planning/objectives/check_in_add.html", context=context)
    CheckIn.write(objective, by=request.user, **form.cleaned_data)
    return leave(request, objective.get_absolute_url())


@signed_in
@require_http_methods(["GET", "POST"])
def objective_drop(request: Request, pk: int) -> HttpResponse:
    objective = editable(Objective.objects.with_actions(), request.user, pk)
    form = DropForm(posted(request))
    if not form.is_valid():
        context = {"objective": objective, "account": objective.account, "form": form}
        return show(request, "planning/objectives/objective_drop.html", context=context)
    objective.drop(reason=form.cleaned_data["reason"], by=request.user, at=now())
    return leave(request, objective.get_absolute_url())


@signed_in
@require_POST
def objective_take_up(request: Request, pk: int) -> HttpResponse:
    objective = editable(Objective.objects.with_actions(), request.user, pk)
    objective.take_up(by=request.user)
    return leave(request, objective.get_absolute_url())


@signed_in
@require_POST
def objective_up(request: Request, pk: int) -> HttpResponse:
    objective = editable(Objective.objects.with_actions(), request.user, pk)
    objective.shift(-1, by=request.user)
    return leave(request, objective.get_absolute_url())


@signed_in
@require_POST
def objective_down(request: Request, pk: int) -> HttpResponse:
    objective = editable(Objective.objects.with_actions(), request.user, pk)
    objective.shift(1, by=request.user)
    return leave(request, objective.get_absolute_url())


def _given(request: Request) -> dict[str, Any]:
    """What a new objective begins with; a link from a goal of theirs names that goal."""
    goal = request.GET.get("serves", "")
    start = request.user.today(now())
    given = {"serves": int(goal)} if goal.isdecimal() else {}
    return {"owner": request.user, "start": start, **given}
