"""The PDF of a plan against bare WeasyPrint on the same HTML, and again from storage."""

import statistics
import time
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

from django.urls import reverse
from django.utils.timezone import now

from accounts.models import Account, User
from kam.lib import pdf
from planning.models import Plan, Report, Snapshot
from planning.report.drawing import draw
from tests.bench.server import Visitor

ROUNDS = 5


def report(port: int, kam: User) -> dict[str, Any]:
    """Medians of alternating rounds, in milliseconds; `ratio` is ours to WeasyPrint alone."""
    account = Account.objects.of_team(kam).by_name()[0]
    plan = Plan.objects.of(account)[0]
    snapshot = Snapshot.take(plan, by=kam, at=now())
    found = Report.of(snapshot, by=kam)
    html = _html_of(found)
    made, ours, bare = _drawn(found), [], []
    for _ in range(ROUNDS):
        ours.append(_milliseconds(lambda: _drawn(found)))
        bare.append(_milliseconds(lambda: _bare(html)))
    found.store(made, pages=made.pages)
    visitor, url = Visitor(port, kam), reverse("planning:report_file", args=[found.pk])
    if visitor.get(url).bytes != len(made):
        raise SystemExit("The stored file is another one.")
    again = [visitor.get(url).milliseconds for _ in range(4 * ROUNDS)]
    median, alone = statistics.median(ours), statistics.median(bare)
    return {
        "pages": made.pages,
        "html_bytes": len(html.encode()),
        "ms": round(median, 1),
        "weasyprint_ms": round(alone, 1),
        "ratio": round(median / alone, 2),
        "again_ms": round(statistics.median(again), 1),
    }


def _drawn(found: Report) -> pdf.Pdf:
    return draw(found, tell=lambda step: None)


def _html_of(found: Report) -> str:
    """The very text that our pages are laid out from, as WeasyPrint is given it."""
    from weasyprint import HTML

    texts: list[str] = []

    def heard(*, string: str, **options: Any) -> Any:
        texts.append(string)
        return HTML(string=string, **options)

    with patch("weasyprint.HTML", side_effect=heard):
        _drawn(found)
    return texts[0]


def _bare(html: str) -> None:
    from weasyprint import HTML

    page = HTML(string=html, base_url="http://localhost/", url_fetcher=pdf.own_fetcher())
    page.write_pdf(pdf_variant=pdf.VARIANT)


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000
