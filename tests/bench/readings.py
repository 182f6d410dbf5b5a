"""The night: a reading of every account, in one process."""

import time

from django.utils.timezone import now

from accounts.models import Account, Standing
from reviews.health.health_snapshots import keep_due
from reviews.models import Reading


def readings() -> dict[str, float]:
    """Seconds for all accounts whose figures of money are of today."""
    Standing.objects.update(health_day=None)
    Reading.objects.all().delete()
    start = time.perf_counter()
    made = keep_due(now())
    seconds = time.perf_counter() - start
    if made < Account.objects.active().count():
        raise SystemExit(f"Only {made} readings were made.")
    return {"accounts": made, "seconds": round(seconds, 1)}
