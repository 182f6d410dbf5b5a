"""What is written during a review. Nothing is lost: a stale or late text comes back with a 409."""

from typing import Any

from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from accounts.access import Request, editable, signed_in
from accounts.editing import conflict
from kam.lib.data.seen import Stale
from kam.lib.web.htmx import done, show
from kam.lib.web.problems import problem_words
from planning.models import Plan
from reviews.models import Closed, Decision, Review
from reviews.review.review_forms import AttendanceForm, LineForm, ReviewActionForm, TextForm
from reviews.review.review_page import items_of, new_actions_of


@signed_in
@require_POST
def review_agenda(request: Request, pk: int) -> HttpResponse:
    return _write(request, pk, "agenda")


@signed_in
@require_POST
def review_minutes(request: Request, pk: int) -> HttpResponse:
    return _write(request, pk, "minutes")


@signed_in
@require_POST
def decision_add(request: Request, pk: int) -> HttpResponse:
    review = editable(Review.objects.for_list(), request.user, pk)
    form = LineForm(request.POST)
    context = _around(review) | {"region": "reviews/review/_decisions.html", "form": form}
    try:
        if form.is_valid():
            review.decide(form.cleaned_data["text"], by=request.user)
            context["form"] = LineForm()
    except Closed:
        return _closed(request, context, form.cleaned_data["text"])
    context["decisions"] = Decision.objects.visible_to(request.user).of_review(review)
    if form.errors:
        return show(
            request, "reviews/review/review_part.html", "reviews/review/_decisions.html", context
        )
    return done(request, "reviews/review/_decisions.html", context, then=review.get_absolute_url())


@signed_in
@require_POST
def review_action_add(request: Request, pk: int) -> HttpResponse:
    review = editable(Review.objects.for_list(), request.user, pk)
    plan = (
        Plan.objects.visible_to(request.user)
        .of(review.account)
        .current(request.user.today(now()))
        .first()
    )
    form = ReviewActionForm(request.POST, account=review.account, plan=plan)
    context = _around(review) | {"region": "reviews/review/_actions.html", "action_form": form}
    try:
        if form.is_valid():
            review.add_action(by=request.user, **form.cleaned_data)
            context["action_form"] = ReviewActionForm(
                account=review.account, plan=plan, initial={"owner": request.user}
            )
    except Closed:
        return _closed(request, context, form.cleaned_data["title"])
    context["new_actions"] = new_actions_of(review)
    if form.errors:
        return show(
            request, "reviews/review/review_part.html", "reviews/review/_actions.html", context
        )
    return done(request, "reviews/review/_actions.html", context, then=review.get_absolute_url())


@signed_in
@require_POST
def attendance_note(request: Request, pk: int) -> HttpResponse:
    review = editable(Review.objects.for_list(), request.user, pk)
    form = AttendanceForm(request.POST, review=review)
    context = _around(review) | {"region": "reviews/review/_attend.html"}
    if not form.is_valid():
        return show(
            request, "reviews/review/review_part.html", "reviews/review/_attend.html", context
        )
    person, state = form.cleaned_data["person"], form.cleaned_data["state"]
    try:
        review.note_attendance(person, state, by=request.user)
    except Closed:
        return _closed(request, context, person.name)
    context = _around(editable(Review.objects.for_list(), request.user, pk))
    return done(request, "reviews/review/_attend.html", context, then=review.get_absolute_url())


def _write(request: Request, pk: int, field: str) -> HttpResponse:
    review = editable(Review.objects.for_list(), request.user, pk)
    form = TextForm(request.POST)
    region = f"reviews/review/_{field}.html"
    context = _around(review) | {"region": region}
    if not form.is_valid():
        context |= {"error": " ".join(problem_words(form)), "typed": request.POST.get("value", "")}
        return show(request, "reviews/review/review_part.html", region, context)
    text = form.cleaned_data["value"]
    try:
        review.write(field, seen=form.cleaned_data["seen"], text=text, by=request.user)
    except Stale as stale:
        setattr(review, field, stale.current)
        context["conflict"] = conflict(review, mine=text, theirs=stale.current)
        return show(request, "reviews/review/review_part.html", region, context, status=409)
    except Closed:
        return _closed(request, context, text)
    return done(request, region, _around(review), then=review.get_absolute_url())


def _around(review: Review) -> dict[str, Any]:
    return {
        "review": review,
        "account": review.account,
        "may_edit": review.is_open,
        "items": items_of(review.agenda),
    }


def _closed(request: Request, context: dict[str, Any], text: str) -> HttpResponse:
    """Somebody ended the review meanwhile: the text comes back to be taken along."""
    context |= {"text": text, "may_edit": False}
    return show(
        request,
        "reviews/review/review_closed.html",
        "reviews/review/_closed.html",
        context,
        status=409,
    )
