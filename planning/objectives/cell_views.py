"""Due date and owner, changed where they stand: each opens as a small form in its own place."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from accounts.access import Request, editable, signed_in
from accounts.editing import conflict
from kam.lib.data.seen import StaleFields
from kam.lib.text.dates import day_year
from kam.lib.web.htmx import aim, done, show
from kam.lib.web.http import posted
from planning.models import Action, Objective
from planning.plan.plan_forms import DueForm, OwnerForm


@signed_in
@require_http_methods(["GET", "POST"])
def action_due(request: Request, pk: int) -> HttpResponse:
    return _due(request, editable(Action.objects.for_list(), request.user, pk))


@signed_in
@require_http_methods(["GET", "POST"])
def action_owner(request: Request, pk: int) -> HttpResponse:
    return _owner(request, editable(Action.objects.for_list(), request.user, pk))


@signed_in
@require_http_methods(["GET", "POST"])
def objective_due(request: Request, pk: int) -> HttpResponse:
    return _due(request, editable(Objective.objects.with_actions(), request.user, pk))


@signed_in
@require_http_methods(["GET", "POST"])
def objective_owner(request: Request, pk: int) -> HttpResponse:
    return _owner(request, editable(Objective.objects.with_actions(), request.user, pk))


def _due(request: Request, row: Action | Objective) -> HttpResponse:
    form = DueForm(posted(request), initial={"value": row.due}, auto_id=_ids(row))
    if not form.is_valid():
        return _form(request, row, form, seen=request.POST.get("seen") or row.due.isoformat())
    data = form.cleaned_data
    try:
        row.change(by=request.user, seen={"due": data["seen"]}, due=data["value"])
    except StaleFields as stale:
        row.due = stale.current["due"]
        mine = data["value"]
        texts = Refusal(
            mine=mine.isoformat(), mine_words=day_year(mine),
            theirs=row.due.isoformat(), theirs_words=day_year(row.due),
        )  # fmt: skip
        return _refused(request, row, texts)
    return _again(request, row)


def _owner(request: Request, row: Action | Objective) -> HttpResponse:
    initial = {"value": row.owner_id}
    form = OwnerForm(posted(request), account=row.account, initial=initial, auto_id=_ids(row))
    if not form.is_valid():
        return _form(request, row, form, seen=request.POST.get("seen") or str(row.owner_id))
    data = form.cleaned_data
    try:
        row.change(by=request.user, seen={"owner": data["seen"]}, owner=data["value"])
    except StaleFields as stale:
        row.owner = stale.current["owner"]
        texts = Refusal(
            mine=str(data["value"].pk), mine_words=data["value"].name,
            theirs=str(row.owner_id), theirs_words=row.owner.name,
        )  # fmt: skip
        return _refused(request, row, texts)
    return _again(request, row)


def _form(request: Request, row: Action | Objective, form: Any, *, seen: str) -> HttpResponse:
    context = {
        "account": row.account,
        "form": form,
        "seen": seen,
        "post_to": request.path,
        "region": _target(row).lstrip("#"),
        "back": _plan_of(row),
    }
    return show(
        request,
        "planning/objectives/actions/cell.html",
        "planning/objectives/actions/_cell.html",
        context,
    )


@dataclass(frozen=True)
class Refusal:
    """What each of two editors chose, as it is sent and as it is read."""

    mine: str
    mine_words: str
    theirs: str
    theirs_words: str


def _refused(request: Request, row: Action | Objective, texts: Refusal) -> HttpResponse:
    """Both values stand on the row where it happened."""
    context = _row(request, row) | {
        "cell_conflict": conflict(row, mine=texts.mine, theirs=texts.theirs),
        "theirs_words": texts.theirs_words,
        "mine_words": texts.mine_words,
        "post_to": request.path,
    }
    answer = show(
        request,
        "planning/objectives/actions/cell_refused.html",
        _template(row),
        context,
        status=409,
    )
    return aim(answer, _target(row))


def _again(request: Request, row: Action | Objective) -> HttpResponse:
    answer = done(request, _template(row), _row(request, row), then=_plan_of(row))
    return aim(answer, _target(row))


def _row(request: Request, row: Action | Objective) -> dict[str, Any]:
    name = "action" if isinstance(row, Action) else "objective"
    return {name: row, "account": row.account, "may_edit": True, "today": request.user.today(now())}


def _template(row: Action | Objective) -> str:
    part = "action" if isinstance(row, Action) else "objective_head"
    return f"planning/objectives/actions/_{part}.html"


def _target(row: Action | Objective) -> str:
    name = row._meta.model_name
    return f"#{name}-{row.pk}" if isinstance(row, Action) else f"#{name}-{row.pk}-head"


def _plan_of(row: Action | Objective) -> str:
    return (row.objective if isinstance(row, Action) else row).get_absolute_url()


def _ids(row: Action | Objective) -> str:
    """Several cells may be open on one page."""
    return f"cell-{row._meta.model_name}-{row.pk}-%s"
