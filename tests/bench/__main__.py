"""bin/bench: how long the pages take, as ratios to the empty frame through the same server.

Milliseconds of one machine say little; the ratio to the floor, measured in the same rounds, holds.
"""

import argparse
import json
import statistics
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

import django

django.setup()

from django.db import connection  # noqa: E402 (after setup)
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils.timezone import now  # noqa: E402

from accounts.models import Account, User  # noqa: E402
from planning.models import Action  # noqa: E402
from tests.bench.data import book_reviews, fill  # noqa: E402
from tests.bench.server import Answer, Visitor, web_server  # noqa: E402

# Most times the floor, from the issue that set the targets.
TARGETS = {"today": 5.0, "list": 5.0, "overview": 4.0, "plan": 4.0, "reviews": 5.0, "save": 3.0}
MOST_QUERIES, MOST_BYTES = 15, 60_000


@dataclass(frozen=True)
class Row:
    page: str
    accounts: int
    p50_ms: float
    p95_ms: float
    ratio: float
    queries: int
    bytes: int


def main() -> int:
    options = arguments()
    kam = fill(options.accounts)
    book_reviews(kam, now())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    rows = measure(kam, options.accounts, options.rounds)
    say(rows, as_json=options.json)
    return check(rows) if options.check else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("--accounts", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--check", action="store_true", help="fail when a target is missed")
    return parser.parse_args()


def measure(kam: User, accounts: int, rounds: int) -> list[Row]:
    """Every page once in every round, so that a slow moment of the machine hits all alike."""
    account = Account.objects.of_team(kam).by_name()[0]
    with web_server() as port:
        visitor = Visitor(port, kam)
        asks = pages(visitor, account, save(visitor, account))
        for ask in asks.values():
            ask()
        times: dict[str, list[Answer]] = {name: [] for name in asks}
        for _ in range(rounds):
            for name, ask in asks.items():
                times[name].append(ask())
    bad = {name: a.status for name, answers in times.items() for a in answers if a.status != 200}
    if bad:
        raise SystemExit(f"These answered something else than 200: {bad}")
    floor = statistics.median(a.milliseconds for a in times["floor"])
    queries = count_queries(kam, account)
    return [
        row(name, accounts, found, floor, queries.get(name, 0)) for name, found in times.items()
    ]


def paths(account: Account) -> dict[str, str]:
    return {
        "floor": reverse("floor"),
        "today": reverse("today"),
        "list": reverse("accounts:accounts"),
        "overview": reverse("overview", args=[account.pk]),
        "plan": reverse("planning:plan", args=[account.pk]),
        "reviews": reverse("reviews:reviews"),
    }


def pages(
    visitor: Visitor, account: Account, save: Callable[[], Answer]
) -> dict[str, Callable[[], Answer]]:
    asks: dict[str, Callable[[], Answer]] = {
        name: lambda path=path: visitor.get(path)  # type: ignore[misc]
        for name, path in paths(account).items()
    }
    return asks | {"save": save}


def save(visitor: Visitor, account: Account) -> Callable[[], Answer]:
    """An inline edit that truly changes the text each time."""
    action = Action.objects.of_account(account).order_by("pk")[0]
    url = reverse("planning:action_title", args=[action.pk])
    seen = [action.title]

    def ask() -> Answer:
        value = f"Action, edit {len(seen)}"
        body = urlencode({"seen": seen[-1], "value": value})
        seen.append(value)
        return visitor.post(url, body)

    return ask


def count_queries(kam: User, account: Account) -> dict[str, int]:
    client = Client(headers={"host": "localhost"})
    client.force_login(kam)
    found = {}
    for name, path in paths(account).items():
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        found[name] = len(queries)
    return found


def row(name: str, accounts: int, answers: list[Answer], floor: float, queries: int) -> Row:
    times = sorted(a.milliseconds for a in answers)
    p50 = statistics.median(times)
    p95 = times[min(len(times) - 1, round(0.95 * (len(times) - 1)))]
    size = max(a.bytes for a in answers)
    return Row(name, accounts, round(p50, 2), round(p95, 2), round(p50 / floor, 2), queries, size)


def say(rows: list[Row], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps({"pages": [asdict(row) for row in rows]}, indent=2) + "\n")
        return
    head = ("page", "accounts", "p50 ms", "p95 ms", "ratio", "queries", "bytes")
    for line in (head, *(tuple(asdict(row).values()) for row in rows)):
        sys.stdout.write("".join(f"{value!s:>11}" for value in line) + "\n")


def check(rows: list[Row]) -> int:
    """One line for each target that is missed; the exit status counts them."""
    missed = [
        *(f"{r.page} takes {r.ratio} × the floor, at most {TARGETS[r.page]}" for r in rows if r.ratio > TARGETS.get(r.page, 99)),
        *(f"{r.page} asks {r.queries} queries, at most {MOST_QUERIES}" for r in rows if r.queries > MOST_QUERIES),
        *(f"{r.page} has {r.bytes} bytes, at most {MOST_BYTES}" for r in rows if r.bytes > MOST_BYTES),
    ]  # fmt: skip
    sys.stdout.write("\n".join(["", *missed]) if missed else "\nEvery target is met.\n")
    return min(len(missed), 1)


if __name__ == "__main__":
    sys.exit(main())
