"""A form that is sent twice as it was drawn is taken once (docs/decisions/0018-forms-taken-once.md)."""

import hashlib
import time
from collections.abc import Callable

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.request import UnreadablePostError

from kam.lib.web.htmx import wants_fragment

RUNNING = 10  # seconds: longer than any form takes, shorter than a person waits for one that died
KEPT = 600  # seconds in which the same press may still arrive again
PAUSE = 0.05


def taken_once(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """A repeated POST is led to where the first one led; one that was not accepted may come again."""

    def middleware(request: HttpRequest) -> HttpResponse:
        key = _key_of(request)
        if not key:
            return get_response(request)
        while not cache.add(key, "", RUNNING):
            if then := cache.get(key):
                return HttpResponseRedirect(then)
            time.sleep(PAUSE)
        response = get_response(request)
        if isinstance(response, HttpResponseRedirect):
            cache.set(key, response.url, KEPT)
        else:
            cache.delete(key)
        return response

    return middleware


def _key_of(request: HttpRequest) -> str:
    """Of what a signed-in person sends from a page: who, where to, from which drawing, and what."""
    if request.method != "POST" or not request.user.is_authenticated or wants_fragment(request):
        return ""
    try:
        drawn = request.POST.get("csrfmiddlewaretoken", "")
        files = [
            (name, file.name, file.size)
            for name, several in request.FILES.lists()
            for file in several
        ]
    except UnreadablePostError:
        return ""
    said = [request.user.pk, request.get_full_path(), sorted(request.POST.lists()), files]
    return f"once:{hashlib.sha256(repr(said).encode()).hexdigest()}" if drawn else ""
