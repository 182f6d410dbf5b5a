"""What a client owes us."""

from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Request, editable, may_edit, readable, signed_in
from accounts.conflicts import written
from accounts.models import Account, Receivable
from accounts.models.receivables import ReceivableQuerySet
from accounts.money_forms import ReceivableForm
from accounts.value import account_value
from kam.lib.htmx import leave, show
from kam.lib.http import posted
from kam.lib.paging import page_of


@signed_in
@require_safe
def receivables(request: Request, pk: int) -> HttpResponse:
    account = readable(Account.objects.with_team(), request.user, pk)
    rows = Receivable.objects.visible_to(request.user).of_account(account).for_list()
    context = {
        "account": account,
        "value": account_value(account, now()),
        "page": page_of(rows, request.GET.get("page")),
        "today": request.user.today(now()),
        "may_edit": may_edit(Account.objects, request.user, account),
    }
    return show(request, "accounts/receivables.html", context=context)


@signed_in
@require_http_methods(["GET", "POST"])
def receivable_add(request: Request, pk: int) -> HttpResponse:
    account = editable(Account.objects, request.user, pk)
    form = ReceivableForm(posted(request), account=account)
    if not form.is_valid():
        return show(
            request, "accounts/receivable_add.html", context={"form": form, "account": account}
        )
    receivable = Receivable.add_to(account, by=request.user, at=now(), **form.facts)
    return leave(request, receivable.get_absolute_url())


@signed_in
@require_http_methods(["GET", "POST"])
def receivable_edit(request: Request, pk: int) -> HttpResponse:
    receivable = editable(Receivable.objects, request.user, pk, words=ReceivableQuerySet.for_page)
    form = ReceivableForm(posted(request), instance=receivable, account=receivable.account)
    if not (
        form.is_valid() and written(form, receivable, receivable.change, by=request.user, at=now())
    ):
        context = {"form": form, "account": receivable.account, "receivable": receivable}
        return show(request, "accounts/receivable_edit.html", context=context, status=form.status)
    return leave(request, receivable.get_absolute_url())


@signed_in
@require_POST
def receivable_remove(request: Request, pk: int) -> HttpResponse:
    receivable = editable(Receivable.objects, request.user, pk)
    receivable.remove(by=request.user, at=now())
    return leave(request, receivable.get_absolute_url())


@signed_in
@require_POST
def receivable_pay(request: Request, pk: int) -> HttpResponse:
    receivable = editable(Receivable.objects, request.user, pk)
    at = now()
    receivable.pay(by=request.user, at=at, on=request.user.today(at))
    return leave(request, receivable.get_absolute_url())
