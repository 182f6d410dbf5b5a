"""Open, won and lost business of a client."""

from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Request, editable, signed_in
from accounts.commerce.commerce_forms import CloseForm, OpportunityForm, SignedForm, WinForm
from accounts.commerce.commerce_row_views import add_row, edit_row, list_rows, remove_row
from accounts.commerce.periods import moment_on
from accounts.models import Opportunity
from accounts.models.rows import RowQuerySet
from kam.lib.web.htmx import leave, show
from kam.lib.web.http import posted


@signed_in
@require_safe
def opportunities(request: Request, pk: int) -> HttpResponse:
    return list_rows(request, pk, Opportunity, "accounts/commerce/opportunities.html")


@signed_in
@require_http_methods(["GET", "POST"])
def opportunity_add(request: Request, pk: int) -> HttpResponse:
    place = {name: request.GET[name] for name in ("unit", "product") if name in request.GET}
    return add_row(request, pk, Opportunity, OpportunityForm, owner=request.user, **place)


@signed_in
@require_http_methods(["GET", "POST"])
def opportunity_edit(request: Request, pk: int) -> HttpResponse:
    return edit_row(request, pk, Opportunity, OpportunityForm)


@signed_in
@require_POST
def opportunity_remove(request: Request, pk: int) -> HttpResponse:
    return remove_row(request, pk, Opportunity)


@signed_in
@require_http_methods(["GET", "POST"])
def opportunity_win(request: Request, pk: int) -> HttpResponse:
    opportunity = editable(Opportunity.objects, request.user, pk, words=RowQuerySet.for_page)
    at, typed = now(), posted(request)
    today = request.user.today(at)
    form = WinForm(typed, today=today, reason_needed=False)
    contract = SignedForm(typed, deal=opportunity, today=today)
    signed = "signed" in request.POST
    if not form.is_valid() or (signed and not contract.is_valid()):
        shown = contract if signed else SignedForm(deal=opportunity, today=today)
        context = {"form": form, "contract": shown}
        context |= {"account": opportunity.account, "opportunity": opportunity}
        return show(request, "accounts/commerce/opportunity_win.html", context=context)
    opportunity.win(
        by=request.user,
        at=at,
        closed_at=moment_on(form.cleaned_data["closed"], at),
        reason=form.cleaned_data["reason"],
        contract=contract.facts if signed else None,
    )
    return leave(request, opportunity.get_absolute_url())


@signed_in
@require_http_methods(["GET", "POST"])
def opportunity_lose(request: Request, pk: int) -> HttpResponse:
    opportunity = editable(Opportunity.objects, request.user, pk, words=RowQuerySet.for_page)
    at = now()
    form = CloseForm(posted(request), today=request.user.today(at), reason_needed=True)
    if not form.is_valid():
        context = {"form": form, "account": opportunity.account, "opportunity": opportunity}
        return show(request, "accounts/commerce/opportunity_lose.html", context=context)
    closed_at = moment_on(form.cleaned_data["closed"], at)
    reason = form.cleaned_data["reason"]
    opportunity.lose(by=request.user, at=at, closed_at=closed_at, reason=reason)
    return leave(request, opportunity.get_absolute_url())


@signed_in
@require_POST
def opportunity_reopen(request: Request, pk: int) -> HttpResponse:
    opportunity = editable(Opportunity.objects, request.user, pk)
    opportunity.reopen(by=request.user, at=now())
    return leave(request, opportunity.get_absolute_url())
