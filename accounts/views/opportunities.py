"""Open, won and lost business of a client."""

from collections.abc import Callable

from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Request, editable, signed_in
from accounts.models import Opportunity
from accounts.models.rows import RowQuerySet
from accounts.money_forms import CloseForm, OpportunityForm
from accounts.periods import moment_on
from accounts.views.money_rows import add_row, edit_row, list_rows, remove_row
from kam.lib.htmx import leave, show
from kam.lib.http import posted


@signed_in
@require_safe
def opportunities(request: Request, pk: int) -> HttpResponse:
    return list_rows(request, pk, Opportunity, "accounts/opportunities.html")


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
    return _close(request, pk, Opportunity.win, page="win", reason_needed=False)


@signed_in
@require_http_methods(["GET", "POST"])
def opportunity_lose(request: Request, pk: int) -> HttpResponse:
    return _close(request, pk, Opportunity.lose, page="lose", reason_needed=True)


@signed_in
@require_POST
def opportunity_reopen(request: Request, pk: int) -> HttpResponse:
    opportunity = editable(Opportunity.objects, request.user, pk)
    opportunity.reopen(by=request.user, at=now())
    return leave(request, opportunity.get_absolute_url())


def _close(
    request: Request, pk: int, close: Callable[..., None], *, page: str, reason_needed: bool
) -> HttpResponse:
    opportunity = editable(Opportunity.objects, request.user, pk, words=RowQuerySet.for_page)
    at = now()
    form = CloseForm(posted(request), today=request.user.today(at), reason_needed=reason_needed)
    if not form.is_valid():
        context = {"form": form, "account": opportunity.account, "opportunity": opportunity}
        return show(request, f"accounts/opportunity_{page}.html", context=context)
    closed_at = moment_on(form.cleaned_data["closed"], at)
    close(
        opportunity,
        by=request.user,
        at=at,
        closed_at=closed_at,
        reason=form.cleaned_data["reason"],
    )
    return leave(request, opportunity.get_absolute_url())
