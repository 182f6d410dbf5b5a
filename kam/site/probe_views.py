"""Live: this process answers. Ready: it can serve pages, since database and tables are there."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from time import monotonic

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError as BrokerError

from accounts.access import Request, public
from kam.celery import app

SECONDS = 4.0  # a server that does not even refuse must not hold the probe


@public
@require_safe
def healthz(request: Request) -> HttpResponse:
    return HttpResponse("live\n", content_type="text/plain")


@public
@require_safe
def readyz(request: Request) -> HttpResponse:
    """503 while the database is away or not migrated; a broker away is said, pages still work."""
    until = monotonic() + SECONDS
    database, broker = database_probe.ask(), broker_probe.ask()
    parts = database_probe.answer(database, until) | broker_probe.answer(broker, until)
    ready = parts["database"] == parts["migrations"] == "ok"
    parts["time zones"] = settings.ZONES_VERSION
    return JsonResponse(parts, status=200 if ready else 503)


class Probe:
    """One question in a thread of its own: while it hangs, nobody else waits behind it."""

    def __init__(self, question: Callable[[], dict[str, str]], slow: dict[str, str]) -> None:
        self.question = question
        self.slow = slow
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="probe")
        self.running: Future[dict[str, str]] | None = None

    def ask(self) -> "Future[dict[str, str]]":
        if self.running is None or self.running.done():
            self.running = self.thread.submit(self.question)
        return self.running

    def answer(self, asked: "Future[dict[str, str]]", until: float) -> dict[str, str]:
        try:
            return asked.result(max(0.0, until - monotonic()))
        except TimeoutError:
            return self.slow


def _database() -> dict[str, str]:
    try:
        applied = set(MigrationRecorder(connection).applied_migrations())
        missing = known_migrations() - applied
        return {"database": "ok", "migrations": "pending" if missing else "ok"}
    except DatabaseError:
        return {"database": "gone", "migrations": "unknown"}
    finally:
        connection.close()


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """Those of this code, read from the disk once."""
    return frozenset(MigrationLoader(None).disk_migrations)


def _broker() -> dict[str, str]:
    try:
        with app.connection_for_read() as broker:
            broker.ensure_connection(max_retries=1, timeout=1)
    except (BrokerError, OSError):
        return {"broker": "gone"}
    return {"broker": "ok"}


database_probe = Probe(_database, {"database": "slow", "migrations": "unknown"})
broker_probe = Probe(_broker, {"broker": "slow"})
