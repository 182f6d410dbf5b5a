"""Search: a page of its own, and the answers inside the palette."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import Request, signed_in
from kam.lib.htmx import show
from kam.lookup import lookup

LONGEST = 100


@signed_in
@require_safe
def search(request: Request) -> HttpResponse:
    words = request.GET.get("q", "")[:LONGEST]
    context = {"words": words, "groups": lookup(request.user, words)}
    return show(request, "search.html", "search/_found.html", context)
