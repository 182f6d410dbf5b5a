"""What contracts, receivables and opportunities do alike; each verb has an address of its own."""

from typing import Any

from django.http import HttpResponse
from django.utils.timezone import now

from accounts.access import Request, editable, may_edit, readable
from accounts.commerce.account_value import account_value
from accounts.commerce.commerce_forms import MoneyForm
from accounts.editing import added, written
from accounts.models import Account
from accounts.models.rows import MoneyRow, RowQuerySet
from kam.lib.data.paging import page_of
from kam.lib.web.htmx import leave, show
from kam.lib.web.http import posted


def _rows(kind: type[MoneyRow]) -> RowQuerySet[Any]:
    rows: RowQuerySet[Any] = kind._default_manager.all()  # type: ignore[assignment]  # every kind's own queryset
    return rows


def list_rows(request: Request, pk: int, kind: type[MoneyRow], template: str) -> HttpResponse:
    account = readable(Account.objects.with_team(), request.user, pk)
    rows = _rows(kind).visible_to(request.user).of_account(account).for_list()
    context = {
        "account": account,
        "value": account_value(account, now()),
        "page": page_of(rows, request.GET.get("page")),
        "today": request.user.today(now()),
        "may_edit": may_edit(Account.objects, request.user, account),
    }
    return show(request, template, context=context)


def add_row(
    request: Request, pk: int, kind: type[MoneyRow], form_class: type[MoneyForm], **initial: Any
) -> HttpResponse:
    account = editable(Account.objects, request.user, pk)
    form = form_class(posted(request), account=account, initial=initial)
    said = {"by": request.user, "at": now()}
    row = form.is_valid() and added(form, kind.add_to, account, **said, **form.facts)
    if not row:
        context = {"form": form, "account": account}
        return show(request, f"accounts/commerce/{kind.item_type}_add.html", context=context)
    return leave(request, row.get_absolute_url())


def edit_row(
    request: Request, pk: int, kind: type[MoneyRow], form_class: type[MoneyForm]
) -> HttpResponse:
    row = editable(_rows(kind), request.user, pk, words=RowQuerySet.for_page)
    form = form_class(posted(request), instance=row, account=row.account)
    if not (form.is_valid() and written(form, row, row.change, by=request.user, at=now())):
        context = {"form": form, "account": row.account, kind.item_type: row}
        page = f"accounts/commerce/{kind.item_type}_edit.html"
        return show(request, page, context=context, status=form.status)
    return leave(request, row.get_absolute_url())


def remove_row(request: Request, pk: int, kind: type[MoneyRow]) -> HttpResponse:
    row = editable(_rows(kind), request.user, pk)
    row.remove(by=request.user, at=now())
    return leave(request, row.get_absolute_url())
