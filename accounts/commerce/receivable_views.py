"""What a client owes us."""

from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Request, editable, signed_in
from accounts.commerce.commerce_forms import ReceivableForm
from accounts.commerce.commerce_row_views import add_row, edit_row, list_rows, remove_row
from accounts.models import Receivable
from kam.lib.web.htmx import leave


@signed_in
@require_safe
def receivables(request: Request, pk: int) -> HttpResponse:
    return list_rows(request, pk, Receivable, "accounts/commerce/receivables.html")


@signed_in
@require_http_methods(["GET", "POST"])
def receivable_add(request: Request, pk: int) -> HttpResponse:
    return add_row(request, pk, Receivable, ReceivableForm)


@signed_in
@require_http_methods(["GET", "POST"])
def receivable_edit(request: Request, pk: int) -> HttpResponse:
    return edit_row(request, pk, Receivable, ReceivableForm)


@signed_in
@require_POST
def receivable_remove(request: Request, pk: int) -> HttpResponse:
    return remove_row(request, pk, Receivable)


@signed_in
@require_POST
def receivable_pay(request: Request, pk: int) -> HttpResponse:
    receivable = editable(Receivable.objects, request.user, pk)
    at = now()
    receivable.pay(by=request.user, at=at, on=request.user.today(at))
    return leave(request, receivable.get_absolute_url())
