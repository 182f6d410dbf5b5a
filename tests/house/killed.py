"""The real settings, hurried: leases and pauses of seconds, a clock that ticks every second."""

from datetime import timedelta

from tests.house.settings import *  # noqa: F403

EMAIL_TIMEOUT = 3
OUTBOX_LEASE = timedelta(seconds=8)
OUTBOX_FIRST_PAUSE = timedelta(seconds=0.25)
CELERY_REDBEAT_LOCK_TIMEOUT = 4
CELERY_BEAT_MAX_LOOP_INTERVAL = 1
CELERY_BEAT_SCHEDULE = {
    "outbox sweep": {"task": "kam.outbox.sweep", "schedule": 1},
    "reviews clock": {"task": "reviews.clock", "schedule": 2},
}
