"""What is signed with a client."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Request, signed_in
from accounts.commerce.commerce_forms import ContractForm
from accounts.commerce.commerce_row_views import add_row, edit_row, list_rows, remove_row
from accounts.models import Contract


@signed_in
@require_safe
def contracts(request: Request, pk: int) -> HttpResponse:
    return list_rows(request, pk, Contract, "accounts/commerce/contracts.html")


@signed_in
@require_http_methods(["GET", "POST"])
def contract_add(request: Request, pk: int) -> HttpResponse:
    return add_row(request, pk, Contract, ContractForm)


@signed_in
@require_http_methods(["GET", "POST"])
def contract_edit(request: Request, pk: int) -> HttpResponse:
    return edit_row(request, pk, Contract, ContractForm)


@signed_in
@require_POST
def contract_remove(request: Request, pk: int) -> HttpResponse:
    return remove_row(request, pk, Contract)
