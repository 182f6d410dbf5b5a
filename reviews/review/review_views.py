"""One review: the room in which it is held, and its end: held, skipped or moved."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Request, editable, may_edit, readable, signed_in
from kam.lib.web.htmx import leave, show
from kam.lib.web.http import posted
from reviews.calendar.free_slots import free_slots
from reviews.models import Closed, Review
from reviews.review.review_forms import LineForm, MoveForm, ReviewActionForm, SkipForm
from reviews.review.review_page import room


@signed_in
@require_safe
def review(request: Request, pk: int) -> HttpResponse:
    found = readable(Review.objects.for_list(), request.user, pk)
    here = room(found, request.user, now())
    writes = found.is_open and may_edit(Review.objects, request.user, found)
    context = {
        "review": found,
        "account": found.account,
        "room": here,
        "may_edit": writes,
        "form": LineForm(),
        "action_form": ReviewActionForm(
            account=found.account, plan=here.plan, initial={"owner": request.user}
        ),
    }
    return show(request, "reviews/review/review.html", context=context)


@signed_in
@require_POST
def review_hold(request: Request, pk: int) -> HttpResponse:
    found = editable(Review.objects.for_list(), request.user, pk)
    found.hold(by=request.user, at=now())
    return leave(request, found.get_absolute_url())


@signed_in
@require_http_methods(["GET", "POST"])
def review_skip(request: Request, pk: int) -> HttpResponse:
    found = editable(Review.objects.for_list(), request.user, pk)
    form = SkipForm(posted(request))
    context = {"review": found, "account": found.account, "form": form}
    if not form.is_valid():
        return show(request, "reviews/review/review_skip.html", context=context)
    try:
        found.skip(by=request.user, reason=form.cleaned_data["reason"])
    except Closed:
        return show(request, "reviews/review/review_closed.html", context=context, status=409)
    return leave(request, reverse("reviews:reviews"))


@signed_in
@require_http_methods(["GET", "POST"])
def review_move(request: Request, pk: int) -> HttpResponse:
    found = editable(Review.objects.for_list(), request.user, pk)
    start = found.local_start_of(request.GET.get("at", ""))
    initial = {"day": start.date(), "clock": start.time()}
    form = MoveForm(posted(request), zone=found.series.zone, initial=initial)
    context = {"review": found, "account": found.account, "form": form}
    if not form.is_valid():
        context["slots"] = free_slots([found], now())[found.pk]
        return show(request, "reviews/review/review_move.html", context=context)
    starts, reason = form.cleaned_data["starts"], form.cleaned_data["reason"]
    try:
        found.move(by=request.user, starts=starts, reason=reason)
    except Closed:
        return show(request, "reviews/review/review_closed.html", context=context, status=409)
    return leave(request, found.get_absolute_url())
