"""Open, won and lost business of a client."""

from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Request, editable, may_edit, readable, signed_in
from accounts.conflicts import written
from accounts.models import Account, Opportunity
from accounts.models.opportunities import OpportunityQuerySet
from accounts.money_forms import CloseForm, OpportunityForm
from accounts.periods import moment_on
from accounts.value import account_value
from kam.lib.htmx import leave, show
from kam.lib.http import posted
from kam.lib.paging import page_of


@signed_in
@require_safe
def opportunities(request: Request, pk: int) -> HttpResponse:
    account = readable(Account.objects.with_team(), request.user, pk)
    rows = Opportunity.objects.visible_to(request.user).of_account(account).for_list()
    context = {
        "account": account,
        "value": account_value(account, now()),
        "page": page_of(rows, request.GET.get("page")),
        "today": request.user.today(now()),
        "may_edit": may_edit(Account.objects, request.user, account),
    }
    return show(request, "accounts/opportunities.html", context=context)


@signed_in
@require_http_methods(["GET", "POST"])
def opportunity_add(request: Request, pk: int) -> HttpResponse:
    account = editable(Account.objects, request.user, pk)
    place = {name: request.GET[name] for name in ("unit", "product") if name in request.GET}
    initial = {"owner": request.user, **place}
    form = OpportunityForm(posted(request), account=account, initial=initial)
    if not form.is_valid():
        return show(
            request, "accounts/opportunity_add.html", context={"form": form, "account": account}
        )
    opportunity = Opportunity.add_to(account, by=request.user, at=now(), **form.facts)
    return leave(request, opportunity.get_absolute_url())


@signed_in
@require_http_methods(["GET", "POST"])
def opportunity_edit(request: Request, pk: int) -> HttpResponse:
    opportunity = editable(
        Opportunity.objects, request.user, pk, words=OpportunityQuerySet.for_page
    )
    form = OpportunityForm(posted(request), instance=opportunity, account=opportunity.account)
    if not (
        form.is_valid()
        and written(form, opportunity, opportunity.change, by=request.user, at=now())
    ):
        context = {"form": form, "account": opportunity.account, "opportunity": opportunity}
        return show(request, "accounts/opportunity_edit.html", context=context, status=form.status)
    return leave(request, opportunity.get_absolute_url())


@signed_in
@require_POST
def opportunity_remove(request: Request, pk: int) -> HttpResponse:
    opportunity = editable(Opportunity.objects, request.user, pk)
    opportunity.remove(by=request.user, at=now())
    return leave(request, opportunity.get_absolute_url())


@signed_in
@require_http_methods(["GET", "POST"])
def opportunity_win(request: Request, pk: int) -> HttpResponse:
    opportunity = editable(
        Opportunity.objects, request.user, pk, words=OpportunityQuerySet.for_page
    )
    at = now()
    form = CloseForm(posted(request), today=request.user.today(at), reason_needed=False)
    if not form.is_valid():
        context = {"form": form, "account": opportunity.account, "opportunity": opportunity}
        return show(request, "accounts/opportunity_win.html", context=context)
    said = form.cleaned_data
    opportunity.win(
        by=request.user, at=at, closed_at=moment_on(said["closed"], at), reason=said["reason"]
    )
    return leave(request, opportunity.get_absolute_url())


@signed_in
@require_http_methods(["GET", "POST"])
def opportunity_lose(request: Request, pk: int) -> HttpResponse:
    opportunity = editable(
        Opportunity.objects, request.user, pk, words=OpportunityQuerySet.for_page
    )
    at = now()
    form = CloseForm(posted(request), today=request.user.today(at), reason_needed=True)
    if not form.is_valid():
        context = {"form": form, "account": opportunity.account, "opportunity": opportunity}
        return show(request, "accounts/opportunity_lose.html", context=context)
    said = form.cleaned_data
    opportunity.lose(
        by=request.user, at=at, closed_at=moment_on(said["closed"], at), reason=said["reason"]
    )
    return leave(request, opportunity.get_absolute_url())


@signed_in
@require_POST
def opportunity_reopen(request: Request, pk: int) -> HttpResponse:
    opportunity = editable(Opportunity.objects, request.user, pk)
    opportunity.reopen(by=request.user, at=now())
    return leave(request, opportunity.get_absolute_url())
