"""White space: the grid of units and products, each place opened and stated beside it."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Request, editable, may_edit, readable, signed_in
from accounts.editing import written
from accounts.models import Account
from kam.lib.web.htmx import aim, done, show
from planning.models import Cell
from planning.whitespace.whitespace_forms import CellForm, PlaceForm
from planning.whitespace.whitespace_page import address, panel_of, whitespace_page


@signed_in
@require_safe
def whitespace(request: Request, pk: int) -> HttpResponse:
    account = readable(Account.objects.with_team(), request.user, pk)
    return show(request, "planning/whitespace/whitespace.html", context=_grid(request, account))


@signed_in
@require_safe
def whitespace_cell(request: Request, pk: int) -> HttpResponse:
    account = readable(Account.objects.with_team(), request.user, pk)
    place = PlaceForm(request.GET, account=account)
    if not place.is_valid():
        return _choose(request, account)
    context = _grid(request, account)
    panel = panel_of(context["space"], request.user, **place.cleaned_data)
    context |= {"panel": panel, "form": CellForm(instance=panel.cell)}
    return show(request, "planning/whitespace/whitespace.html", context=context)


@signed_in
@require_POST
def whitespace_say(request: Request, pk: int) -> HttpResponse:
    account = editable(Account.objects.with_team(), request.user, pk)
    place = PlaceForm(request.GET, account=account)
    if not place.is_valid():
        return _choose(request, account)
    cell = Cell.objects.visible_to(request.user).stored_or_blank(account, **place.cleaned_data)
    form = CellForm(request.POST, instance=cell)
    if not form.is_valid():
        return _refused(request, account, place, form)
    say = partial(Cell.say, account, **place.cleaned_data, at=now())
    if not written(form, cell, say, by=request.user):
        return _refused(request, account, place, form)
    page, back = "planning/whitespace/_space.html", address(account)
    context = _grid(request, account) | {"said": request.GET.urlencode()}
    answer = aim(done(request, page, context, then=back), "#whitespace")
    answer["HX-Replace-Url"] = back
    return answer


def _grid(request: Request, account: Account) -> dict[str, Any]:
    return {
        "account": account,
        "space": whitespace_page(account, request.user, now(), request.GET),
        "may_edit": may_edit(Account.objects, request.user, account),
    }


def _refused(request: Request, account: Account, place: PlaceForm, form: CellForm) -> HttpResponse:
    context = _grid(request, account)
    context |= {
        "panel": panel_of(context["space"], request.user, **place.cleaned_data),
        "form": form,
    }
    page, panel = "planning/whitespace/whitespace.html", "planning/whitespace/_panel.html"
    return show(request, page, panel, context, status=form.status)


def _choose(request: Request, account: Account) -> HttpResponse:
    """An address that names no place of the account: choose one."""
    context = {"account": account, "form": PlaceForm(account=account)}
    return show(request, "planning/whitespace/whitespace_cell.html", context=context)
