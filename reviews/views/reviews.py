"""The agenda of a person, and the reviews of one account."""

from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from accounts.access import Request, may_edit, readable, signed_in
from accounts.models import Account
from kam.lib.htmx import show
from kam.lib.regions.page import show_kept
from reviews.calendar import agenda, of_account
from reviews.forms import WeekForm


@signed_in
@require_safe
def reviews(request: Request) -> HttpResponse:
    form = WeekForm(request.GET)
    return show_kept(
        request,
        "reviews/reviews.html",
        made_from=Account.objects.visible_to(request.user).fingerprint(),
        draw=lambda: {"agenda": agenda(request.user, now(), form.day())},
    )


@signed_in
@require_safe
def account_reviews(request: Request, pk: int) -> HttpResponse:
    account = readable(Account.objects.with_team(), request.user, pk)
    context = {
        "account": account,
        "reviews": of_account(account, request.user, now()),
        "may_edit": may_edit(Account.objects, request.user, account),
    }
    return show(request, "reviews/account_reviews.html", context=context)
