"""PDF: a template over frozen data becomes pages. The only place that knows WeasyPrint."""

import logging
import mimetypes
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Self
from urllib.request import DataHandler, Request

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousOperation
from django.template.loader import render_to_string

VARIANT = "pdf/ua-1"
# Subsets of fonts carry a date: a fixed one makes the same pages the same bytes.
EPOCH = "1700000000"
CHATTY = ("weasyprint.progress", "fontTools")  # a hundred lines for each PDF
OWN_FILE = re.compile(r"static:(?!/)[A-Za-z0-9._/-]+")

# Steps that are truly passed, in the order a caller hears them.
WORDS, LAYOUT, WRITING = "words", "layout", "writing"


class Pdf(bytes):
    """The bytes of the file, and how many pages it has."""

    pages: int

    @classmethod
    def of(cls, content: bytes, pages: int) -> Self:
        pdf = cls(content)
        pdf.pages = pages
        return pdf


class RefusedAddress(Exception):
    """The template asked for something that is not ours: a programming error or an attack."""


def render_pdf(
    template: str,
    context: Mapping[str, Any],
    *,
    title: str,
    language: str,
    tell: Callable[[str], None] = lambda step: None,
) -> Pdf:
    """Accessible pages (PDF/UA-1). Call it inside `reading_as(reader)`, in a worker.

    `language` is a tag such as es-CO. `tell` hears each step as it begins. Raises
    RefusedAddress when the pages ask for anything but `static:` and `data:`.
    """
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    os.environ.setdefault("SOURCE_DATE_EPOCH", EPOCH)
    # Heavy: only the worker that draws needs it.
    from weasyprint import HTML  # 1.3 s to import: workers only
    from weasyprint.urls import FatalURLFetchingError

    tell(WORDS)
    html = render_to_string(template, {**context, "title": title, "language": language})
    # Relative links become links to the site; relative pictures are refused with it.
    fetcher = own_fetcher()
    page = HTML(string=html, base_url=f"{settings.SITE_URL}/", url_fetcher=fetcher)
    try:
        tell(LAYOUT)
        document = page.render(pdf_variant=VARIANT)
        tell(WRITING)
        content = document.write_pdf(pdf_variant=VARIANT)
    except FatalURLFetchingError as error:  # a BaseException: it would end the worker
        raise RefusedAddress(str(error)) from error
    if fetcher.refused:  # inside an SVG WeasyPrint swallows even the fatal error
        raise RefusedAddress(fetcher.refused[0])
    return Pdf.of(content, len(document.pages))


def own_fetcher() -> Any:
    """WeasyPrint's way to files and pictures: our own static files and data, nothing else.

    Only the fatal error is safe: of any other WeasyPrint makes a warning and leaves a gap.
    """
    # Heavy: only the worker that draws needs it.
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class OwnFetcher(URLFetcher):  # type: ignore[misc]  # the library has no types
        def __init__(self) -> None:
            super().__init__()
            self.refused: list[str] = []

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            try:
                if url[:5].lower() == "data:":
                    found = DataHandler().data_open(Request(url))  # noqa: S310 (data: only)
                    return URLFetcherResponse(url, found.read(), found.headers)
                path = own_file(url)
                return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind_of(path)})
            except (RefusedAddress, OSError, ValueError) as error:
                self.refused.append(f"{url[:200]}: {error}")
                raise FatalURLFetchingError(self.refused[-1]) from error

    return OwnFetcher()


def own_file(url: str) -> Path:
    """The file of a `static:` address, among the static files of the house only."""
    if not OWN_FILE.fullmatch(url) or ".." in url:
        raise RefusedAddress("only static: and data: may be read")
    try:
        found = finders.find(url.removeprefix("static:"))
    except SuspiciousOperation as error:
        raise RefusedAddress("outside of the static files") from error
    if not isinstance(found, str) or not Path(found).is_file():
        raise RefusedAddress("no such static file")
    return Path(found)


def kind_of(path: Path) -> str:
    return mimetypes.guess_type(path.name)[0] or "application/octet-stream"
