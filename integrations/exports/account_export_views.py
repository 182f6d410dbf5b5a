"""Every list as a file: what the person may see of it, as its address narrows it."""

from typing import Any

from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from accounts.access import Request, admins_only, readable, signed_in
from accounts.commerce.portfolio_figures import FILTERS as PORTFOLIO_FILTERS
from accounts.directory.account_filters import AccountFilters
from accounts.directory.account_list_views import FILTERS
from accounts.interactions.interaction_timeline import narrowed
from accounts.models import (
    Account,
    Contract,
    Opportunity,
    Product,
    Receivable,
    Revenue,
    Stakeholder,
)
from accounts.stakeholders.stakeholder_filters import StakeholderFilters
from accounts.stakeholders.stakeholder_snapshot import stakeholder_snapshot
from integrations.exports import account_exports
from kam.lib.tabular.listing import Listing


@signed_in
@require_safe
def accounts_export(request: Request) -> HttpResponse:
    account_filters = AccountFilters(request.GET.dict(), user=request.user, keys=FILTERS)
    rows = account_filters.ordered().with_team()  # type: ignore[attr-defined]  # its own queryset
    return _send(request, account_exports.ACCOUNTS, rows)


@signed_in
@require_safe
def portfolio_export(request: Request) -> HttpResponse:
    account_filters = AccountFilters(
        request.GET.dict(), user=request.user, keys=PORTFOLIO_FILTERS, counted=True
    )
    rows = account_filters.ordered().with_team()  # type: ignore[attr-defined]  # its own queryset
    return _send(request, account_exports.ACCOUNTS, rows)


@signed_in
@require_safe
def stakeholders_export(request: Request, pk: int) -> HttpResponse:
    account = readable(Account.objects, request.user, pk)
    shown = (
        StakeholderFilters.of(request.GET)
        .through(stakeholder_snapshot(account, request.user, now()))
        .people
    )
    rows = Stakeholder.objects.visible_to(request.user).of_account(account)
    rows = rows.chosen([person.pk for person in shown]).named().by_name().for_page()
    return _send(request, account_exports.STAKEHOLDERS, rows)


@signed_in
@require_safe
def interactions_export(request: Request) -> HttpResponse:
    rows, _kind, _person = narrowed(request.GET, request.user, None)
    return _send(request, account_exports.INTERACTIONS, rows.newest_first().for_list())


@signed_in
@require_safe
def account_interactions_export(request: Request, pk: int) -> HttpResponse:
    account = readable(Account.objects, request.user, pk)
    rows, _kind, _person = narrowed(request.GET, request.user, account)
    return _send(request, account_exports.INTERACTIONS, rows.newest_first().for_list())


@signed_in
@require_safe
def opportunities_export(request: Request, pk: int) -> HttpResponse:
    rows = Opportunity.objects.visible_to(request.user)
    return _of_account(request, pk, account_exports.OPPORTUNITIES, rows)


@signed_in
@require_safe
def contracts_export(request: Request, pk: int) -> HttpResponse:
    rows = Contract.objects.visible_to(request.user)
    return _of_account(request, pk, account_exports.CONTRACTS, rows)


@signed_in
@require_safe
def receivables_export(request: Request, pk: int) -> HttpResponse:
    rows = Receivable.objects.visible_to(request.user)
    return _of_account(request, pk, account_exports.RECEIVABLES, rows)


@signed_in
@require_safe
def revenue_export(request: Request, pk: int) -> HttpResponse:
    """All months: whoever wants one of them has it on the page."""
    rows = Revenue.objects.visible_to(request.user)
    return _of_account(request, pk, account_exports.REVENUE, rows)


@admins_only
@require_safe
def products_export(request: Request) -> HttpResponse:
    rows = Product.objects.visible_to(request.user).by_family()
    return _send(request, account_exports.PRODUCTS, rows)


def _of_account(request: Request, pk: int, listing: Listing, rows: Any) -> HttpResponse:
    account = readable(Account.objects, request.user, pk)
    return _send(request, listing, rows.of_account(account).for_list().for_page())


def _send(request: Request, listing: Listing, rows: Any) -> HttpResponse:
    return listing.send(rows, request.GET.get("format", "csv"))
