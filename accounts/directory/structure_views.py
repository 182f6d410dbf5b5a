"""How a client is made: the group it belongs to, and its business units."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import Request, editable, may_edit, may_lead, readable, signed_in
from accounts.directory.account_forms import UnitForm
from accounts.directory.account_group import group_of, units_of
from accounts.editing import added, written
from accounts.models import Account, BusinessUnit
from accounts.models.rates import reporting_currency
from accounts.models.units import UnitQuerySet
from kam.lib.web.htmx import leave, show
from kam.lib.web.http import posted


@signed_in
@require_safe
def structure(request: Request, pk: int) -> HttpResponse:
    account = readable(Account.objects.with_team(), request.user, pk)
    context = {
        "account": account,
        "group": group_of(account, request.user),
        "units": units_of(account, request.user),
        "currency": reporting_currency(),
        "may_edit": may_edit(Account.objects, request.user, account),
        "may_lead": may_lead(request.user, account),
    }
    return show(request, "accounts/directory/structure.html", context=context)


@signed_in
@require_http_methods(["GET", "POST"])
def unit_add(request: Request, pk: int) -> HttpResponse:
    account = editable(Account.objects, request.user, pk)
    form = UnitForm(posted(request), account=account, initial={"parent": request.GET.get("parent")})
    said = form.cleaned_data if form.is_valid() else {}
    unit = said and added(form, BusinessUnit.add_to, account, by=request.user, **said)
    if not unit:
        return show(
            request, "accounts/directory/unit_add.html", context={"form": form, "account": account}
        )
    return leave(request, unit.get_absolute_url())


@signed_in
@require_http_methods(["GET", "POST"])
def unit_edit(request: Request, pk: int) -> HttpResponse:
    unit = editable(BusinessUnit.objects, request.user, pk, words=UnitQuerySet.for_page)
    form = UnitForm(posted(request), instance=unit, account=unit.account)
    context = {"form": form, "account": unit.account, "unit": unit}
    if not (form.is_valid() and written(form, unit, unit.change, by=request.user)):
        return show(
            request, "accounts/directory/unit_edit.html", context=context, status=form.status
        )
    return leave(request, unit.get_absolute_url())
