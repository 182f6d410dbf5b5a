"""Several people at the very same moment, each on a connection of their own."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from django.db import connection
from django.test import TransactionTestCase

from tests.base import ClaveTest


class AtOnceTest(TransactionTestCase):
    """The cast again, committed, so that other connections see it."""

    alice: Any
    bob: Any
    magda: Any
    henrik: Any
    acme: Any
    plan: Any
    objective: Any
    action: Any

    def setUp(self) -> None:
        ClaveTest.setUpTestData.__func__(type(self))  # type: ignore[attr-defined]


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """What each call answered, or the exception it raised."""
    answers: list[Any] = [None] * len(calls)
    start = Barrier(len(calls))

    def run(place: int, call: Callable[[], Any]) -> None:
        try:
            start.wait(10)
            answers[place] = call()
        except Exception as error:  # noqa: BLE001 (the test looks at it)
            answers[place] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=(place, call)) for place, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers
