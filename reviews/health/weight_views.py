"""How much each part of health weighs: tried out first, then put in force from tomorrow."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import Request, admins_only, editable
from accounts.commerce.periods import site_day
from kam.lib.text.dates import day_year
from kam.lib.web.htmx import leave, show
from kam.lib.web.http import posted
from reviews.health.weight_forms import WeightsForm, preview
from reviews.models import Reading, Weights

DAY = timedelta(days=1)


@admins_only
@require_http_methods(["GET", "POST"])
def health_weights(request: Request) -> HttpResponse:
    """What is asked by GET is a preview and changes nothing."""
    at = now()
    since = site_day(at) + DAY
    current = Weights.objects.visible_to(request.user).on(since - DAY)
    asked = posted(request)
    form = WeightsForm(request.GET or current.of if asked is None else asked)
    if not form.is_valid() or request.method == "GET":
        context = {"form": form, "current": current, "since": since, **_facts(request, form)}
        page = "reviews/health/health_weights.html"
        return show(request, page, "reviews/health/_preview.html", context)
    Weights.put_in_force(form.cleaned_data, since=since, by=request.user, at=at)
    messages.success(request, _("In force from %(day)s") % {"day": day_year(since)})
    return leave(request, reverse("reviews:health_weights"))


@admins_only
@require_POST
def health_weights_withdraw(request: Request, pk: int) -> HttpResponse:
    weights = editable(Weights.objects, request.user, pk)
    weights.withdraw(by=request.user, day=site_day(now()))
    return leave(request, reverse("reviews:health_weights"))


def _facts(request: Request, form: WeightsForm) -> dict[str, Any]:
    day = site_day(now())
    readings = Reading.objects.visible_to(request.user).of_active().as_of(day).with_account()
    known = form.cleaned_data if form.is_valid() else None
    return {
        "preview": preview(readings, known) if known else None,
        "versions": list(Weights.objects.visible_to(request.user).newest_first()[:20]),
        "today": day,
    }
