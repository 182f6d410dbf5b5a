"""The private calendar address: made, shown once, taken back, and read by calendar programs."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Request, public, signed_in
from kam.lib.text.reader import reading_as
from kam.lib.web.htmx import leave, show
from reviews.calendar import ical
from reviews.models import CalendarFeed


@signed_in
@require_safe
def calendar_feed(request: Request) -> HttpResponse:
    feed = CalendarFeed.objects.visible_to(request.user).first()
    return show(request, "reviews/calendar/calendar_feed.html", context={"feed": feed})


@signed_in
@require_POST
def calendar_open(request: Request) -> HttpResponse:
    """The address is in this answer only: we keep no more than its hash."""
    token = CalendarFeed.open_for(request.user, at=now())
    context = {
        "feed": CalendarFeed.objects.visible_to(request.user).first(),
        "address": settings.SITE_URL + reverse("reviews:calendar", args=[token]),
    }
    response = show(request, "reviews/calendar/calendar_feed.html", context=context, status=200)
    response["Cache-Control"] = "no-store"
    return response


@signed_in
@require_POST
def calendar_close(request: Request) -> HttpResponse:
    CalendarFeed.close_for(request.user)
    return leave(request, reverse("reviews:calendar_feed"))


@public
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Who has the address reads it; the rights are those of its person at this moment."""
    feed = CalendarFeed.of_token(token)
    if feed is None:
        raise Http404
    with reading_as(feed.user.reader):
        name = _("Clave, reviews of %(name)s") % {"name": feed.user.name}
        text = ical.feed(feed.reviews(now()), name, now())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["Content-Disposition"] = 'inline; filename="clave.ics"'
    return response
