"""The calendars of a person: agenda, month, week and full list; and the reviews of one account."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from accounts.access import Request, may_edit, readable, signed_in
from accounts.models import Account
from kam.lib.web.htmx import show
from kam.lib.web.regions.page import show_kept
from reviews.calendar.agenda import agenda, of_account
from reviews.calendar.month import month
from reviews.calendar.review_list import full_list
from reviews.calendar.week import week
from reviews.models import Series
from reviews.review.review_forms import CalendarForm, ListForm


@signed_in
@require_safe
def reviews(request: Request) -> HttpResponse:
    return _calendar(request, "reviews/calendar/reviews.html", "agenda", agenda)


@signed_in
@require_safe
def reviews_month(request: Request) -> HttpResponse:
    return _calendar(request, "reviews/calendar/reviews_month.html", "month", month)


@signed_in
@require_safe
def reviews_week(request: Request) -> HttpResponse:
    return _calendar(request, "reviews/calendar/reviews_week.html", "week", week)


@signed_in
@require_safe
def reviews_list(request: Request) -> HttpResponse:
    form = ListForm(request.GET)
    found = full_list(request.user, request.GET.get("page"), **form.chosen())
    context = {"list": found, "view": "list", "is_mine": found.chosen.get("whose") == "mine"}
    return show(request, "reviews/calendar/reviews_list.html", context=context)


@signed_in
@require_safe
def account_reviews(request: Request, pk: int) -> HttpResponse:
    account = readable(Account.objects.with_team(), request.user, pk)
    series = Series.objects.visible_to(request.user).of_account(account)
    context = {
        "account": account,
        "sections": of_account(account, request.user, now()),
        "series": list(series.not_over(request.user.today(now())).for_page()),
        "may_edit": may_edit(Account.objects, request.user, account),
    }
    return show(request, "reviews/calendar/account_reviews.html", context=context)


def _calendar(request: Request, page: str, view: str, lay_out: Callable[..., Any]) -> HttpResponse:
    """The time around a day, kept until an account the person sees has changed."""
    form = CalendarForm(request.GET)
    return show_kept(
        request,
        page,
        made_from=Account.objects.visible_to(request.user).fingerprint(),
        draw=lambda: {
            "view": view,
            "is_mine": form.is_mine,
            "whose": "&whose=mine" if form.is_mine else "",
            view: lay_out(request.user, now(), form.day(), mine=form.is_mine),
        },
    )
