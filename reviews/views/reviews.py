"""Placeholder of the agenda list."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import Request, signed_in
from kam.lib.htmx import show


@signed_in
@require_safe
def reviews(request: Request) -> HttpResponse:
    return show(request, "reviews/reviews.html")
