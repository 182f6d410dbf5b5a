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
from planning.business.item_types import Noun
from planning.models.items import Item, ItemQuerySet
from planning.plan.plan_forms import TitleForm

GIVEN = ("quadrant", "side")  # what the link to a new row may say beforehand


@signed_in
@require_http_methods(["GET", "POST"])
def item_add(request: Request, pk: int, noun: Noun) -> HttpResponse:
    account = editable(Account.objects, request.user, pk)
    given = {name: request.GET[name] for name in GIVEN if name in request.GET}
    form = FORMS[noun.model](posted(request), account=account, initial=given)
    said = form.cleaned_data if form.is_valid() else {}
    if not (said and added(form, noun.model.add_to, account, by=request.user, **said)):
        return _form(request, noun, account, form)
    return _section(request, noun, account)


@signed_in
@require_http_methods(["GET", "POST"])
def item_edit(request: Request, pk: int, noun: Noun) -> HttpResponse:
    item = _item(request, noun, pk)
    form = FORMS[noun.model](posted(request), instance=item, account=item.account)
    if not (form.is_valid() and written(form, item, item.change, by=request.user)):
        return _form(request, noun, item.account, form, item)
    return _section(request, noun, item.account)


@signed_in
@require_POST
def item_text(request: Request, pk: int, noun: Noun) -> HttpResponse:
    item = _item(request, noun, pk)
    form = TitleForm(request.POST)
    page, context = "planning/business/item_text.html", _row(request, noun, item)
    if not form.is_valid():
        context |= {"error": problems(form["value"])[0], "refused": request.POST.get("value", "")}
        return show(request, page, noun.row_template, context)
    mine = form.cleaned_data["value"]
    try:
        item.rename(by=request.user, seen=form.cleaned_data["seen"], text=mine)
    except Stale as stale:
        setattr(item, item.TEXT, stale.current)
        context["conflict"] = conflict(item, mine=mine, theirs=stale.current)
        return show(request, page, noun.row_template, context, status=409)
    return done(request, noun.row_template, context, then=address(item.account, noun.section))


@signed_in
@require_POST
def item_remove(request: Request, pk: int, noun: Noun) -> HttpResponse:
    item = _item(request, noun, pk)
    item.remove(by=request.user, at=now())
    return _section(request, noun, item.account, removed=item)


@signed_in
@require_POST
def item_restore(request: Request, pk: int, noun: Noun) -> HttpResponse:
    item = _item(request, noun, pk)
    try:
        item.restore(by=request.user)
    except IntegrityError:
        return _section(request, noun, item.account)
    return _section(request, noun, item.account)


@signed_in
@require_POST
def item_up(request: Request, pk: int, noun: Noun) -> HttpResponse:
    item = _item(request, noun, pk)
    item.shift(-1, by=request.user)
    return _section(request, noun, item.account)


@signed_in
@require_POST
def item_down(request: Request, pk: int, noun: Noun) -> HttpResponse:
    item = _item(request, noun, pk)
    item.shift(1, by=request.user)
    return _section(request, noun, item.account)


def _item(request: Request, noun: Noun, pk: int) -> Item:
    rows: ItemQuerySet[Any] = noun.model.rows()
    found: Item = editable(rows, request.user, pk, words=ItemQuerySet.with_account)
    return found


def _form(
    request: Request, noun: Noun, account: Account, form: ItemForm, item: Item | None = None
) -> HttpResponse:
    context = {
        "noun": noun,
        "account": account,
        "form": form,
        "item": item,
        "post_to": request.get_full_path(),
        "back": address(account, noun.section),
        "heading": noun.edit if item else noun.add,
        **_verbs(noun, item),
    }
    page, region = "planning/business/item_form.html", "planning/business/_item_form.html"
    return show(request, page, region, context, status=form.status)


def _verbs(noun: Noun, item: Item | None) -> dict[str, str]:
    """The addresses of the buttons beside Save."""
    if item is None:
        return {}
    verbs = ["remove", *(["up", "down"] if noun.is_ordered else [])]
    return {
        f"{verb}_url": reverse(f"planning:{noun.name}_{verb}", args=[item.pk]) for verb in verbs
    }


def _section(
    request: Request, noun: Noun, account: Account, removed: Item | None = None
) -> HttpResponse:
    """The list anew, swapped in whole wherever the answer was asked from."""
    context = business_page(account, request.user, now(), may_edit=True) | {
        "noun": noun,
        "removed": removed,
        "restore_name": f"planning:{noun.name}_restore",
    }
    answer = done(
        request, "planning/business/item_done.html", context, then=address(account, noun.section)
    )
    return aim(answer, f"#{noun.section}")


def _row(request: Request, noun: Noun, item: Item) -> dict[str, Any]:
    return {
        "noun": noun,
        "item": item,
        "account": item.account,
        "may_edit": True,
        "today": request.user.today(now()),
        "back": address(item.account, noun.section),
    }
