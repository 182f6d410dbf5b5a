"""All that the house knows of the htmx protocol: `show` a page, or say it is `done`."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails


def wants_fragment(request: HttpRequest) -> bool:
    """True for htmx swaps; boosted links and restored history want the whole page."""
    htmx: HtmxDetails = getattr(request, "htmx")  # noqa: B009 (added by django-htmx)
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def show(
    request: HttpRequest,
    template: str,
    fragment: str = "",
    context: dict[str, Any] | None = None,
    *,
    status: int = 0,
) -> HttpResponse:
    """The page, or for htmx its `fragment`: the name of a partial in it or a template path.

    A POST that is shown again was not accepted: 422, or 409 where the caller says `status`.
    """
    name = template
    if fragment and wants_fragment(request):
        name = fragment if fragment.endswith(".html") else f"{template}#{fragment}"
    code = status or (422 if request.method == "POST" else 200)
    response = render(request, name, context or {}, status=code)
    patch_vary_headers(response, ["HX-Request"])
    return response


def done(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, then: str
) -> HttpResponse:
    """The regions that changed for htmx, a redirect to `then` for everybody else."""
    if not wants_fragment(request):
        return HttpResponseRedirect(then)
    response = render(request, template, context or {})
    patch_vary_headers(response, ["HX-Request"])
    return response


def leave(request: HttpRequest, then: str) -> HttpResponse:
    """Go to another page, also out of a fragment."""
    if not wants_fragment(request):
        return HttpResponseRedirect(then)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = then
    return response


def aim(response: HttpResponse, target: str, *, swap: str = "morph") -> HttpResponse:
    """Swap this answer into another element than the one that asked."""
    response["HX-Retarget"] = target
    response["HX-Reswap"] = swap
    return response
