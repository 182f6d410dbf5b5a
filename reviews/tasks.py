from celery import shared_task
from django.utils.timezone import now

from accounts.commerce.periods import site_day
from reviews.health.health_snapshots import keep_due
from reviews.models import Reading
from reviews.notices.review_clock import tick
from reviews.notices.withdrawal import follow_rights


@shared_task(name="reviews.clock")
def clock() -> None:
    tick(now())


@shared_task(name="reviews.withdraw_invitations")
def withdraw_invitations() -> None:
    follow_rights()


@shared_task(name="reviews.keep_readings")
def keep_readings() -> None:
    keep_due(now())


@shared_task(name="reviews.thin_readings")
def thin_readings() -> None:
    Reading.objects.thin(site_day(now()))
