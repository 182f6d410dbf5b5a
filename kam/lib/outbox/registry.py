"""Which function renders which kind of mail, and which runs which kind of job.

The floor knows no domain word: apps register theirs when they are ready.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.mail import EmailMessage

if TYPE_CHECKING:
    from kam.lib.outbox.models import Delivery, Job

# A renderer gets the row and the time, reads rights and state anew, and returns None when the
# reader must no longer hear of it: rights gone, review cancelled, mail not wanted any more.
Renderer = Callable[["Delivery", datetime], EmailMessage | None]
Worker = Callable[["Job"], None]

renderers: dict[str, Renderer] = {}
workers: dict[str, Worker] = {}


def renders(kind: str) -> Callable[[Renderer], Renderer]:
    def register(function: Renderer) -> Renderer:
        renderers[kind] = function
        return function

    return register


def works(kind: str) -> Callable[[Worker], Worker]:
    def register(function: Worker) -> Worker:
        workers[kind] = function
        return function

    return register
