"""What the broker wakes. Each drains what is due and may run twice, late, or beside itself."""

import logging
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parseaddr

from celery import shared_task
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.timezone import now

from kam.lib.outbox.models import Delivery, Job
from kam.lib.outbox.models.job import GiveUp
from kam.lib.outbox.refusal import MOST, Refusal
from kam.lib.outbox.wake import wake_jobs, wake_mail

log = logging.getLogger(__name__)


class _Rendered(EmailMessage):
    """A message whose bytes were fixed when it was rendered."""

    def __init__(self, delivery: Delivery) -> None:
        self._bytes = bytes(delivery.message)
        sender = parseaddr(str(delivery.raw()["From"]))[1]
        super().__init__(subject=delivery.title, from_email=sender, to=[delivery.address])

    def message(self, *, policy: object = None) -> object:  # type: ignore[override]  # only what sending needs
        return _Bytes(self._bytes)


class _Bytes:
    def __init__(self, data: bytes) -> None:
        self._data = data

    def as_bytes(self, *, linesep: str = "\r\n") -> bytes:
        return self._data


class _Post:
    """One connection for many messages; after an error the next message opens a new one."""

    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None

    def send(self, message: EmailMessage) -> None:
        if self._connection is None:
            self._connection = get_connection()
            self._connection.open()
        try:
            self._connection.send_messages([message])
        except (smtplib.SMTPException, OSError):
            self.close()
            raise

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except (smtplib.SMTPException, OSError) as error:
                log.info("Mail server did not say goodbye: %s", error)


@contextmanager
def _post() -> Iterator[_Post]:
    post = _Post()
    try:
        yield post
    finally:
        post.close()


@shared_task(name="kam.outbox.send_mail")
def send_mail() -> None:
    with _post() as post:
        while delivery := Delivery.objects.claim(now()):
            deliver(delivery, post)


def deliver(delivery: Delivery, post: _Post) -> None:
    """Render once, send, mark. A crash between any two leads to the same bytes again."""
    try:
        if not delivery.render(now()):
            return
        post.send(_Rendered(delivery))
    except (smtplib.SMTPException, OSError) as error:
        delivery.mark_refused(now(), Refusal.of(error))
    except Exception as error:
        log.exception("Delivery %s failed", delivery.pk)
        delivery.mark_refused(now(), Refusal(repr(error)[:MOST], is_final=False))
    else:
        delivery.mark_sent(now())


@shared_task(name="kam.outbox.run_jobs")
def run_jobs(queue: str) -> None:
    while job := Job.objects.claim(queue, now()):
        try:
            job.run(now())
        except GiveUp as error:
            log.error("Job %s gave up: %s", job.pk, error)
            job.mark_failed(now(), str(error), final=True)
        except Exception as error:
            log.exception("Job %s failed", job.pk)
            job.mark_failed(now(), str(error) or repr(error))


@shared_task(name="kam.outbox.sweep")
def sweep() -> None:
    """Find what a lost wake-up or a dead worker left."""
    if Delivery.objects.due(now()).exists():
        wake_mail()
    Job.objects.bury(now())
    for queue in (
        Job.objects.due(now()).order_by("queue").values_list("queue", flat=True).distinct()
    ):
        wake_jobs(queue)
