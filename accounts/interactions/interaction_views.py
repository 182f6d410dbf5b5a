"""The timeline: of one account, and of all the accounts a person may see."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Request, editable, may_edit, readable, signed_in
from accounts.interactions.interaction_timeline import attention, timeline
from accounts.models import Account, Interaction, Stakeholder
from accounts.models.interactions import Kind
from kam.lib.web.htmx import leave, show


@signed_in
@require_safe
def interactions(request: Request) -> HttpResponse:
    context = {
        "timeline": timeline(request.GET, request.user, now()),
        "kinds": Kind.choices,
        "all_accounts": True,
    }
    return show(request, "accounts/interactions/interactions.html", context=context)


@signed_in
@require_safe
def account_interactions(request: Request, pk: int) -> HttpResponse:
    account = readable(Account.objects.with_team(), request.user, pk)
    people = Stakeholder.objects.visible_to(request.user).of_account(account).by_name()
    context = {
        "account": account,
        "timeline": timeline(request.GET, request.user, now(), account),
        "people": people[:300],
        "kinds": Kind.choices,
        "attention": attention(account, request.user, now()),
        "may_edit": may_edit(Account.objects, request.user, account),
    }
    return show(request, "accounts/interactions/account_interactions.html", context=context)


@signed_in
@require_POST
def interaction_take_back(request: Request, pk: int) -> HttpResponse:
    interaction = editable(Interaction.objects.for_list(), request.user, pk)
    interaction.take_back(by=request.user)
    return leave(request, reverse("accounts:account_interactions", args=[interaction.account_id]))
