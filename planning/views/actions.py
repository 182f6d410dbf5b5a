"""Actions: the moves behind an objective, edited where they stand."""

from typing import Any

from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import Request, editable, signed_in
from accounts.conflicts import conflict
from kam.lib.htmx import done, leave, show
from kam.lib.http import posted
from kam.lib.seen import Stale
from planning.forms import ActionForm, TitleForm
from planning.models import Action, Objective


@signed_in
@require_http_methods(["GET", "POST"])
def action_add(request: Request, pk: int) -> HttpResponse:
    objective = editable(Objective.objects.with_actions(), request.user, pk)
    initial = {"owner": request.user, "due": objective.due}
    form = ActionForm(posted(request), objective=objective, initial=initial)
    if not form.is_valid():
        context = {"objective": objective, "account": objective.account, "form": form}
        return show(request, "planning/action_add.html", context=context)
    Action.add_to(objective, by=request.user, **form.cleaned_data)
    return leave(request, objective.get_absolute_url())


@signed_in
@require_http_methods(["GET", "POST"])
def action_edit(request: Request, pk: int) -> HttpResponse:
    action = editable(Action.objects.for_list(), request.user, pk)
    form = ActionForm(posted(request), instance=action, objective=action.objective)
    if not form.is_valid():
        context = {"action": action, "account": action.account, "form": form}
        return show(request, "planning/action_edit.html", context=context)
    action.change(by=request.user, **{name: form.cleaned_data[name] for name in form.changed_data})
    return leave(request, action.objective.get_absolute_url())


@signed_in
@require_POST
def action_title(request: Request, pk: int) -> HttpResponse:
    action = editable(Action.objects.for_list(), request.user, pk)
    form = TitleForm(request.POST)
    context = _row(request, action)
    page = ("planning/action_title.html", "planning/_action.html", context)
    if not form.is_valid():
        context |= {"error": form.errors["value"][0], "refused": request.POST.get("value", "")}
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


def _objective_again(request: Request, action: Action) -> HttpResponse:
    """A tick moves the measure of its objective too."""
    objective = editable(Objective.objects.with_actions(), request.user, action.objective_id)
    context = _row(request, action) | {"objective": objective}
    return done(request, "planning/_objective.html", context, then=objective.get_absolute_url())


def _row(request: Request, action: Action) -> dict[str, Any]:
    return {
        "action": action,
        "account": action.account,
        "may_edit": True,
        "today": request.user.today(now()),
    }
