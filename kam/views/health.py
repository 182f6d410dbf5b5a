"""Live: this process answers. Ready: it can serve pages, since database and tables are there."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError as BrokerError

from accounts.access import Request, public
from kam.celery import app


@public
@require_safe
def healthz(request: Request) -> HttpResponse:
    return HttpResponse("live\n", content_type="text/plain")


@public
@require_safe
def readyz(request: Request) -> HttpResponse:
    """503 while the database is away or not migrated; a broker away is said, pages still work."""
    parts = {"database": _database(), "migrations": _migrations(), "broker": _broker()}
    ready = parts["database"] == parts["migrations"] == "ok"
    return JsonResponse(parts, status=200 if ready else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "gone"
    return "ok"


def _migrations() -> str:
    try:
        executor = MigrationExecutor(connection)
        return "pending" if executor.migration_plan(executor.loader.graph.leaf_nodes()) else "ok"
    except DatabaseError:
        return "unknown"


def _broker() -> str:
    try:
        with app.connection_for_read() as broker:
            broker.ensure_connection(max_retries=1, timeout=1)
    except (BrokerError, OSError):
        return "gone"
    return "ok"
