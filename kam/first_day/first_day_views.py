"""The first day of a company: its steps, each left, skipped and resumed at will."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Request, admins_only
from accounts.models.site import Site
from kam.first_day.first_day import STEPS
from kam.first_day.first_day import first_day as first_day_of_site
from kam.lib.web.htmx import leave, show


@admins_only
@require_safe
def first_day(request: Request) -> HttpResponse:
    return show(request, "kam/first_day/first_day.html", context={"first_day": first_day_of_site()})


@admins_only
@require_POST
def first_day_skip(request: Request, step: str) -> HttpResponse:
    Site.skip(_known(step), by=request.user)
    return leave(request, reverse("first_day"))


@admins_only
@require_POST
def first_day_resume(request: Request, step: str) -> HttpResponse:
    Site.resume(_known(step), by=request.user)
    return leave(request, reverse("first_day"))


@admins_only
@require_POST
def first_day_hide(request: Request) -> HttpResponse:
    Site.put_away(by=request.user, hidden=True)
    return leave(request, reverse("today"))


@admins_only
@require_POST
def first_day_bring_back(request: Request) -> HttpResponse:
    Site.put_away(by=request.user, hidden=False)
    return leave(request, reverse("first_day"))


def _known(step: str) -> str:
    if step not in {kind.key for kind in STEPS}:
        raise Http404
    return step
