"""Today: what needs me now is the first thing seen."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Request, editable, signed_in
from accounts.models import Account
from kam.first_day.first_day import first_day
from kam.lib.web.htmx import done
from kam.lib.web.regions.page import show_kept
from kam.today.agenda import MINE, agenda
from planning.models import Action


@signed_in
@require_safe
def today(request: Request) -> HttpResponse:
    user = request.user
    leads_on = first_day() if user.is_admin else None
    return show_kept(
        request,
        "kam/today/today.html",
        made_from=(Account.objects.visible_to(user).fingerprint(), leads_on),
        draw=lambda: {
            "agenda": agenda(user, now(), request.GET.get("whose", MINE)),
            "first_day": leads_on,
        },
    )


@signed_in
@require_POST
def today_finish(request: Request, pk: int) -> HttpResponse:
    """A tick on the first page leaves the person there, with the line struck through."""
    action = editable(Action.objects.for_list(), request.user, pk)
    action.finish(by=request.user, at=now())
    return done(request, "kam/today/_move.html", {"action": action}, then=reverse("today"))


@signed_in
@require_POST
def today_reopen(request: Request, pk: int) -> HttpResponse:
    action = editable(Action.objects.for_list(), request.user, pk)
    action.reopen(by=request.user)
    return done(request, "kam/today/_move.html", {"action": action}, then=reverse("today"))
