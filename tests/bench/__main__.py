"""bin/bench: how long the pages take, as ratios to the empty frame through the same server.

Milliseconds of one machine say little; the ratio to the floor, measured in the same rounds, holds.
"""

import argparse
import json
import sys
from dataclasses import asdict
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402 (after setup)
from django.utils.timezone import now  # noqa: E402 (once Django is set up)

from accounts.models import User  # noqa: E402 (once Django is set up)
from tests.bench.assets import first_load  # noqa: E402 (once Django is set up)
from tests.bench.data import book_reviews, fill  # noqa: E402 (once Django is set up)
from tests.bench.digests import digests  # noqa: E402 (once Django is set up)
from tests.bench.imports import imports  # noqa: E402 (once Django is set up)
from tests.bench.load import load  # noqa: E402 (once Django is set up)
from tests.bench.memory import memory_behind, memory_of  # noqa: E402 (once Django is set up)
from tests.bench.pages import Row, measure  # noqa: E402 (once Django is set up)
from tests.bench.readings import readings  # noqa: E402 (once Django is set up)
from tests.bench.report import report  # noqa: E402 (once Django is set up)
from tests.bench.scan import scan  # noqa: E402 (once Django is set up)
from tests.bench.server import web_server  # noqa: E402 (once Django is set up)
from tests.bench.targets import missed, unmeasured  # noqa: E402 (once Django is set up)


def main() -> int:
    options = arguments()
    found: dict[str, Any] = {"pages": []}
    if options.only_imports:
        found["imports"] = imports(options.only_imports)
    else:
        measure_all(options, found)
    say(found, as_json=options.json)
    return judge(found, as_json=options.json) if options.check else 0


def measure_all(options: argparse.Namespace, found: dict[str, Any]) -> None:
    for accounts in options.accounts:
        kam = grown_to(accounts)
        with web_server(workers=1) as (port, _):
            found["pages"] += [asdict(r) for r in measure(port, kam, accounts, options.rounds)]
            found["pdf"] = report(port, kam)
        if options.managers and "digests" not in found:
            # Among the fewest accounts each manager watches over fifty: no mail is about more.
            found["digests"] = digests(options.managers)
    found["first_load"] = first_load(kam)
    found |= of_many_people(options)
    found |= of_the_night(options, kam)
    if options.imports:
        found["imports"] = imports(options.imports)


def of_many_people(options: argparse.Namespace) -> dict[str, Any]:
    if not options.people:
        return {}
    with web_server(workers=2) as (port, pid):
        found = {"load": load(port, options.people, options.seconds).as_dict()}
        return found | {"memory_mb": {"web": memory_of(pid), **memory_behind()}}


def of_the_night(options: argparse.Namespace, kam: User) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if options.managers:
        found["readings"] = readings()
    if options.past_reviews:
        found["reminder_scan"] = scan(kam, options.past_reviews)
    return found


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument(
        "--accounts", type=sizes, default=[1000], help="such as 1000, or 1000,10000 to compare"
    )
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--people", type=int, default=40, help="of the load; 0 leaves it out")
    parser.add_argument("--seconds", type=int, default=20, help="how long the load lasts")
    parser.add_argument(
        "--past-reviews", type=int, default=0, help="the clock's minute among so many"
    )
    parser.add_argument("--managers", type=int, default=0, help="a weekly digest for each of them")
    parser.add_argument(
        "--imports", type=int, default=0, help="so many opportunities and thrice the activities"
    )
    parser.add_argument("--only-imports", type=int, default=0, help="these, and nothing else")
    parser.add_argument(
        "--full", action="store_true", help="everything, with 10,000 accounts: half an hour"
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--check", action="store_true", help="fail when a target is missed")
    options = parser.parse_args()
    if options.full:
        options.accounts, options.past_reviews, options.managers = [1000, 10_000], 1_000_000, 1000
        options.imports = 100_000
    return options


def sizes(text: str) -> list[int]:
    return sorted(int(part) for part in text.split(","))


def grown_to(accounts: int) -> User:
    kam = fill(accounts)
    book_reviews(kam, now())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    connection.close()
    return kam


def say(found: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(found, indent=2) + "\n")
        return
    head = (
        *("page", "accounts", "p50 ms", "p95 ms", "ratio", "queries", "bytes"),
        *("drawn ms", "ratio", "queries"),
    )
    for line in (head, *(tuple(row.values()) for row in found["pages"])):
        sys.stdout.write("".join(f"{value!s:>12}" for value in line) + "\n")
    for name in found:
        if name != "pages":
            facts = ", ".join(f"{key} {value}" for key, value in found[name].items())
            sys.stdout.write(f"\n{name.replace('_', ' ')}: {facts}\n")


def judge(found: dict[str, Any], *, as_json: bool) -> int:
    rows = [Row(**row) for row in found["pages"]]
    lines = missed(rows, found)
    out = sys.stderr if as_json else sys.stdout
    if lacking := unmeasured(rows, found):
        out.write(f"\nNot measured in this run: {lacking}.\n")
    out.write("\n".join(["", *lines, ""]) if lines else "\nEvery target is met.\n")
    return min(len(lines), 1)


if __name__ == "__main__":
    sys.exit(main())
