"""The weekly digest of a thousand managers: announced by the clock, rendered, handed over, marked."""

import time
from datetime import datetime, timedelta

from django.db import connection
from django.utils.timezone import now

from accounts.models import Management, User
from kam.lib.outbox.models import Delivery
from kam.lib.outbox.tasks import send_mail
from reviews.models import DigestChoice
from reviews.models.notices import DIGEST
from reviews.notices.review_clock import announce_digests


def digests(managers: int) -> dict[str, float]:
    """Seconds from the clock's minute to the last mail out of the house, in one process.

    Mails go where they go without a mail server: into the table of kept ones.
    """
    send_mail()  # what waits already, such as invitations
    people = _managers(managers)
    start = time.perf_counter()
    announce_digests(now())
    send_mail()
    seconds = time.perf_counter() - start
    sent = Delivery.objects.filter(kind=DIGEST, recipient__in=people, state=Delivery.SENT).count()
    if sent != managers:
        raise SystemExit(f"{sent} digests were sent of {managers}.")
    return {"managers": managers, "seconds": round(seconds, 1)}


def _managers(count: int) -> list[User]:
    """Each above one KAM, and due since this hour."""
    kams = User.objects.filter(email__startswith="kam", email__endswith="@bench.example")
    below = list(kams.order_by("pk"))
    made: list[User] = User.objects.bulk_create(
        User(email=f"manager{n}@bench.example", name=f"Manager {n}", password="!")
        for n in range(count)
    )
    Management.objects.bulk_create(
        Management(manager=manager, report=below[n % len(below)]) for n, manager in enumerate(made)
    )
    at = now()
    DigestChoice.objects.exclude(user__in=made).delete()
    User.objects.filter(email="manager@bench.example").update(is_active=False)
    DigestChoice.objects.bulk_create(
        DigestChoice(
            user=user, is_on=True, since=at - timedelta(days=1),
            weekday=_local(user, at).weekday(), hour=_local(user, at).hour,
        )
        for user in made
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return made


def _local(user: User, at: datetime) -> datetime:
    return at.astimezone(user.zone)
