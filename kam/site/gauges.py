"""What waits behind the pages, for the operator's figures: mail and jobs, how many and how old."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Min
from django.utils.timezone import now

from kam.lib.ops import metrics
from kam.lib.outbox.models import Delivery, Job

log = logging.getLogger(__name__)
UNKNOWN = float("nan")


def gauges() -> list[metrics.Gauge]:
    return [
        metrics.Gauge("clave_mail_due", "Messages whose time has come", asked(mail_due)),
        metrics.Gauge("clave_mail_oldest_seconds", "Age of the oldest of them", asked(mail_age)),
        metrics.Gauge(
            "clave_mail_failed", "Messages refused for good or for three days", asked(mail_lost)
        ),
        metrics.Gauge("clave_jobs_waiting", "Jobs not finished yet", asked(jobs_waiting)),
        metrics.Gauge("clave_jobs_oldest_seconds", "Age of the oldest of them", asked(jobs_age)),
    ]


def serve() -> None:
    """Called by every web process when it starts."""
    if settings.METRICS_PORT:
        metrics.serve(settings.METRICS_HOST, settings.METRICS_PORT, gauges())


def asked(question: Callable[[], float]) -> Callable[[], float]:
    """A figure is not known while the database is away; the others still are."""

    def value() -> float:
        try:
            return question()
        except DatabaseError as error:
            log.warning("Figures without a database: %s", error)
            return UNKNOWN
        finally:
            if not connection.in_atomic_block:
                connection.close()

    return value


def mail_due() -> float:
    return Delivery.objects.due(now()).count()


def mail_age() -> float:
    return _age(Delivery.objects.due(now()).aggregate(first=Min("due_at"))["first"])


def mail_lost() -> float:
    return Delivery.objects.filter(state=Delivery.FAILED).count()


def jobs_waiting() -> float:
    return Job.objects.filter(finished_at=None).count()


def jobs_age() -> float:
    waiting = Job.objects.filter(finished_at=None)
    return _age(waiting.aggregate(first=Min("requested_at"))["first"])


def _age(since: datetime | None) -> float:
    return max(0.0, (now() - since).total_seconds()) if since else 0.0
