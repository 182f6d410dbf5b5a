"""Who must be reminded of which review now: one set query an offset, the ledger says what was told."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import CharField, Exists, F, Func, OuterRef, Value
from django.db.models.functions import Cast, Concat

from kam.lib.outbox.models import Delivery
from reviews.models import Attendance, OptOut, Reminder, Review
from reviews.models.notices import REMINDER
from reviews.models.review import State

# A reminder whose time passed longer ago was overtaken by life: the next offset reminds instead.
WINDOW = timedelta(days=1)


def occasion(starts_at: datetime, days: int) -> str:
    """Start and offset: a review that is moved reminds again."""
    return f"{starts_at.astimezone(UTC):%Y-%m-%dT%H:%MZ} -{days}d"


def announce_reminders(at: datetime) -> None:
    for days in Reminder.objects.order_by("-days").values_list("days", flat=True).distinct():
        rows = list(due_reminders(days, at))
        if rows:
            Delivery.objects.announce(
                Delivery(
                    kind=REMINDER,
                    subject=f"review:{review}",
                    recipient_id=user,
                    occasion=occasion(starts_at, days),
                    due_at=starts_at - timedelta(days=days),
                )
                for review, user, starts_at in rows
            )


def due_reminders(days: int, at: datetime) -> Any:
    """(review, person, start) of those whose offset passed within the window, not yet told."""
    ahead = timedelta(days=days)
    return (
        Attendance.objects.asked()
        .filter(
            review__state=State.SCHEDULED,
            review__account__archived_at=None,
            review__series__reminders__days=days,
            review__starts_at__gt=max(at, at + ahead - WINDOW),
            review__starts_at__lte=at + ahead,
        )
        .annotate(occasion=_occasion_in_sql(days))
        .exclude(Exists(OptOut.objects.filter(user=OuterRef("user"), kind=REMINDER)))
        .exclude(Exists(_told()))
        .order_by("review__starts_at", "pk")
        .values_list("review_id", "user_id", "review__starts_at")
    )


def still_wanted(delivery: Delivery, at: datetime) -> Review | None:
    """The review, if the reader may see it, is asked, wants to hear and it starts as announced."""
    reader = delivery.recipient
    review = (
        Review.objects.visible_to(reader)
        .coming(at)
        .filter(pk=int(delivery.subject.partition(":")[2]), account__archived_at=None)
        .for_list()
        .first()
    )
    if review is None or not Attendance.objects.asked().filter(review=review, user=reader).exists():
        return None
    moved = not delivery.occasion.startswith(occasion(review.starts_at, 0).partition(" ")[0])
    stopped = OptOut.objects.filter(user=reader, kind=REMINDER).exists()
    return None if moved or stopped else review


def _told() -> Any:
    return Delivery.objects.filter(
        kind=REMINDER,
        subject=Concat(Value("review:"), Cast(OuterRef("review_id"), CharField())),
        recipient=OuterRef("user_id"),
        occasion=OuterRef("occasion"),
    )


def _occasion_in_sql(days: int) -> Any:
    """The same words as `occasion()`."""
    start = Func(
        F("review__starts_at"),
        template="to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI\"Z\"')",
        output_field=CharField(),
    )
    return Concat(start, Value(f" -{days}d"))
