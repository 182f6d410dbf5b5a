"""What the clock does with reviews each minute. Every step asks "what is due?" and may run twice."""

import logging
from datetime import datetime, timedelta

from django.utils.dateparse import parse_date

from accounts.models import User
from kam.lib.outbox.models import Delivery
from reviews.models import Clock, DigestChoice, Review, Series
from reviews.models.notices import DIGEST
from reviews.notices.daily_notices import announce_mornings
from reviews.notices.reminders import announce_empty_agendas, announce_reminders
from reviews.recurrence.recurrence import BadRule

log = logging.getLogger(__name__)
ASKED = "asked"
FORTNIGHT = timedelta(days=14)


def tick(at: datetime) -> None:
    since = Clock.objects.since(at)
    extend_series(at)
    Review.objects.mark_missed(at)
    announce_reminders(at, since)
    announce_empty_agendas(at, since)
    announce_mornings(since, at)
    announce_digests(at)
    # The last step: after a crash before it everything is asked again, and the ledger knows.
    Clock.objects.note(at)


def extend_series(at: datetime) -> None:
    for series in Series.objects.to_extend(at):
        try:
            series.extend(at)
        except BadRule:
            log.exception("Series %s has a rule that cannot be followed", series.pk)


def announce_digests(at: datetime) -> None:
    """The latest digest of everybody who wants it; one that was missed is made up once."""
    DigestChoice.objects.enrol_managers(at)
    due = [choice for choice in DigestChoice.objects.wanted() if choice.is_due(at)]
    told = Delivery.objects.filter(kind=DIGEST, due_at__gte=at - FORTNIGHT)
    known = {
        (reader, week_said(occasion))
        for reader, occasion in told.values_list("recipient_id", "occasion")
    }
    new = [c for c in due if (c.user_id, c.week_of(c.last_time(at))) not in known]
    if new:
        Delivery.objects.announce(digest_for(choice, choice.last_time(at)) for choice in new)


def week_said(occasion: str) -> str:
    """Before 0.1.0 the day stood there: its week."""
    day = parse_date(occasion) if len(occasion) == len("2026-11-23") else None
    if day is None:
        return occasion
    year, week, _day = day.isocalendar()
    return f"{year}-W{week:02}"


def digest_for(choice: DigestChoice, due: datetime) -> Delivery:
    return Delivery(
        kind=DIGEST,
        subject=f"person:{choice.user_id}",
        recipient_id=choice.user_id,
        occasion=choice.week_of(due),
        due_at=due,
    )


def ask_for_digest(user: User, at: datetime) -> None:
    """One more, because the person asked for it now; twice in a minute is once."""
    asked = Delivery(
        kind=DIGEST,
        subject=f"person:{user.pk}",
        recipient=user,
        occasion=f"{ASKED} {at:%Y-%m-%dT%H:%M}",
        due_at=at,
    )
    Delivery.objects.announce([asked])
