"""Every page in every round, so that a slow moment of the machine hits all alike.

A round ends with a save on the account whose pages are asked for. So the first answer of the next
round is drawn anew, which is reported as `drawn`; the second one is what most readers get, and what
the targets are about.
"""

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from accounts.models import Account, User
from accounts.models.account import raise_revisions
from planning.models import Action
from tests.bench.data import PASSWORD
from tests.bench.server import Answer, Visitor

Asks = dict[str, Callable[[], Answer]]
# The page in the words of the targets: its address, and whether it is of an account.
PLACES = {
    "floor": ("floor", False),
    "today": ("today", False),
    "list": ("accounts:accounts", False),
    "portfolio": ("reviews:portfolio", False),
    "overview": ("overview", True),
    "stakeholders": ("accounts:stakeholders", True),
    "plan": ("planning:plan", True),
    "reviews": ("reviews:reviews", False),
    "search": ("search", False),
}
WRITES = {"save", "signin"}
SAID = {"search": "?q=Account+00"}


@dataclass(frozen=True)
class Row:
    """`ratio` is the median over that of the floor in the same rounds."""

    page: str
    accounts: int
    p50_ms: float
    p95_ms: float
    ratio: float
    queries: int
    bytes: int
    drawn_ms: float
    drawn_ratio: float
    drawn_queries: int


def measure(port: int, kam: User, accounts: int, rounds: int) -> list[Row]:
    account = Account.objects.of_team(kam).by_name()[0]
    visitor = Visitor(port, kam)
    asks: Asks = {name: (lambda p=path: visitor.get(p)) for name, path in paths(account).items()}  # type: ignore[misc]
    asks |= {"save": save(visitor, account), "signin": lambda: Visitor(port).sign_in(kam, PASSWORD)}
    for ask in asks.values():
        ask()
    drawn: dict[str, list[Answer]] = {name: [] for name in asks}
    shown: dict[str, list[Answer]] = {name: [] for name in asks}
    for _ in range(rounds):
        for name, ask in asks.items():
            drawn[name].append(ask())
            shown[name].append(ask() if name not in WRITES else drawn[name][-1])
    refuse_errors(drawn)
    refuse_errors(shown)
    queries = count_queries(kam, account)
    return rows(accounts, shown, drawn, queries)


def refuse_errors(times: dict[str, list[Answer]]) -> None:
    """A page is 200, a sign-in leads on to it."""
    bad = {
        name: answer.status
        for name, answers in times.items()
        for answer in answers
        if answer.status != (302 if name == "signin" else 200)
    }
    if bad:
        raise SystemExit(f"These answered something else: {bad}")


def paths(account: Account) -> dict[str, str]:
    """The pages that this version has."""
    found = {}
    for page, (name, of_account) in PLACES.items():
        try:
            address = reverse(name, args=[account.pk] if of_account else [])
        except NoReverseMatch:
            continue
        found[page] = address + SAID.get(page, "")
    return found


def save(visitor: Visitor, account: Account) -> Callable[[], Answer]:
    """An inline edit that truly changes the text each time."""
    action = Action.objects.of_account(account).order_by("pk")[0]
    url = reverse("planning:action_title", args=[action.pk])
    seen = [action.title]

    def ask() -> Answer:
        value = f"Action, edit {len(seen)} of {action.pk}"
        body = urlencode({"seen": seen[-1], "value": value})
        seen.append(value)
        return visitor.post(url, body)

    return ask


def count_queries(kam: User, account: Account) -> dict[str, tuple[int, int]]:
    """Of a page shown again, and of the same page drawn."""
    client = Client(headers={"host": "localhost"})
    client.force_login(kam)
    found = {}
    for name, path in paths(account).items():
        client.get(path)
        raise_revisions([account.pk])
        found[name] = (_queries(client, path), _queries(client, path))[::-1]
    return found


def _queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)


def rows(
    accounts: int,
    shown: dict[str, list[Answer]],
    drawn: dict[str, list[Answer]],
    queries: dict[str, tuple[int, int]],
) -> list[Row]:
    # The kept one: after a save it would draw the rail too, and flatter every page.
    floor = statistics.median(a.milliseconds for a in shown["floor"])
    found = []
    for name, answers in shown.items():
        times = [a.milliseconds for a in answers]
        p50, anew = statistics.median(times), statistics.median(a.milliseconds for a in drawn[name])
        asked, asked_anew = queries.get(name, (0, 0))
        found.append(
            Row(
                page=name, accounts=accounts, p50_ms=round(p50, 2),
                p95_ms=round(percentile(times, 95), 2), ratio=round(p50 / floor, 2),
                queries=asked, bytes=max(a.bytes for a in answers), drawn_ms=round(anew, 2),
                drawn_ratio=round(anew / floor, 2), drawn_queries=asked_anew,
            )
        )  # fmt: skip
    return found


def percentile(times: list[float], percent: int) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, round(percent / 100 * (len(ordered) - 1)))]
