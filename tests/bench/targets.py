"""What the figures must be, from the issue that set them: one line for each that is missed."""

from collections.abc import Iterator
from typing import Any

from tests.bench.pages import Row

TIMES_THE_FLOOR = {
    "today": 5.0, "list": 5.0, "portfolio": 5.0, "reviews": 5.0, "overview": 4.0, "plan": 4.0,
    "stakeholders": 4.0, "save": 3.0, "search": 3.0,
}  # fmt: skip
MOST_QUERIES, MOST_BYTES = 15, 60_000
MOST_GROWTH = 1.3
MOST_CSS, MOST_JS = 30_000, 60_000
MOST_P95, MOST_ERRORS = 500, 0.001
SECONDS = {"digests": 60, "readings": 60}
MOST_PDF, MOST_PDF_AGAIN = 1.3, 50
MOST_IMPORT, MOST_IMPORT_MB = 180, 500  # 100,000 opportunities with 300,000 activities
MOST_SCAN = 60_000  # milliseconds: the clock comes every minute
ALL = (
    "pages",
    "first_load",
    "load",
    "pdf",
    "digests",
    "readings",
    "reminder_scan",
    "memory_mb",
    "imports",
)


def missed(rows: list[Row], found: dict[str, Any]) -> list[str]:
    return [
        *of_pages(rows),
        *of_growth(rows),
        *of_load(found.get("load")),
        *of_assets(found),
        *of_pdf(found.get("pdf")),
        *of_the_night(found),
        *of_imports(found.get("imports")),
    ]


def unmeasured(rows: list[Row], found: dict[str, Any]) -> str:
    """What this run says nothing about; empty after `--full`."""
    lacking = [name.replace("_", " ") for name in ALL if name not in found]
    if len({row.accounts for row in rows}) < 2:
        lacking.append("growth to 10,000 accounts")
    return ", ".join(lacking)


def of_pages(rows: list[Row]) -> Iterator[str]:
    for row in rows:
        words = f"{row.page} ({row.accounts} accounts)"
        most = TIMES_THE_FLOOR.get(row.page)
        if most and row.ratio > most:
            yield f"{words} takes {row.ratio} × the floor, at most {most}"
        if row.queries > MOST_QUERIES:
            yield f"{words} asks {row.queries} queries, at most {MOST_QUERIES}"
        if row.bytes > MOST_BYTES:
            yield f"{words} has {row.bytes} bytes, at most {MOST_BYTES}"


def of_growth(rows: list[Row]) -> Iterator[str]:
    """Compared as multiples of the floor, since the machine may be slower a minute later."""
    few = {row.page: row for row in rows if row.accounts == min(r.accounts for r in rows)}
    for row in rows:
        before = few[row.page]
        if row.accounts > before.accounts and row.ratio > MOST_GROWTH * before.ratio:
            times = row.ratio / before.ratio
            yield f"{row.page} is {times:.2f} × slower with {row.accounts} accounts, at most {MOST_GROWTH}"
        if row.queries != before.queries:
            yield f"{row.page} asks {row.queries} queries with {row.accounts} accounts, {before.queries} before"


def of_load(load: dict[str, Any] | None) -> Iterator[str]:
    if load is None:
        return
    for name in ("p95_ms", "storm_p95_ms"):
        if load[name] > MOST_P95:
            yield f"The load's {name} is {load[name]}, at most {MOST_P95}"
    if load["errors"] > MOST_ERRORS * load["requests"]:
        yield f"{load['errors']} errors in {load['requests']} requests"


def of_assets(found: dict[str, Any]) -> Iterator[str]:
    if "first_load" not in found:
        return
    for kind, most in (("css", MOST_CSS), ("js", MOST_JS)):
        size = found["first_load"][f"{kind}_bytes"]
        if size > most:
            yield f"The first load has {size} bytes of {kind}, at most {most}"


def of_pdf(pdf: dict[str, Any] | None) -> Iterator[str]:
    if pdf is None:
        return
    if pdf["ratio"] > MOST_PDF:
        yield f"The PDF takes {pdf['ratio']} × bare WeasyPrint, at most {MOST_PDF}"
    if pdf["again_ms"] > MOST_PDF_AGAIN:
        yield f"The stored PDF takes {pdf['again_ms']} ms, at most {MOST_PDF_AGAIN}"


def of_the_night(found: dict[str, Any]) -> Iterator[str]:
    for name, most in SECONDS.items():
        if name in found and found[name]["seconds"] > most:
            yield f"The {name} take {found[name]['seconds']} s, at most {most}"
    scan = found.get("reminder_scan")
    if scan and scan["tick_with_past_ms"] > MOST_SCAN:
        yield f"The clock's minute takes {scan['tick_with_past_ms']} ms, at most {MOST_SCAN}"


def of_imports(found: dict[str, Any] | None) -> Iterator[str]:
    if found is None:
        return
    for name in ("seconds", "again_seconds"):
        if found[name] > MOST_IMPORT:
            yield f"The import's {name} are {found[name]}, at most {MOST_IMPORT}"
    if found["memory_mb"] > MOST_IMPORT_MB:
        yield f"The import takes {found['memory_mb']} MB, at most {MOST_IMPORT_MB}"
