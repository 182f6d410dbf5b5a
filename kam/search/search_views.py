"""Search: a page of its own, and the answers inside the palette."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import Request, signed_in
from accounts.models import Account
from kam.lib.web.regions.page import show_kept
from kam.search.search import lookup

LONGEST = 100


@signed_in
@require_safe
def search(request: Request) -> HttpResponse:
    words = request.GET.get("q", "")[:LONGEST]
    return show_kept(
        request,
        "kam/search/search.html",
        "kam/search/_found.html",
        made_from=Account.objects.visible_to(request.user).fingerprint(),
        draw=lambda: {"words": words, "groups": lookup(request.user, words)},
    )
