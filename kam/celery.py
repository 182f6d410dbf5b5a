"""Celery of the house. The timetable stands in settings (CELERY_BEAT_SCHEDULE)."""

import os
from contextlib import ExitStack
from logging.config import dictConfig
from typing import Any

from celery import Celery
from celery.signals import setup_logging, task_postrun, task_prerun

from kam.lib.ops.logs import noted

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kam.settings")

app = Celery("kam")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["kam.lib.outbox", "accounts", "planning", "reviews"])


@setup_logging.connect
def log_as_the_settings_say(**kwargs: Any) -> None:
    # Settings are read once Celery has its application.
    from django.conf import settings

    dictConfig(settings.LOGGING)


@task_prerun.connect
def note_the_task(task: Any, task_id: str, **kwargs: Any) -> None:
    task.request.notes = ExitStack()
    task.request.notes.enter_context(noted(task=task.name, task_id=task_id))


@task_postrun.connect
def forget_the_task(task: Any, **kwargs: Any) -> None:
    if notes := getattr(task.request, "notes", None):
        notes.close()
