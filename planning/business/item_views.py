"""The lists about the client's business: every list has the same verbs, each at its own address."""

from typing import Any

from django.db import IntegrityError
from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import Request, editable, signed_in
from accounts.editing import added, conflict, written
from accounts.models import Account
from kam.lib.data.seen import Stale
from kam.lib.web.htmx import aim, done, show
from kam.lib.web.http import posted
from kam.lib.web.problems import problems
from planning.business.business_forms import FORMS, ItemForm
from planning.business.business_page import business_page
from planning.business.business_views import address
from planning.business.item_types import ItemType
from planning.models.items import Item, ItemQuerySet
from planning.plan.plan_forms import TitleForm

GIVEN = ("quadrant", "side")  # what the link to a new row may say beforehand


@signed_in
@require_http_methods(["GET", "POST"])
def item_add(request: Request, pk: int, item_type: ItemType) -> HttpResponse:
    account = editable(Account.objects, request.user, pk)
    given = {name: request.GET[name] for name in GIVEN if name in request.GET}
    form = FORMS[item_type.model](posted(request), account=account, initial=given)
    said = form.cleaned_data if form.is_valid() else {}
    if not (said and added(form, item_type.model.add_to, account, by=request.user, **said)):
        return _form(request, item_type, account, form)
    return _section(request, item_type, account)


@signed_in
@require_http_methods(["GET", "POST"])
def item_edit(request: Request, pk: int, item_type: ItemType) -> HttpResponse:
    item = _item(request, item_type, pk)
    form = FORMS[item_type.model](posted(request), instance=item, account=item.account)
    if not (form.is_valid() and written(form, item, item.change, by=request.user)):
        return _form(request, item_type, item.account, form, item)
    return _section(request, item_type, item.account)


@signed_in
@require_POST
def item_text(request: Request, pk: int, item_type: ItemType) -> HttpResponse:
    item = _item(request, item_type, pk)
    form = TitleForm(request.POST)
    page, context = "planning/business/item_text.html", _row(request, item_type, item)
    if not form.is_valid():
        context |= {"error": problems(form["value"])[0], "refused": request.POST.get("value", "")}
        return show(request, page, item_type.row_template, context)
    mine = form.cleaned_data["value"]
    try:
        item.rename(by=request.user, seen=form.cleaned_data["seen"], text=mine)
    except Stale as stale:
        setattr(item, item.TEXT, stale.current)
        context["conflict"] = conflict(item, mine=mine, theirs=stale.current)
        return show(request, page, item_type.row_template, context, status=409)
    return done(
        request, item_type.row_template, context, then=address(item.account, item_type.section)
    )


@signed_in
@require_POST
def item_remove(request: Request, pk: int, item_type: ItemType) -> HttpResponse:
    item = _item(request, item_type, pk)
    item.remove(by=request.user, at=now())
    return _section(request, item_type, item.account, removed=item)


@signed_in
@require_POST
def item_restore(request: Request, pk: int, item_type: ItemType) -> HttpResponse:
    item = _item(request, item_type, pk)
    try:
        item.restore(by=request.user)
    except IntegrityError:
        return _section(request, item_type, item.account)
    return _section(request, item_type, item.account)


@signed_in
@require_POST
def item_up(request: Request, pk: int, item_type: ItemType) -> HttpResponse:
    item = _item(request, item_type, pk)
    item.shift(-1, by=request.user)
    return _section(request, item_type, item.account)


@signed_in
@require_POST
def item_down(request: Request, pk: int, item_type: ItemType) -> HttpResponse:
    item = _item(request, item_type, pk)
    item.shift(1, by=request.user)
    return _section(request, item_type, item.account)


def _item(request: Request, item_type: ItemType, pk: int) -> Item:
    rows: ItemQuerySet[Any] = item_type.model.rows()
    found: Item = editable(rows, request.user, pk, words=ItemQuerySet.with_account)
    return found


def _form(
    request: Request,
    item_type: ItemType,
    account: Account,
    form: ItemForm,
    item: Item | None = None,
) -> HttpResponse:
    context = {
        "item_type": item_type,
        "account": account,
        "form": form,
        "item": item,
        "post_to": request.get_full_path(),
        "back": address(account, item_type.section),
        "heading": item_type.edit if item else item_type.add,
        **_verbs(item_type, item),
    }
    page, region = "planning/business/item_form.html", "planning/business/_item_form.html"
    return show(request, page, region, context, status=form.status)


def _verbs(item_type: ItemType, item: Item | None) -> dict[str, str]:
    """The addresses of the buttons beside Save."""
    if item is None:
        return {}
    verbs = ["remove", *(["up", "down"] if item_type.is_ordered else [])]
    return {
        f"{verb}_url": reverse(f"planning:{item_type.name}_{verb}", args=[item.pk])
        for verb in verbs
    }


def _section(
    request: Request, item_type: ItemType, account: Account, removed: Item | None = None
) -> HttpResponse:
    """The list anew, swapped in whole wherever the answer was asked from."""
    context = business_page(account, request.user, now(), may_edit=True) | {
        "item_type": item_type,
        "removed": removed,
        "restore_name": f"planning:{item_type.name}_restore",
    }
    answer = done(
        request,
        "planning/business/item_done.html",
        context,
        then=address(account, item_type.section),
    )
    return aim(answer, f"#{item_type.section}")


def _row(request: Request, item_type: ItemType, item: Item) -> dict[str, Any]:
    return {
        "item_type": item_type,
        "item": item,
        "account": item.account,
        "may_edit": True,
        "today": request.user.today(now()),
        "back": address(item.account, item_type.section),
    }
