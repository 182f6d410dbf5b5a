from django.http import HttpResponse
from django.urls import path

from accounts.access import Request, signed_in
from kam.lib.web.htmx import show
from kam.urls import urlpatterns as house


@signed_in
def floor(request: Request) -> HttpResponse:
    """The base layout with its rail and an empty main part: what every page costs at least."""
    return show(request, "base.html")


urlpatterns = [*house, path("floor/", floor, name="floor")]
