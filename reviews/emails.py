"""The mails of reviews. Each re-reads rights and state; None means: not to be told any more."""

from datetime import datetime

from django.core.mail import EmailMessage
from django.utils.translation import gettext_lazy as _

from accounts.mails import letter
from accounts.models import User
from kam.lib.outbox.models import Delivery
from kam.lib.outbox.registry import Unsaid, renders
from kam.lib.reader import reading_as
from planning.models import Action
from reviews.clock import ASKED
from reviews.digest import Digest, gather
from reviews.models import DigestChoice, Review
from reviews.models.notices import DIGEST, REMINDER
from reviews.reminders import still_wanted
from reviews.wording import cadence

MOST = 5


@renders(REMINDER, when=_("A review comes up"))
def render_reminder(delivery: Delivery, at: datetime) -> EmailMessage | Unsaid:
    review = still_wanted(delivery, at)
    if isinstance(review, Unsaid):
        return review
    return review_reminder(review, delivery.recipient, at)


@renders(DIGEST, when=_("Weekly digest"))
def render_digest(delivery: Delivery, at: datetime) -> EmailMessage | Unsaid:
    reader = delivery.recipient
    choice = DigestChoice.objects.of(reader, at)
    if not (choice.is_on or delivery.occasion.startswith(ASKED)):
        return Unsaid.STOPPED
    digest = gather(reader, at) if reader.is_active else None
    return weekly_digest(digest, choice) if digest else Unsaid.RIGHT


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


def weekly_digest(digest: Digest, choice: DigestChoice) -> EmailMessage:
    with reading_as(digest.reader.reader):
        context = {"digest": digest, "choice": choice}
        return letter("weekly_digest", context, to=digest.reader, kind=DIGEST)
