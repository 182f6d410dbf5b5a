"""The real web server on a free port, and one keep-alive visitor of it."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.middleware.csrf import _get_new_csrf_string
from django.urls import reverse

from accounts.models import User


@dataclass(frozen=True)
class Answer:
    status: int
    bytes: int
    milliseconds: float


class Visitor:
    """A person with one open connection, signed in unless they are still to do it."""

    def __init__(self, port: int, user: User | None = None) -> None:
        self.connection = http.client.HTTPConnection("localhost", port, timeout=60)
        self.csrf = _get_new_csrf_string()
        cookies = f"{settings.CSRF_COOKIE_NAME}={self.csrf}"
        if user:
            cookies += f"; {settings.SESSION_COOKIE_NAME}={session_of(user)}"
        self.headers = {"Cookie": cookies, "X-CSRFToken": self.csrf, "Origin": settings.SITE_URL}

    def sign_in(self, user: User, password: str) -> Answer:
        body = urlencode({"login": user.email, "password": password})
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", reverse("account_login"), body, form)

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None, {})

    def post(self, path: str, body: str) -> Answer:
        form = {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true"}
        return self._ask("POST", path, body, form)

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        start = time.perf_counter()
        self.connection.request(method, path, body, self.headers | headers)
        response = self.connection.getresponse()
        content = response.read()
        return Answer(response.status, len(content), (time.perf_counter() - start) * 1000)


def session_of(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


@contextmanager
def web_server(workers: int) -> Iterator[tuple[int, int]]:
    """Its port and its process."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = int(listener.getsockname()[1])
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--no-ws",
        "--workers",
        str(workers),
    ]
    process = subprocess.Popen(
        [*command, "--blocking-threads", "4", "--port", str(port), "kam.wsgi:application"],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.bench.settings", "LOG_LEVEL": "ERROR"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(port: int) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            socket.create_connection(("localhost", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The web server did not start.")
