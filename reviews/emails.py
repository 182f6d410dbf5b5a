"""The mails of reviews. Each re-reads rights and state; None means: not to be told any more."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from accounts.models import User
from kam.lib.mail import compose, unsubscribe_headers
from kam.lib.outbox.models import Delivery
from kam.lib.outbox.registry import renders
from kam.lib.reader import reading_as
from planning.models import Action
from reviews.clock import ASKED
from reviews.digest import Digest, gather
from reviews.models import DigestChoice, Review
from reviews.models.notices import DIGEST, REMINDER
from reviews.reminders import still_wanted
from reviews.stop import stop_path
from reviews.wording import cadence

MOST = 5


@renders(REMINDER)
def render_reminder(delivery: Delivery, at: datetime) -> EmailMessage | None:
    review = still_wanted(delivery, at)
    return review_reminder(review, delivery.recipient, at) if review else None


@renders(DIGEST)
def render_digest(delivery: Delivery, at: datetime) -> EmailMessage | None:
    reader = delivery.recipient
    choice = DigestChoice.objects.of(reader, at)
    wanted = choice.is_on or delivery.occasion.startswith(ASKED)
    digest = gather(reader, at) if wanted and reader.is_active else None
    return weekly_digest(digest, choice) if digest else None


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
        return _mail("review_reminder", context, to, REMINDER)


def weekly_digest(digest: Digest, choice: DigestChoice) -> EmailMessage:
    with reading_as(digest.reader.reader):
        return _mail("weekly_digest", {"digest": digest, "choice": choice}, digest.reader, DIGEST)


def _mail(name: str, context: dict[str, object], to: User, kind: str) -> EmailMessage:
    stop_url = settings.SITE_URL + stop_path(to, kind)
    context |= {
        "stop_url": stop_url,
        "settings_url": settings.SITE_URL + reverse("reviews:mail_settings"),
    }
    return compose(name, context, to=to.email, headers=unsubscribe_headers(stop_url))
