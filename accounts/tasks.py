from celery import shared_task
from django.utils.timezone import now

from accounts.models import Batch, SessionNote
from accounts.models.standing import forget_all, refresh_due


@shared_task(name="accounts.forget_old_sessions")
def forget_old_sessions() -> None:
    SessionNote.objects.forget_old(now())


@shared_task(name="accounts.forget_old_uploads")
def forget_old_uploads() -> None:
    for batch in Batch.objects.forgotten(now()):
        batch.discard(by=None)


@shared_task(name="accounts.refresh_standings")
def refresh_standings() -> None:
    refresh_due(at=now())


@shared_task(name="accounts.make_standings_anew")
def make_standings_anew() -> None:
    forget_all()
    refresh_due(at=now())
