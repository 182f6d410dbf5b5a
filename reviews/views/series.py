"""A new series on an account: its rule in plain words above the fields that make it."""

from datetime import time

from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import Request, editable, signed_in
from accounts.models import Account
from kam.lib.htmx import leave, show
from kam.lib.http import posted
from reviews.forms import SeriesForm
from reviews.models import Series
from reviews.recurrence import after_working_days


@signed_in
@require_http_methods(["GET", "POST"])
def series_add(request: Request, pk: int) -> HttpResponse:
    account = editable(Account.objects.with_team(), request.user, pk)
    form = SeriesForm(posted(request), account=account, initial=_first_guess(request, account))
    if not form.is_valid():
        context = {"account": account, "form": form}
        return show(request, "reviews/series_add.html", context=context)
    Series.schedule(account, by=request.user, at=now(), **form.fields_of_series())
    return leave(request, reverse("reviews:account_reviews", args=[account.pk]))


@signed_in
@require_safe
def series_says(request: Request, pk: int) -> HttpResponse:
    """The sentence for what is chosen so far."""
    account = editable(Account.objects.with_team(), request.user, pk)
    form = SeriesForm(request.GET, account=account)
    context = {"account": account, "form": form}
    return show(request, "reviews/series_says.html", "reviews/_says.html", context)


def _first_guess(request: Request, account: Account) -> dict[str, object]:
    today = request.user.today(now())
    return {
        "repeats": "weekly",
        "kind": "internal",
        "day": after_working_days(today, 1),
        "clock": time(10),
        "time_zone": request.user.time_zone,
        "length": 30,
        "owner": request.user,
        "attendees": [member.user_id for member in account.team],
    }
