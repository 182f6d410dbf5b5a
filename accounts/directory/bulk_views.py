"""Many accounts of the list at once: a KAM, a tier or a service class, with one reason."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.access import Request, signed_in
from accounts.directory.account_filters import AccountFilters
from accounts.directory.account_list_views import FILTERS
from accounts.directory.bulk_change import (
    MOST,
    BulkChange,
    ChosenAccounts,
    ClassGiven,
    KamGiven,
    Outcome,
    TierDecided,
    change_all,
)
from accounts.directory.bulk_forms import BulkClassForm, BulkForm, BulkKamForm, BulkTierForm
from accounts.models import Account
from kam.lib.web.htmx import leave, show
from kam.lib.web.http import posted


@signed_in
@require_http_methods(["GET", "POST"])
def accounts_kam(request: Request) -> HttpResponse:
    form = BulkKamForm(posted(request), user=request.user)
    return _change(request, "accounts/directory/accounts_kam.html", form, KamGiven())


@signed_in
@require_http_methods(["GET", "POST"])
def accounts_tier(request: Request) -> HttpResponse:
    form = BulkTierForm(posted(request), user=request.user)
    on = form.cleaned_data["on"] if form.is_valid() else None
    return _change(request, "accounts/directory/accounts_tier.html", form, TierDecided(on))


@signed_in
@require_http_methods(["GET", "POST"])
def accounts_class(request: Request) -> HttpResponse:
    form = BulkClassForm(posted(request), user=request.user)
    return _change(request, "accounts/directory/accounts_class.html", form, ClassGiven())


def _change(request: Request, template: str, form: BulkForm, change: BulkChange) -> HttpResponse:
    """Shown with all that is chosen; done, or shown again with what was left and why."""
    said = QueryDict(request.POST.get("list", "")) if form.is_bound else request.GET
    account_filters = AccountFilters(said.dict(), user=request.user, keys=FILTERS)
    outcome = Outcome()
    if form.is_valid():
        value, reason = form.cleaned_data["value"], form.cleaned_data["reason"]
        outcome = change_all(change, form.seen, value, reason=reason, by=request.user, at=now())
        if not outcome.left:
            messages.success(request, _words(outcome, form))
            return leave(
                request,
                reverse("accounts:accounts")
                + (account_filters.query and f"?{account_filters.query}"),
            )
    choice = ChosenAccounts(_chosen(request, form, account_filters, outcome), change)
    context = {
        "form": form,
        "choice": choice,
        "outcome": outcome,
        "list": account_filters.query,
        "most": MOST,
    }
    return show(request, template, context=context, status=409 if outcome.left else 0)


def _chosen(
    request: Request, form: BulkForm, account_filters: AccountFilters, outcome: Outcome
) -> list[Account]:
    """Ticked in the list, or all that its filter shows; of a form sent before, what it still asks."""
    ids = [pk for pk in request.GET.getlist("account") if pk.isdecimal() and len(pk) < 19]
    rows = Account.objects.visible_to(request.user)
    if outcome.left:
        rows = rows.chosen([account.pk for account in outcome.stale])
    elif form.is_bound:
        rows = rows.chosen(form.seen)
    else:
        rows = rows.chosen(
            account_filters.rows().values("pk") if request.GET.get("all") else map(int, ids)
        )
    return list(rows.by_name().with_team().with_sight(request.user)[: MOST + 1])


def _words(outcome: Outcome, form: BulkForm) -> str:
    changed = ngettext("%(n)s account changed.", "%(n)s accounts changed.", outcome.changed)
    words = [changed % {"n": outcome.changed}, f"{form.value_words}."]
    if outcome.same:
        same = ngettext("%(n)s had it already.", "%(n)s had it already.", outcome.same)
        words.append(same % {"n": outcome.same})
    return " ".join(words)
