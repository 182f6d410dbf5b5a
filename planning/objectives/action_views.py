"""Actions: the moves behind an objective, edited where they stand."""

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
from planning.models import Action, Objective
from planning.plan.plan_forms import ActionForm, DropForm, ResultForm, TitleForm


@signed_in
@require_http_methods(["GET", "POST"])
def action_add(request: Request, pk: int) -> HttpResponse:
    objective = editable(Objective.objects.with_actions(), request.user, pk)
    initial = {"owner": request.user, "due": objective.due}
    form = ActionForm(posted(request), objective=objective, initial=initial)
    if not form.is_valid():
        context = {"objective": objective, "account": objective.account, "form": form}
        return show(request, "planning/objectives/actions/action_add.html", context=context)
    Action.add_to(objective, by=request.user, **form.cleaned_data)
    return leave(request, objective.get_absolute_url())


@signed_in
@require_http_methods(["GET", "POST"])
def action_edit(request: Request, pk: int) -> HttpResponse:
    action = editable(Action.objects.for_list(), request.user, pk)
    form = ActionForm(posted(request), instance=action, objective=action.objective)
    context = {"action": action, "account": action.account, "form": form}
    if not (form.is_valid() and written(form, action, action.change, by=request.user)):
        return show(
            request,
            "planning/objectives/actions/action_edit.html",
            context=context,
            status=form.status,
        )
    return leave(request, action.objective.get_absolute_url())


@signed_in
@require_POST
def action_title(request: Request, pk: int) -> HttpResponse:
    action = editable(Action.objects.for_list(), request.user, pk)
    form = TitleForm(request.POST)
    context = row(request, action)
    page = (
        "planning/objectives/actions/action_title.html",
        "planning/objectives/actions/_action.html",
        context,
    )
    if not form.is_valid():
        context |= {"error": problems(form["value"])[0], "refused": request.POST.get("value", "")}
        return show(request, *page)
    seen, title = form.cleaned_data["seen"], form.cleaned_data["value"]
    try:
        action.rename(by=request.user, seen=seen, title=title)
    except Stale as stale:
        action.title = stale.current
        context["conflict"] = conflict(action, mine=title, theirs=stale.current)
        return show(request, *page, status=409)
    return done(request, *page[1:], then=action.objective.get_absolute_url())


@signed_in
@require_POST
def action_finish(request: Request, pk: int) -> HttpResponse:
    action = editable(Action.objects.for_list(), request.user, pk)
    action.finish(by=request.user, at=now())
    return _objective_again(request, action)


@signed_in
@require_POST
def action_reopen(request: Request, pk: int) -> HttpResponse:
    action = editable(Action.objects.for_list(), request.user, pk)
    action.reopen(by=request.user)
    return _objective_again(request, action)


@signed_in
@require_http_methods(["GET", "POST"])
def action_result(request: Request, pk: int) -> HttpResponse:
    """What came of it; an open action is finished by it."""
    action = editable(Action.objects.for_list(), request.user, pk)
    form = ResultForm(posted(request), instance=action)
    context = {"action": action, "account": action.account, "form": form}
    if not (form.is_valid() and written(form, action, action.close, by=request.user, at=now())):
        return show(
            request,
            "planning/objectives/actions/action_result.html",
            context=context,
            status=form.status,
        )
    return leave(request, action.objective.get_absolute_url())


@signed_in
@require_http_methods(["GET", "POST"])
def action_drop(request: Request, pk: int) -> HttpResponse:
    action = editable(Action.objects.for_list(), request.user, pk)
    form = DropForm(posted(request))
    if not form.is_valid():
        context = {"action": action, "account": action.account, "form": form}
        return show(request, "planning/objectives/actions/action_drop.html", context=context)
    action.drop(reason=form.cleaned_data["reason"], by=request.user, at=now())
    return leave(request, action.objective.get_absolute_url())


@signed_in
@require_POST
def action_up(request: Request, pk: int) -> HttpResponse:
    action = editable(Action.objects.for_list(), request.user, pk)
    action.shift(-1, by=request.user)
    return _objective_again(request, action)


@signed_in
@require_POST
def action_down(request: Request, pk: int) -> HttpResponse:
    action = editable(Action.objects.for_list(), request.user, pk)
    action.shift(1, by=request.user)
    return _objective_again(request, action)


def _objective_again(request: Request, action: Action) -> HttpResponse:
    """A tick moves the measure of its objective too."""
    objective = editable(Objective.objects.with_actions(), request.user, action.objective_id)
    context = row(request, action) | {"objective": objective}
    return done(
        request, "planning/objectives/_objective.html", context, then=objective.get_absolute_url()
    )


def row(request: Request, action: Action) -> dict[str, Any]:
    return {
        "action": action,
        "account": action.account,
        "may_edit": True,
        "today": request.user.today(now()),
    }
