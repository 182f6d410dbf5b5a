"""The outbox of a local demo: what would have been sent if there were a mail server."""

import email
import email.policy
import re
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import Request, admins_only
from kam.lib.outbox.models import KeptMail
from kam.lib.web.htmx import show

LINK = re.compile(r"https?://[^\s<>]+[^\s<>.,]")
MOST = 200


@dataclass(frozen=True)
class Letter:
    """A kept mail as text, with the links in it (this site's own, to be clicked)."""

    text: str
    links: list[str]


@admins_only
@require_safe
def outbox(request: Request) -> HttpResponse:
    return show(request, "kam/outbox/outbox.html", context={"mails": _kept()[:MOST]})


@admins_only
@require_safe
def outbox_message(request: Request, pk: int) -> HttpResponse:
    mail = _kept().filter(pk=pk).first()
    if mail is None:
        raise Http404
    return show(
        request, "kam/outbox/outbox_message.html", context={"mail": mail, "letter": _letter(mail)}
    )


def _kept() -> QuerySet[KeptMail]:
    # A server that sends real mail, or that others reach, has no such page.
    if not (settings.MAIL_STAYS_HERE and settings.DEMO_LOCAL):
        raise Http404
    return KeptMail.objects.all()


def _letter(mail: KeptMail) -> Letter:
    message = email.message_from_bytes(bytes(mail.message), policy=email.policy.default)
    body = message.get_body(("plain",))
    text = body.get_content() if body else ""
    links = [link for link in LINK.findall(text) if link.startswith(settings.SITE_URL)]
    return Letter(text, list(dict.fromkeys(links)))
