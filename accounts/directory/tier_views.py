"""Where an account stands in the programme: the decision, and those before it."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import Request, led, may_lead, readable, signed_in
from accounts.directory.account_forms import TierForm
from accounts.models import Account, TierChange
from kam.lib.data.paging import page_of
from kam.lib.web.htmx import leave, show
from kam.lib.web.http import posted


@signed_in
@require_safe
def tier(request: Request, pk: int) -> HttpResponse:
    account = readable(Account.objects.with_team(), request.user, pk)
    changes = TierChange.objects.visible_to(request.user).of_account(account)
    context = {
        "account": account,
        "page": page_of(changes, request.GET.get("page")),
        "may_lead": may_lead(request.user, account),
    }
    return show(request, "accounts/directory/tier.html", context=context)


@signed_in
@require_http_methods(["GET", "POST"])
def tier_change(request: Request, pk: int) -> HttpResponse:
    account = led(request.user, pk)
    form = TierForm(posted(request), account=account, today=request.user.today(now()))
    if not form.is_valid():
        return show(
            request,
            "accounts/directory/tier_change.html",
            context={"form": form, "account": account},
        )
    account.change_tier(by=request.user, **form.cleaned_data)
    return leave(request, reverse("accounts:tier", args=[account.pk]))
