"""What the broker wakes. Each drains what is due and may run twice, late, or beside itself."""

import logging
import smtplib

from celery import shared_task
from django.core.mail import EmailMessage, get_connection
from django.utils.timezone import now

from kam.lib.outbox.models import Delivery, Job
from kam.lib.outbox.wake import wake_jobs, wake_mail

log = logging.getLogger(__name__)


class _Rendered(EmailMessage):
    """A message whose bytes were fixed when it was rendered."""

    def __init__(self, delivery: Delivery) -> None:
        self._delivery = delivery
        raw = delivery.raw()
        super().__init__(subject=delivery.title, from_email=str(raw["From"]), to=[delivery.address])

    def message(self, *, policy: object = None) -> object:  # type: ignore[override]
        return _Bytes(bytes(self._delivery.message))


class _Bytes:
    def __init__(self, data: bytes) -> None:
        self._data = data

    def as_bytes(self, *, linesep: str = "\r\n") -> bytes:
        return self._data


@shared_task(name="kam.outbox.send_mail")
def send_mail() -> None:
    while delivery := Delivery.objects.claim(now()):
        deliver(delivery)


def deliver(delivery: Delivery) -> None:
    """Render once, send, mark. A crash between any two leads to the same bytes again."""
    try:
        if not delivery.render(now()):
            return
        get_connection().send_messages([_Rendered(delivery)])
    except (smtplib.SMTPException, OSError) as error:
        delivery.mark_refused(now(), str(error))
    except Exception as error:
        log.exception("Delivery %s failed", delivery.pk)
        delivery.mark_refused(now(), repr(error))
    else:
        delivery.mark_sent(now())


@shared_task(name="kam.outbox.run_jobs")
def run_jobs(queue: str) -> None:
    while job := Job.objects.claim(queue, now()):
        try:
            job.run(now())
        except Exception as error:
            log.exception("Job %s failed", job.pk)
            job.mark_failed(now(), str(error) or repr(error))


@shared_task(name="kam.outbox.sweep")
def sweep() -> None:
    """Find what a lost wake-up or a dead worker left."""
    if Delivery.objects.due(now()).exists():
        wake_mail()
    for queue in (
        Job.objects.due(now()).order_by("queue").values_list("queue", flat=True).distinct()
    ):
        wake_jobs(queue)
