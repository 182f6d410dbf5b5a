"""The mails about access: an invitation, a link for a new password."""

from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from accounts.models import Invitation, User
from accounts.models.invitation import KIND as INVITATION
from kam.lib.mail import compose
from kam.lib.outbox.models import Delivery
from kam.lib.outbox.registry import SkipReason, renders
from kam.lib.text.reader import reading_as

RESET = "password_reset"


@renders(INVITATION)
def render_invitation(delivery: Delivery, at: datetime) -> EmailMessage | SkipReason:
    found = Invitation.objects.open().filter(user=delivery.recipient_id).for_page().first()
    if found is None or delivery.occasion != found.occasion or found.is_over(at):
        return SkipReason.OVER
    return invitation(found, found.user)


def invitation(invitation: Invitation, to: User) -> EmailMessage:
    with reading_as(to.reader):
        context = {"invitation": invitation, "reader": to, "by": invitation.by}
        return compose("invitation", context, to=to.email)


@renders(RESET)
def render_password_reset(delivery: Delivery, at: datetime) -> EmailMessage | SkipReason:
    reader = delivery.recipient
    return password_reset(reader) if reader.is_active else SkipReason.RIGHT


def password_reset(to: User) -> EmailMessage:
    key = default_token_generator.make_token(to)
    args = [user_pk_to_url_str(to), key]
    url = settings.SITE_URL + reverse("account_reset_password_from_key", args=args)
    with reading_as(to.reader):
        return compose("password_reset", {"reader": to, "reset_url": url}, to=to.email)


def announce_reset(user: User, at: datetime) -> None:
    Delivery.objects.announce(
        [
            Delivery(
                kind=RESET,
                subject=f"user:{user.pk}",
                recipient=user,
                occasion=at.isoformat(),
                due_at=at,
            )
        ]
    )
