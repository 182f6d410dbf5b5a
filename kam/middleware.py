"""What every request passes: the reader's language and clock, honest answers when things are gone."""

import logging
from collections.abc import Callable
from typing import cast

from django.contrib.auth import logout
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.timezone import now

from accounts import sessions
from accounts.access import Request
from kam.lib.reader import reading_as

log = logging.getLogger(__name__)
Handler = Callable[[HttpRequest], HttpResponse]


class DatabaseGone:
    """A page that says so (503), instead of a stack trace, while PostgreSQL is away."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        except (OperationalError, InterfaceError) as error:
            return self.process_exception(request, error)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse:
        if not isinstance(error, OperationalError | InterfaceError):
            raise error
        log.error("Database gone: %s", error)
        page = render_to_string("503.html")
        return HttpResponse(page, status=503, headers={"Retry-After": "10"})


def session_limits(get_response: Handler) -> Handler:
    """Twelve hours idle, seven days in all; and the owner finds the session in their list."""

    def middleware(request: HttpRequest) -> HttpResponse:
        at = now()
        if request.user.is_authenticated and sessions.is_over(request.session, at):
            logout(request)
        response = get_response(request)
        if request.user.is_authenticated:
            sessions.touch(cast(Request, request), at)
        return response

    return middleware


def reader(get_response: Handler) -> Handler:
    """A signed-in person reads in their own language, region and time zone."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return get_response(request)
        person = request.user
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
            moved["HX-Redirect"] = response["Location"]
            return moved
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
