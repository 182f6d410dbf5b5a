"""What a client buys: two years of months, each open to its rows."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Request, may_edit, readable, signed_in
from accounts.commerce.account_value import account_value
from accounts.commerce.commerce_forms import RevenueForm
from accounts.commerce.commerce_row_views import add_row, edit_row, remove_row
from accounts.commerce.periods import add_months, first_of_month, site_day
from accounts.commerce.revenue_page import PARTS, months_of, parts_of
from accounts.models import Account, Revenue
from kam.lib.data.paging import page_of
from kam.lib.web.htmx import show
from kam.lib.web.widgets import MonthField


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
    return show(request, "accounts/commerce/money.html", context=context)


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
    return show(request, "accounts/commerce/revenue.html", context=context)


@signed_in
@require_http_methods(["GET", "POST"])
def revenue_add(request: Request, pk: int) -> HttpResponse:
    return add_row(request, pk, Revenue, RevenueForm, month=month_said(request))


@signed_in
@require_http_methods(["GET", "POST"])
def revenue_edit(request: Request, pk: int) -> HttpResponse:
    return edit_row(request, pk, Revenue, RevenueForm)


@signed_in
@require_POST
def revenue_remove(request: Request, pk: int) -> HttpResponse:
    return remove_row(request, pk, Revenue)


def month_said(request: Request) -> date:
    """The month of the address; the last full one where it says none or nonsense."""
    field = MonthField(required=False)
    try:
        said = field.clean(request.GET.get("month", ""))
    except ValidationError:
        said = None
    return said or add_months(first_of_month(site_day(now())), -1)
