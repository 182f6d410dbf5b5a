"""Who must be reminded of which review now: one set query an offset, the ledger says what was told."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db.models import CharField, Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat

from kam.lib.outbox.models import Delivery, OptOut
from kam.lib.outbox.registry import SkipReason
from reviews.models import Attendance, Reminder, Review
from reviews.models.clock import LONGEST_BACK
from reviews.models.notices import AGENDA, REMINDER
from reviews.models.review import ReviewState
from reviews.recurrence.recurrence import moment

# A review that is moved or called within its offset still reminds, if the time passed not long ago.
WINDOW = timedelta(days=1)
DAY = timedelta(days=1)
MORNING = time(7)


def occasion(starts_at: datetime, days: int) -> str:
    """Start and offset: a review that is moved reminds again."""
    return f"{start_words(starts_at)} -{days}d"


def start_words(starts_at: datetime) -> str:
    return f"{starts_at.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def back_to(at: datetime, since: datetime | None) -> datetime:
    """How far back something may have fallen due and still be told: further after a pause."""
    return max(min(since or at, at - WINDOW), at - LONGEST_BACK)


def announce_reminders(at: datetime, since: datetime | None = None) -> None:
    """After a pause of the clock only the latest offset that passed is made up."""
    offsets = sorted(set(Reminder.objects.values_list("days", flat=True).distinct()))
    for number, days in enumerate(offsets):
        rows = list(due_reminders(days, at, back_to(at, since), overtaken_by=offsets[:number]))
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


def due_reminders(days: int, at: datetime, back: datetime, overtaken_by: list[int]) -> Any:
    """(review, person, start) of those whose offset passed after `back`, not yet told."""
    ahead = timedelta(days=days)
    overtaken = Q(pk=None)
    for nearer in overtaken_by:
        series = Reminder.objects.filter(series=OuterRef("review__series"), days=nearer)
        overtaken |= Q(Exists(series), review__starts_at__lte=at + timedelta(days=nearer))
    return (
        Attendance.objects.asked()
        .filter(
            review__state=ReviewState.SCHEDULED,
            review__account__archived_at=None,
            review__series__reminders__days=days,
            review__starts_at__gt=max(at, back + ahead),
            review__starts_at__lte=at + ahead,
        )
        .exclude(overtaken)
        .annotate(occasion=_occasion_in_sql(days))
        .exclude(Exists(OptOut.objects.of_kind(REMINDER).filter(user=OuterRef("user"))))
        .exclude(Exists(_told()))
        .order_by("review__starts_at", "pk")
        .values_list("review_id", "user_id", "review__starts_at")
    )


def still_wanted(delivery: Delivery, at: datetime) -> Review | SkipReason:
    """The review, if the reader may see it, is asked, and it starts as announced; else why not."""
    reader = delivery.recipient
    found = _as_announced(delivery, at)
    if isinstance(found, SkipReason):
        return found
    asked = Attendance.objects.asked().filter(review=found, user=reader)
    return found if asked.exists() else SkipReason.OVER


# --- The agenda that nobody wrote ---------------------------------------------------------------


def announce_empty_agendas(at: datetime, since: datetime | None = None) -> None:
    """To the owner, at seven on the day before, on their clock."""
    told = Delivery.objects.filter(
        kind=AGENDA, subject=_review_subject("pk"), occasion=_start_in_sql("starts_at")
    )
    stopped = OptOut.objects.of_kind(AGENDA).filter(user=OuterRef("series__owner"))
    reviews = (
        Review.objects.coming(at)
        .without_agenda()
        .filter(
            starts_at__lt=at + 2 * DAY, account__archived_at=None, series__owner__is_active=True
        )
        .exclude(Exists(told))
        .exclude(Exists(stopped))
        .select_related("series__owner")
    )
    back = back_to(at, since)
    rows = [
        Delivery(
            kind=AGENDA,
            subject=f"review:{review.pk}",
            recipient=review.series.owner,
            occasion=start_words(review.starts_at),
            due_at=eve_of(review),
        )
        for review in reviews
        if back < eve_of(review) <= at
    ]
    if rows:
        Delivery.objects.announce(rows)


def eve_of(review: Review) -> datetime:
    """Seven in the morning of the owner's day before the review."""
    owner = review.series.owner
    return moment(datetime.combine(owner.today(review.starts_at) - DAY, MORNING), owner.zone)


def still_empty(delivery: Delivery, at: datetime) -> Review | SkipReason:
    """The review, if it starts as announced, is the reader's, and still has no agenda."""
    found = _as_announced(delivery, at)
    if isinstance(found, SkipReason):
        return found
    return (
        SkipReason.OVER
        if found.agenda.strip() or found.series.owner != delivery.recipient
        else found
    )


# --- What both share ----------------------------------------------------------------------------


def _as_announced(delivery: Delivery, at: datetime) -> Review | SkipReason:
    found = Review.objects.filter(pk=int(delivery.subject.partition(":")[2]))
    review = found.coming(at).filter(account__archived_at=None).for_list().first()
    if review is None or delivery.occasion.partition(" ")[0] != start_words(review.starts_at):
        return SkipReason.OVER
    return review if found.visible_to(delivery.recipient).exists() else SkipReason.RIGHT


def _told() -> Any:
    return Delivery.objects.filter(
        kind=REMINDER,
        subject=_review_subject("review_id"),
        recipient=OuterRef("user_id"),
        occasion=OuterRef("occasion"),
    )


def _review_subject(name: str) -> Any:
    return Concat(Value("review:"), Cast(OuterRef(name), CharField()))


def _occasion_in_sql(days: int) -> Any:
    """The same words as `occasion()`."""
    return Concat(_in_words(F("review__starts_at")), Value(f" -{days}d"))


def _start_in_sql(name: str) -> Any:
    """The same words as `start_words()`, of the outer row."""
    return _in_words(OuterRef(name))


def _in_words(start: Any) -> Any:
    return Func(
        start,
        template="to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI\"Z\"')",
        output_field=CharField(),
    )
