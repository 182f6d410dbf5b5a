"""Every place where a figure stands, as its reader gets it: plain text, with plain spaces."""

import re
from collections.abc import Callable
from html import unescape
from typing import cast

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from kam.lib.text.reader import Reader, reading_as
from planning.models import Report, Snapshot
from planning.models.report import Form
from planning.report.drawing import TEMPLATES, pages_of
from planning.report.one_page import OnePage
from reviews.emails import weekly_digest
from reviews.models import DigestChoice
from reviews.notices.digest import gather
from tests.base import MONDAY, SignedIn
from tests.figures.companies import Company

Where = Callable[[Company], str]
PAGES: dict[str, Where] = {
    "overview": lambda company: reverse("overview", args=[company.account.pk]),
    "money": lambda company: reverse("accounts:money", args=[company.account.pk]),
    "list": lambda company: reverse("accounts:accounts"),
    "portfolio": lambda company: reverse("reviews:portfolio"),
    "one page": lambda company: reverse("planning:onepage", args=[company.plan.pk]),
}
FILES: dict[str, Where] = {
    "list as CSV": lambda company: reverse("integrations:accounts_export"),
    "portfolio as CSV": lambda company: reverse("integrations:portfolio_export"),
}


def everywhere(company: Company, language: str) -> dict[str, str]:
    """By place what stands there for the reader of that language."""
    client = SignedIn()
    client.force_login(company.readers[language])
    said = {
        place: text_of(client.get(where(company)).content.decode())
        for place, where in PAGES.items()
    }
    for place, where in FILES.items():
        answer = client.get(where(company))
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        said[place] = content.decode("utf-8-sig")
    return said | _reports(company, language) | _digest(company, language)


def _reports(company: Company, language: str) -> dict[str, str]:
    """The words of the PDF, before they are laid out; test_same_figures.py reads the laid out."""
    snapshot = Snapshot.take(company.plan, by=company.kam, at=MONDAY)
    region = company.readers[language].region
    said = {}
    for place, form in (("full PDF", Form.FULL), ("one-page PDF", Form.ONE_PAGE)):
        report = Report(snapshot=snapshot, form=form, language=language, region=region, names=True)
        with reading_as(Reader(language, region, "Europe/Berlin")):
            plan = pages_of(report)
            context = {"plan": plan, "page": OnePage.of(plan, []), "language": region}
            said[place] = text_of(render_to_string(TEMPLATES[form], context))
    return said


def _digest(company: Company, language: str) -> dict[str, str]:
    reader = company.readers[language]
    with reading_as(Reader(language, reader.region, "Europe/Berlin")):
        digest = gather(reader, MONDAY)
        if digest is None:
            return {}
        choice = DigestChoice(user=reader, since=MONDAY)
        mail = cast(EmailMultiAlternatives, weekly_digest(digest, choice))
    return {
        "digest": plain(str(mail.body)),
        "digest as HTML": text_of(str(mail.alternatives[0][0])),
    }


def text_of(html: str) -> str:
    """What a reader sees, without tags."""
    shown = re.sub(r"<(style|title|head|script|svg)\b.*?</\1>", " ", html, flags=re.S)
    return plain(unescape(re.sub(r"<[^>]+>", " ", shown)))


def plain(text: str) -> str:
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").replace("\u202f", " ").split())
