"""A mail to a person of ours, with the way out of its kind."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage

from accounts.models import User
from kam.lib.mail import compose, unsubscribe_headers
from kam.lib.outbox.stop import token_of
from kam.lib.web.addresses import address_of


def stop_path(user: User, kind: str) -> str:
    return address_of("mail_stop", token_of(user, kind))


def letter(name: str, context: dict[str, Any], *, to: User, kind: str) -> EmailMessage:
    """Call it inside `reading_as(to.reader)`; one click stops this kind for this person."""
    stop_url = settings.SITE_URL + stop_path(to, kind)
    settings_url = settings.SITE_URL + address_of("mail_settings")
    return compose(
        name,
        {**context, "stop_url": stop_url, "settings_url": settings_url},
        to=to.email,
        headers=unsubscribe_headers(stop_url),
    )
