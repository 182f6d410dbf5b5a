"""Which function renders which kind of mail, and which runs which kind of job.

The floor knows no domain word: apps register theirs when they are ready.
"""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from django.core.mail import EmailMessage
from django_stubs_ext import StrOrPromise

if TYPE_CHECKING:
    from kam.lib.outbox.models import Delivery, Job


class SkipReason(StrEnum):
    """Why a message was not sent, as the ledger keeps it."""

    OVER = "over"  # what it was about is done, moved or gone
    RIGHT = "right"  # the reader may not see it any more
    STOPPED = "stopped"  # the reader does without this kind
    NOWHERE = "nowhere"  # the address is one that nobody can have


# A renderer gets the row and the time, reads rights and state anew, and says why the reader must
# no longer hear of it; None is "over".
Renderer = Callable[["Delivery", datetime], EmailMessage | SkipReason | None]
Worker = Callable[["Job"], None]

renderers: dict[str, Renderer] = {}
workers: dict[str, Worker] = {}
# Who hears that a job of this kind is over, well or not; in the transaction that ends it.
endings: dict[str, Worker] = {}
# The kinds that a person may do without, in words that follow "When": "A review comes up".
optional: dict[str, StrOrPromise] = {}


def renders(kind: str, *, when: StrOrPromise = "") -> Callable[[Renderer], Renderer]:
    """Register the renderer of a kind; with `when` each reader may stop the kind."""

    def register(function: Renderer) -> Renderer:
        renderers[kind] = function
        if when:
            optional[kind] = when
        return function

    return register


def works(kind: str, *, ended: Worker | None = None) -> Callable[[Worker], Worker]:
    def register(function: Worker) -> Worker:
        workers[kind] = function
        if ended:
            endings[kind] = ended
        return function

    return register
