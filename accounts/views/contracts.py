"""What is signed with a client."""

from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Request, editable, may_edit, readable, signed_in
from accounts.conflicts import written
from accounts.models import Account, Contract
from accounts.models.contracts import ContractQuerySet
from accounts.money_forms import ContractForm
from accounts.value import account_value
from kam.lib.htmx import leave, show
from kam.lib.http import posted
from kam.lib.paging import page_of


@signed_in
@require_safe
def contracts(request: Request, pk: int) -> HttpResponse:
    account = readable(Account.objects.with_team(), request.user, pk)
    rows = Contract.objects.visible_to(request.user).of_account(account).for_list()
    context = {
        "account": account,
        "value": account_value(account, now()),
        "page": page_of(rows, request.GET.get("page")),
        "today": request.user.today(now()),
        "may_edit": may_edit(Account.objects, request.user, account),
    }
    return show(request, "accounts/contracts.html", context=context)


@signed_in
@require_http_methods(["GET", "POST"])
def contract_add(request: Request, pk: int) -> HttpResponse:
    account = editable(Account.objects, request.user, pk)
    form = ContractForm(posted(request), account=account)
    if not form.is_valid():
        return show(
            request, "accounts/contract_add.html", context={"form": form, "account": account}
        )
    contract = Contract.add_to(account, by=request.user, at=now(), **form.facts)
    return leave(request, contract.get_absolute_url())


@signed_in
@require_http_methods(["GET", "POST"])
def contract_edit(request: Request, pk: int) -> HttpResponse:
    contract = editable(Contract.objects, request.user, pk, words=ContractQuerySet.for_page)
    form = ContractForm(posted(request), instance=contract, account=contract.account)
    if not (
        form.is_valid() and written(form, contract, contract.change, by=request.user, at=now())
    ):
        context = {"form": form, "account": contract.account, "contract": contract}
        return show(request, "accounts/contract_edit.html", context=context, status=form.status)
    return leave(request, contract.get_absolute_url())


@signed_in
@require_POST
def contract_remove(request: Request, pk: int) -> HttpResponse:
    contract = editable(Contract.objects, request.user, pk)
    contract.remove(by=request.user, at=now())
    return leave(request, contract.get_absolute_url())
