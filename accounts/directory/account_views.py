"""One account: entered, edited, archived and restored."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import Request, led, signed_in
from accounts.directory.account_forms import AccountAddForm, AccountForm
from accounts.editing import written
from accounts.models import Account
from accounts.models.rates import reporting_currency
from accounts.models.rights import may_open_accounts
from kam.lib.web.htmx import leave, show
from kam.lib.web.http import posted


@signed_in
@require_http_methods(["GET", "POST"])
def account_add(request: Request) -> HttpResponse:
    if not may_open_accounts(request.user):
        raise PermissionDenied(_("A manager or an administrator enters an account. Ask yours."))
    begin = {"currency": reporting_currency()}
    form = AccountAddForm(posted(request), user=request.user, initial=begin)
    if not form.is_valid():
        return show(request, "accounts/directory/account_add.html", context={"form": form})
    at, kam = now(), form.cleaned_data["kam"]
    account = Account.open(by=request.user, at=at, on=request.user.today(at), kam=kam, **form.facts)
    return leave(request, account.get_absolute_url())


@signed_in
@require_http_methods(["GET", "POST"])
def account_edit(request: Request, pk: int) -> HttpResponse:
    account = led(request.user, pk)
    form = AccountForm(posted(request), instance=account, user=request.user)
    context = {"form": form, "account": account, "name": account.name}
    if not (form.is_valid() and written(form, account, account.change, by=request.user, at=now())):
        return show(
            request, "accounts/directory/account_edit.html", context=context, status=form.status
        )
    return leave(request, account.get_absolute_url())


@signed_in
@require_POST
def account_archive(request: Request, pk: int) -> HttpResponse:
    account = led(request.user, pk)
    account.archive(by=request.user, at=now())
    messages.success(
        request, _("%(name)s is archived. Nothing of it is lost.") % {"name": account.name}
    )
    return leave(request, reverse("accounts:account_edit", args=[account.pk]))


@signed_in
@require_POST
def account_restore(request: Request, pk: int) -> HttpResponse:
    account = led(request.user, pk)
    account.restore(by=request.user)
    messages.success(request, _("%(name)s is back among the accounts.") % {"name": account.name})
    return leave(request, account.get_absolute_url())
