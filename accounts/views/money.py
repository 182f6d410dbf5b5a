"""What a client buys: two years of months, each open to its rows."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Request, editable, may_edit, readable, signed_in
from accounts.conflicts import written
from accounts.models import Account, Revenue
from accounts.models.revenue import RevenueQuerySet
from accounts.money import PARTS, months_of, parts_of
from accounts.money_forms import RevenueForm
from accounts.periods import add_months, first_of_month, house_day
from accounts.value import account_value
from kam.lib.htmx import leave, show
from kam.lib.http import posted
from kam.lib.paging import page_of
from kam.lib.widgets import MonthField


@signed_in
@require_safe
def money(request: Request, pk: int) -> HttpResponse:
    account = readable(Account.objects.with_team(), request.user, pk)
    value = account_value(account, now())
    by = request.GET.get("by", "")
    context: dict[str, Any] = {
        "account": account,
        "value": value,
        "by": by if by in PARTS else "",
        "may_edit": may_edit(Account.objects, request.user, account),
    }
    if by in PARTS:
        context["parts"] = parts_of(account, request.user, value.horizon, by)
    else:
        context["months"] = months_of(account, request.user, value.horizon)
    return show(request, "accounts/money.html", context=context)


@signed_in
@require_safe
def revenue(request: Request, pk: int) -> HttpResponse:
    account = readable(Account.objects.with_team(), request.user, pk)
    month = month_said(request)
    rows = Revenue.objects.visible_to(request.user).of_account(account).of_month(month).for_list()
    context = {
        "account": account,
        "value": account_value(account, now()),
        "month": month,
        "before": add_months(month, -1),
        "after": add_months(month, 1),
        "month_key": f"{month:%Y-%m}",
        "month_query": f"month={month:%Y-%m}",
        "page": page_of(rows, request.GET.get("page")),
        "may_edit": may_edit(Account.objects, request.user, account),
    }
    return show(request, "accounts/revenue.html", context=context)


@signed_in
@require_http_methods(["GET", "POST"])
def revenue_add(request: Request, pk: int) -> HttpResponse:
    account = editable(Account.objects, request.user, pk)
    form = RevenueForm(posted(request), account=account, initial={"month": month_said(request)})
    if not form.is_valid():
        return show(
            request, "accounts/revenue_add.html", context={"form": form, "account": account}
        )
    row = Revenue.add_to(account, by=request.user, at=now(), **form.facts)
    return leave(request, row.get_absolute_url())


@signed_in
@require_http_methods(["GET", "POST"])
def revenue_edit(request: Request, pk: int) -> HttpResponse:
    row = editable(Revenue.objects, request.user, pk, words=RevenueQuerySet.for_page)
    form = RevenueForm(posted(request), instance=row, account=row.account)
    if not (form.is_valid() and written(form, row, row.change, by=request.user, at=now())):
        context = {"form": form, "account": row.account, "row": row}
        return show(request, "accounts/revenue_edit.html", context=context, status=form.status)
    return leave(request, row.get_absolute_url())


@signed_in
@require_POST
def revenue_remove(request: Request, pk: int) -> HttpResponse:
    row = editable(Revenue.objects, request.user, pk)
    row.remove(by=request.user, at=now())
    return leave(request, row.get_absolute_url())


def month_said(request: Request) -> date:
    """The month of the address; the last full one where it says none or nonsense."""
    field = MonthField(required=False)
    try:
        said = field.clean(request.GET.get("month", ""))
    except ValidationError:
        said = None
    return said or add_months(first_of_month(house_day(now())), -1)
