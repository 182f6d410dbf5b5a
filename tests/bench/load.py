"""People at work: each asks for a page, thinks a second, asks for the next; now and then one saves.

What one saves makes the pages of everybody who sees that account be drawn anew.
"""

import http.client
import random
import threading
import time
from dataclasses import asdict, dataclass

from django.db import connection

from accounts.models import Account, User
from tests.bench.data import PASSWORD
from tests.bench.pages import paths, percentile, save
from tests.bench.server import Answer, Visitor

THINKING = 1.0
SAVES = 0.05  # of all requests


@dataclass(frozen=True)
class Load:
    people: int
    seconds: int
    requests: int
    p50_ms: float
    p95_ms: float
    worst_ms: float
    errors: int
    storm_p95_ms: float
    storm_errors: int

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


class Person(threading.Thread):
    def __init__(self, visitor: Visitor, account: Account, until: float) -> None:
        super().__init__(daemon=True)
        self.visitor, self.until = visitor, until
        self.addresses = list(paths(account).values())
        self.save = save(visitor, account)
        self.times: list[float] = []
        self.errors = 0

    def run(self) -> None:
        time.sleep(random.random() * THINKING)  # noqa: S311 (not everybody at the same moment)
        while time.monotonic() < self.until:
            try:
                answer = self.next()
                self.times.append(answer.milliseconds)
                self.errors += answer.status != 200
            except (OSError, http.client.HTTPException):
                self.errors += 1
                self.visitor.connection.close()
            time.sleep(THINKING)

    def next(self) -> Answer:
        if random.random() < SAVES:  # noqa: S311
            return self.save()
        return self.visitor.get(random.choice(self.addresses))  # noqa: S311


class SignIns(threading.Thread):
    """One sign-in after the other: what a Monday at nine, or an attacker, asks of the server."""

    def __init__(self, port: int, user: User, until: float) -> None:
        super().__init__(daemon=True)
        self.port, self.user, self.until = port, user, until

    def run(self) -> None:
        while time.monotonic() < self.until:
            Visitor(self.port).sign_in(self.user, PASSWORD)


def load(port: int, people: int, seconds: int) -> Load:
    """First without, then with a storm of sign-ins beside it; all have opened their pages before."""
    warm_up(port, people)
    calm = crowd(port, people, seconds, sign_ins=0)
    storm = crowd(port, people, max(5, seconds // 2), sign_ins=4)
    times = [t for person in calm for t in person.times]
    stormy = [t for person in storm for t in person.times]
    return Load(
        people,
        seconds,
        len(times),
        round(percentile(times, 50), 1),
        round(percentile(times, 95), 1),
        round(max(times), 1),
        sum(person.errors for person in calm),
        round(percentile(stormy, 95), 1),
        sum(person.errors for person in storm),
    )


def warm_up(port: int, people: int) -> None:
    for visitor, account in visitors_of(port, people):
        for address in paths(account).values():
            visitor.get(address)


def visitors_of(port: int, people: int) -> list[tuple[Visitor, Account]]:
    users = bench_people()
    chosen = [users[n % len(users)] for n in range(people)]
    return [
        (Visitor(port, user), _own_account(user, n // len(users))) for n, user in enumerate(chosen)
    ]


def bench_people() -> list[User]:
    kams = User.objects.filter(email__startswith="kam", email__contains="@bench.")
    return list(kams.order_by("pk"))


def crowd(port: int, people: int, seconds: int, *, sign_ins: int) -> list[Person]:
    users, visitors = bench_people(), visitors_of(port, people)
    until = time.monotonic() + seconds
    crowd = [Person(visitor, account, until) for visitor, account in visitors]
    connection.close()
    threads = [*crowd, *(SignIns(port, users[n % len(users)], until) for n in range(sign_ins))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + 60)
    return crowd


def _own_account(user: User, n: int) -> Account:
    """Two people of one name do not edit the same words."""
    mine = Account.objects.filter(memberships__user=user, memberships__role="kam").by_name()
    return mine[n]
