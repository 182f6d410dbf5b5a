"""Who must be reminded of which review now: one set query an offset, the ledger says what was told."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import CharField, Exists, F, Func, OuterRef, Value
from django.db.models.functions import Cast, Concat

from kam.lib.outbox.models import Delivery, OptOut
from kam.lib.outbox.registry import Unsaid
from reviews.models import Attendance, Reminder, Review
from reviews.models.notices import REMINDER
from reviews.models.review import State

# A reminder whose time passed longer ago was overtaken by life: the next offset reminds instead.
WINDOW = timedelta(days=1)


def occasion(starts_at: datetime, days: int) -> str:
    """Start and offset: a review that is moved reminds again."""
    return f"{start_words(starts_at)} -{days}d"


def start_words(starts_at: datetime) -> str:
    return f"{starts_at.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


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


def still_wanted(delivery: Delivery, at: datetime) -> Review | Unsaid:
    """The review, if the reader may see it, is asked, and it starts as announced; else why not."""
    reader = delivery.recipient
    found = Review.objects.filter(pk=int(delivery.subject.partition(":")[2]))
    review = found.coming(at).filter(account__archived_at=None).for_list().first()
    if review is None or delivery.occasion.partition(" ")[0] != start_words(review.starts_at):
        return Unsaid.OVER
    if not found.visible_to(reader).exists():
        return Unsaid.RIGHT
    if not Attendance.objects.asked().filter(review=review, user=reader).exists():
        return Unsaid.OVER
    return review


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
