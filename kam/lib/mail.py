"""Mail: one template set in three files becomes one message."""

from collections.abc import Sequence
from email.utils import make_msgid
from typing import Any

import css_inline
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template import Context
from django.template.loader import get_template, render_to_string

from kam.lib.site import site

RESERVED = {"example", "invalid", "localhost", "test"}


def compose(
    name: str, context: dict[str, Any], *, to: str, headers: dict[str, str] | None = None
) -> EmailMultiAlternatives:
    """The message made of emails/NAME.subject.txt, NAME.txt and NAME.html.

    Call it inside `reading_as(reader)`: language, region and zone are the reader's.
    """
    context = {"site_url": settings.SITE_URL, "company": site().heading, **context}
    subject = one_line(_plain(f"emails/{name}.subject.txt", context))
    text = tidy(_plain(f"emails/{name}.txt", context))
    html = css_inline.inline(
        render_to_string(f"emails/{name}.html", context), load_remote_stylesheets=False
    )
    message = EmailMultiAlternatives(subject, text, to=[to], headers=headers or {})
    message.attach_alternative(html, "text/html")
    return message


def _plain(name: str, context: dict[str, Any]) -> str:
    """Text is not HTML: nothing is escaped in it."""
    template: Any = get_template(name)
    return str(template.template.render(Context(context, autoescape=False)))


def one_line(text: str) -> str:
    """A header's value: templates bring line ends, and a header may have none."""
    return " ".join(text.split())


def tidy(text: str) -> str:
    """The text part as people would type it: no more than one blank line, none at the ends."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    kept = [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]
    return "\n".join(kept) + "\n"


def unsubscribe_headers(url: str) -> dict[str, str]:
    """One click stops it (RFC 8058): the mail program posts to `url` by itself."""
    return {
        "List-Unsubscribe": f"<{url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def is_nowhere(address: str) -> bool:
    """Names that nobody can have (RFC 6761), such as the demo's: mail to them only comes back.

    A server that catches everything, or none at all, shows them to whoever tries Clave.
    """
    if settings.MAIL_STAYS_HERE or settings.MAIL_CATCHES_ALL:
        return False
    domain = address.rpartition("@")[2].rstrip(".").lower()
    return domain.rpartition(".")[2] in RESERVED


def with_stable_id(message: EmailMessage) -> EmailMessage:
    """Give the message its Message-ID now, so that sending it twice sends the same message."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    message.extra_headers.setdefault("Message-ID", make_msgid(domain=domain))
    return message


class KeptBackend(BaseEmailBackend):
    """Without EMAIL_URL nothing leaves the machine: mail is kept for the outbox page."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        from kam.lib.outbox.models import KeptMail  # models load after settings name this backend

        KeptMail.objects.bulk_create(KeptMail.of(message) for message in email_messages)
        return len(email_messages)
