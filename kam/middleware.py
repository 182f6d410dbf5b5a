"""What every request passes: the reader's language and clock, honest answers when things are gone."""

import logging
import re
import sys
import uuid
from collections.abc import Callable
from time import perf_counter
from typing import cast
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.timezone import now

from accounts.access import Request
from accounts.users import session_lifetime
from kam.lib.ops.logs import note, noted, notes
from kam.lib.ops.metrics import Requests
from kam.lib.text.reader import reading_as
from kam.lib.web.files import is_disk_full
from kam.lib.web.http import most_bytes

log = logging.getLogger(__name__)
requests_log = logging.getLogger("kam.requests")
GONE = (OperationalError, InterfaceError)
Handler = Callable[[HttpRequest], HttpResponse]
GIVEN_ID = re.compile(r"[A-Za-z0-9_-]{8,64}", re.ASCII)
# Machines ask for these all day: no news.
QUIET = {"healthz", "readyz", "static"}


def kept_in_log(get_response: Handler) -> Handler:
    """Every request has an id (the proxy's, or ours), one line in the log, and its figures.

    The line names the view, never the address: addresses may hold tokens.
    """
    figures = Requests() if settings.METRICS_PORT else None

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if GIVEN_ID.fullmatch(given) else uuid.uuid4().hex
        start = perf_counter()
        with noted(request=request_id):
            response = get_response(request)
            seconds = perf_counter() - start
            view = view_of(request)
            if figures:
                figures.add(view, known_method(request), response.status_code, seconds)
            facts = {"method": known_method(request), "view": view, "status": response.status_code}
            level = logging.DEBUG if view in QUIET else logging.INFO
            milliseconds = round(seconds * 1000, 1)
            setattr(request, "notes", notes())  # noqa: B010 (for the log of refusals)
            requests_log.log(level, "request", extra={"facts": facts | {"ms": milliseconds}})
        response.headers["X-Request-ID"] = request_id
        return response

    return middleware


def view_of(request: HttpRequest) -> str:
    if request.resolver_match:
        return request.resolver_match.view_name
    return "static" if request.path.startswith(settings.STATIC_URL) else "none"


def known_method(request: HttpRequest) -> str:
    """A label of the figures: nobody may make new ones by inventing methods."""
    known = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
    return request.method if request.method in known else "other"


def body_limit(get_response: Handler) -> Handler:
    """No body above 2.5 MB, no form with files above their limits: 413 before a byte is read.

    It comes after `reader`, which asks for no body, so that the answer is in the person's language.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        try:
            size = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            return HttpResponse(status=400)
        return too_much(request) if size > most_bytes(request) else get_response(request)

    return middleware


def too_much(request: HttpRequest) -> HttpResponse:
    context = {
        "with_files": request.content_type == "multipart/form-data",
        "path": request.path,
        "text": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        "file": settings.UPLOAD_BYTES,
        "together": settings.UPLOAD_TOGETHER,
    }
    return HttpResponse(render_to_string("413.html", context), status=413)


class DatabaseGone:
    """A page that says so (503), instead of a stack trace, while PostgreSQL is away.

    For views; what fails before a view, such as reading the session, comes to `server_error`.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return database_gone(error) if isinstance(error, GONE) else None


def server_error(request: HttpRequest) -> HttpResponse:
    """What Django shows of an error that nobody caught; `kam.urls` names it."""
    error = sys.exc_info()[1]
    if isinstance(error, GONE):
        return database_gone(error)
    if isinstance(error, OSError) and is_disk_full(error):
        log.error("Disk full: %s", error)
        return HttpResponse(render_to_string("507.html"), status=507)
    return HttpResponse(render_to_string("500.html"), status=500)


def database_gone(error: Exception) -> HttpResponse:
    log.error("Database gone: %s", error)
    page = render_to_string("503.html")
    return HttpResponse(page, status=503, headers={"Retry-After": "10"})


def session_limits(get_response: Handler) -> Handler:
    """Twelve hours idle, seven days in all; and the owner finds the session in their list."""

    def middleware(request: HttpRequest) -> HttpResponse:
        at = now()
        if request.user.is_authenticated and session_lifetime.is_over(request.session, at):
            logout(request)
        response = get_response(request)
        if request.user.is_authenticated:
            session_lifetime.touch(cast(Request, request), at)
        return response

    return middleware


def reader(get_response: Handler) -> Handler:
    """A signed-in person reads in their own language, region and time zone."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return get_response(request)
        person = request.user
        note(user=person.pk)
        with reading_as(person.reader):
            response = get_response(request)
            response.headers.setdefault("Content-Language", person.language)
            return response

    return middleware


def htmx_sign_in(get_response: Handler) -> Handler:
    """When the session has ended, htmx goes to the sign-in page instead of swapping it in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if (
            request.headers.get("HX-Request")
            and response.status_code == 302
            and not request.user.is_authenticated
        ):
            moved = HttpResponse(status=204)
            moved["HX-Redirect"] = f"{response['Location'].split('?')[0]}?{page_under(request)}"
            return moved
        return response

    return middleware


def page_under(request: HttpRequest) -> str:
    """Back to the page that asked, since a fragment's own address is no page."""
    page = urlsplit(request.headers.get("HX-Current-URL", ""))
    # Two slashes would name another host.
    own = page.path.startswith("/") and not page.path.startswith("//")
    here = page.netloc == request.get_host() and own
    address = page._replace(scheme="", netloc="").geturl() if here else "/"
    return urlencode({"next": address}, safe="/")


def narrow_browser(get_response: Handler) -> Handler:
    """No page of ours needs camera, microphone or place, and no other site needs our files."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


def private_pages(get_response: Handler) -> Handler:
    """Pages of a signed-in person are kept by no cache."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware
