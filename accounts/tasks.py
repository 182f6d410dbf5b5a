from celery import shared_task
from django.utils.timezone import now

from accounts.models import SessionNote


@shared_task(name="accounts.forget_old_sessions")
def forget_old_sessions() -> None:
    SessionNote.objects.forget_old(now())
