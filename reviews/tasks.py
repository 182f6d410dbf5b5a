from celery import shared_task
from django.utils.timezone import now

from reviews.clock import tick


@shared_task(name="reviews.clock")
def clock() -> None:
    tick(now())
