"""The mails of reviews. Each re-reads rights and state; None means: not to be told any more."""

from datetime import datetime

from django.core.mail import EmailMessage
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.users.personal_mail import letter
from kam.lib.outbox.models import Delivery
from kam.lib.outbox.registry import SkipReason, renders
from kam.lib.text.reader import reading_as
from planning.models import Action
from reviews.models import DigestChoice, Review
from reviews.models.notices import ACTIONS, AGENDA, DIGEST, MISSED, REMINDER
from reviews.notices.digest import Digest, gather
from reviews.notices.due_mail import (
    DueWork,
    missed_reviews,
    owed_actions,
    why_not_missed,
    why_not_owed,
)
from reviews.notices.reminders import still_empty, still_wanted
from reviews.notices.review_clock import ASKED
from reviews.recurrence.recurrence_text import cadence

MOST = 5
MOST_MISSED = 12


@renders(REMINDER, when=_("A review comes up"))
def render_reminder(delivery: Delivery, at: datetime) -> EmailMessage | SkipReason:
    review = still_wanted(delivery, at)
    if isinstance(review, SkipReason):
        return review
    return review_reminder(review, delivery.recipient, at)


@renders(AGENDA, when=_("An agenda of mine is empty the day before"))
def render_agenda(delivery: Delivery, at: datetime) -> EmailMessage | SkipReason:
    review = still_empty(delivery, at)
    if isinstance(review, SkipReason):
        return review
    return review_without_agenda(review, delivery.recipient, at)


@renders(MISSED, when=_("A review of mine was missed"))
def render_missed(delivery: Delivery, at: datetime) -> EmailMessage | SkipReason:
    reader = delivery.recipient
    missed = missed_reviews(reader, at)
    return review_missed(missed, reader, at) if missed else why_not_missed(reader)


@renders(ACTIONS, when=_("Actions of mine are due or late"))
def render_actions(delivery: Delivery, at: datetime) -> EmailMessage | SkipReason:
    reader = delivery.recipient
    owed = owed_actions(reader, at)
    return actions_due(owed, reader) if owed.count else why_not_owed(reader)


@renders(DIGEST, when=_("Weekly digest"))
def render_digest(delivery: Delivery, at: datetime) -> EmailMessage | SkipReason:
    reader = delivery.recipient
    choice = DigestChoice.objects.of(reader, at)
    if not (choice.is_on or delivery.occasion.startswith(ASKED)):
        return SkipReason.STOPPED
    digest = gather(reader, at) if reader.is_active else None
    return weekly_digest(digest, choice) if digest else SkipReason.RIGHT


def review_reminder(review: Review, to: User, at: datetime) -> EmailMessage:
    with reading_as(to.reader):
        today, day = to.today(at), to.today(review.starts_at)
        yours = Action.objects.visible_to(to).of_account(review.account).open().owned_by(to)
        context = {
            "review": review,
            "reader": to,
            "day": today,
            "days": (day - today).days,
            "cadence": cadence(review.series.rule),
            "agenda": [line for line in review.agenda.splitlines() if line.strip()],
            "yours": list(yours.due_before(day).for_list()[:MOST]),
            "others": [a.user.name for a in review.people if a.user_id != to.pk],
        }
        return letter("review_reminder", context, to=to, kind=REMINDER)


def review_without_agenda(review: Review, to: User, at: datetime) -> EmailMessage:
    with reading_as(to.reader):
        day = to.today(at)
        late = Action.objects.visible_to(to).of_account(review.account).open().due_before(day)
        context = {
            "review": review,
            "reader": to,
            "day": day,
            "days": (to.today(review.starts_at) - day).days,
            "late": list(late.for_list()[:MOST]),
            "others": [a.user.name for a in review.people if a.user_id != to.pk],
        }
        return letter("review_without_agenda", context, to=to, kind=AGENDA)


def review_missed(missed: list[Review], to: User, at: datetime) -> EmailMessage:
    with reading_as(to.reader):
        context = {
            "missed": missed[:MOST_MISSED],
            "count": len(missed),
            "more": max(0, len(missed) - MOST_MISSED),
            "day": to.today(at),
        }
        return letter("review_missed", context, to=to, kind=MISSED)


def actions_due(owed: DueWork, to: User) -> EmailMessage:
    with reading_as(to.reader):
        return letter("actions_due", {"owed": owed, "day": owed.day}, to=to, kind=ACTIONS)


def weekly_digest(digest: Digest, choice: DigestChoice) -> EmailMessage:
    with reading_as(digest.reader.reader):
        context = {"digest": digest, "choice": choice}
        return letter("weekly_digest", context, to=digest.reader, kind=DIGEST)
