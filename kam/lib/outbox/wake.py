"""Wake a worker when the transaction commits. The ledger is the truth; a lost wake-up costs
seconds, since the sweep finds what was left."""

import logging
from functools import partial

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)
# A pooled connection tries again for six seconds, while somebody waits for their page.
ONE_TRY = {"max_retries": 0}


def wake_mail() -> None:
    transaction.on_commit(partial(_send, "kam.outbox.send_mail", "mail"))


def wake_jobs(queue: str) -> None:
    transaction.on_commit(partial(_send, "kam.outbox.run_jobs", queue, queue=queue))


def wake_later(task: str, seconds: float) -> None:
    """A task of the clock that should not wait for its hour; its own hour comes in any case."""
    transaction.on_commit(partial(_send, task, "default", countdown=seconds))


def _send(task: str, route: str, *, countdown: float = 0, **kwargs: str) -> None:
    try:
        with current_app.connection(transport_options=ONE_TRY) as broker:
            current_app.send_task(
                task,
                kwargs=kwargs,
                queue=route,
                countdown=countdown or None,
                retry=False,
                connection=broker,
            )
    except (OperationalError, OSError) as error:
        log.warning("Broker gone, %s waits for the sweep: %s", task, error)
