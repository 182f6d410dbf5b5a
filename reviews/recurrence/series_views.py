"""A series on an account: its rule in plain words above the fields that make it."""

from datetime import time
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import Request, editable, signed_in
from accounts.models import Account
from kam.lib.data.seen import Stale
from kam.lib.web.htmx import leave, show
from kam.lib.web.http import posted
from reviews.models import Review, Series
from reviews.recurrence import rescheduling
from reviews.recurrence.recurrence import after_working_days
from reviews.recurrence.series_forms import SeriesChangeForm, SeriesForm
from reviews.recurrence.series_preview import preview


@signed_in
@require_http_methods(["GET", "POST"])
def series_add(request: Request, pk: int) -> HttpResponse:
    account = editable(Account.objects.with_team(), request.user, pk)
    form = SeriesForm(posted(request), account=account, initial=_first_guess(request, account))
    if not form.is_valid():
        context = {"account": account, "form": form, "says": preview(form, account, request.user)}
        return show(request, "reviews/recurrence/series_add.html", context=context)
    Series.schedule(account, by=request.user, at=now(), **form.fields_of_series())
    return leave(request, reverse("reviews:account_reviews", args=[account.pk]))


@signed_in
@require_safe
def series_says(request: Request, pk: int) -> HttpResponse:
    """The sentence for what is chosen so far."""
    account = editable(Account.objects.with_team(), request.user, pk)
    form = SeriesForm(request.GET, account=account)
    context = {"account": account, "says": preview(form, account, request.user)}
    return show(
        request, "reviews/recurrence/series_says.html", "reviews/recurrence/_says.html", context
    )


@signed_in
@require_http_methods(["GET", "POST"])
def series_edit(request: Request, pk: int) -> HttpResponse:
    series = editable(Series.objects.going_on().for_page(), request.user, pk)
    form = _change_form(request, series, posted(request))
    if not form.is_valid():
        return _show_change(request, series, form)
    try:
        rescheduling.change(
            series, form.wish(), by=request.user, at=now(), seen=form.cleaned_data["seen"]
        )
    except Stale:
        return _show_change(request, series, form, status=409)
    return leave(request, reverse("reviews:account_reviews", args=[series.account_id]))


@signed_in
@require_safe
def series_edit_says(request: Request, pk: int) -> HttpResponse:
    """The same for a change."""
    series = editable(Series.objects.going_on().for_page(), request.user, pk)
    form = _change_form(request, series, request.GET)
    says = preview(form, series.account, request.user, series)
    context = {"account": series.account, "says": says}
    return show(
        request, "reviews/recurrence/series_says.html", "reviews/recurrence/_says.html", context
    )


@signed_in
@require_http_methods(["GET", "POST"])
def series_end(request: Request, pk: int) -> HttpResponse:
    series = editable(Series.objects.for_page(), request.user, pk)
    if request.method == "POST":
        rescheduling.end(series, by=request.user, at=now())
        return leave(request, reverse("reviews:account_reviews", args=[series.account_id]))
    coming = Review.objects.visible_to(request.user).of_series(series).coming(now())
    context = {"series": series, "account": series.account, "count": coming.count()}
    return show(request, "reviews/recurrence/series_end.html", context=context)


def _change_form(request: Request, series: Series, data: Any) -> SeriesChangeForm:
    coming = list(Review.objects.visible_to(request.user).of_series(series).coming(now())[:40])
    asked = request.GET.get("since", "")
    since = next((r for r in coming if str(r.pk) == asked), coming[0] if coming else None)
    initial = SeriesChangeForm.initial_of(series, since)
    return SeriesChangeForm(data, series=series, coming=coming, initial=initial)


def _show_change(
    request: Request, series: Series, form: SeriesChangeForm, status: int = 0
) -> HttpResponse:
    context = {
        "series": series,
        "account": series.account,
        "form": form,
        "says": preview(form, series.account, request.user, series),
        "is_stale": status == 409,
    }
    return show(request, "reviews/recurrence/series_edit.html", context=context, status=status)


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
