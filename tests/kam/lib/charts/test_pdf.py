"""The pages may read our own static files and data, and nothing else in the world."""

import logging
from io import BytesIO
from unittest import mock

from django.test import SimpleTestCase
from pypdf import PdfReader
from weasyprint.urls import FatalURLFetchingError

from kam.lib.pdf import LAYOUT, WORDS, WRITING, Pdf, RefusedAddress, own_fetcher, render_pdf

REFUSED = [
    "file:///etc/passwd",
    "FILE:///etc/passwd",
    "http://127.0.0.1:8000/",
    "http://localhost/",
    "https://[::1]/",
    "http://169.254.169.254/latest/meta-data/",
    "https://example.com/picture.png",
    "ftp://example.com/picture.png",
    "static:../kam/settings.py",
    "static:css/../../kam/settings.py",
    "static:%2e%2e/kam/settings.py",
    "static:/etc/passwd",
    "static://example.com/x.png",
    "static:no/such/file.css",
    "static:css",
    "STATIC:css/tokens.css",
    "data:nonsense",
]


def render(body: str, **options: object) -> Pdf:
    """A page with this body."""
    with mock.patch("kam.lib.pdf.render_to_string", return_value=f"<html lang=en>{body}</html>"):
        return render_pdf("any.html", {}, title="T", language="en", **options)  # type: ignore[arg-type]


class FetcherTest(SimpleTestCase):
    def test_everything_foreign_is_refused_fatally(self) -> None:
        for url in REFUSED:
            with self.subTest(url), self.assertRaises(FatalURLFetchingError):
                own_fetcher().fetch(url)

    def test_own_static_file_is_served(self) -> None:
        answer = own_fetcher().fetch("static:reports/report.css")

        self.assertEqual(answer.content_type, "text/css")
        self.assertIn(b"@page", answer.read())

    def test_data_is_served(self) -> None:
        answer = own_fetcher().fetch("data:text/plain;base64,SGVsbG8=")

        self.assertEqual(answer.read(), b"Hello")


class RenderTest(SimpleTestCase):
    def test_foreign_addresses_stop_the_pages(self) -> None:
        bodies = [
            '<img src="file:///etc/passwd" alt="">',
            '<img src="http://127.0.0.1:6379/" alt="">',
            '<img src="/media/secret.png" alt="">',
            '<img src="secret.png" alt="">',
            '<link rel="attachment" href="file:///etc/passwd">',
            '<a rel="attachment" href="file:///etc/passwd">x</a>',
            '<link rel="stylesheet" href="http://localhost/x.css">',
            "<style>@import 'file:///etc/passwd';</style>",
            "<style>p { background: url(http://[::1]/x.png) }</style><p>x</p>",
            "<style>@font-face { font-family: x; src: url(file:///x.woff2) }</style>",
            '<svg width="9" height="9"><title>x</title><image href="file:///etc/passwd"/></svg>',
        ]
        for body in bodies:
            with self.subTest(body), self.assertRaises(RefusedAddress):
                render(body)

    def test_refusal_is_an_ordinary_exception(self) -> None:
        """WeasyPrint's own is a BaseException, which would end the worker."""
        self.assertTrue(issubclass(RefusedAddress, Exception))

    def test_picture_of_data_is_drawn(self) -> None:
        svg = (
            "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/%3E"
        )

        self.assertEqual(render(f'<img src="{svg}" alt="a square">').pages, 1)

    def test_steps_are_told_as_they_begin(self) -> None:
        heard: list[str] = []

        render("<p>Hello</p>", tell=heard.append)

        self.assertEqual(heard, [WORDS, LAYOUT, WRITING])

    def test_same_pages_are_the_same_bytes(self) -> None:
        with self.assertNoLogs("weasyprint", logging.WARNING):
            page = '<link rel="stylesheet" href="static:reports/report.css"><p>Año Ünïcode</p>'

            self.assertEqual(render(page), render(page))

    def test_links_lead_to_the_site(self) -> None:
        pdf = render('<a href="/accounts/1/">Acme</a>')

        link = PdfReader(BytesIO(pdf)).pages[0]["/Annots"][0].get_object()  # type: ignore[index]
        self.assertTrue(link["/A"]["/URI"].endswith("/accounts/1/"))
        self.assertTrue(link["/A"]["/URI"].startswith("http"))
