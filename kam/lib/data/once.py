"""What a page asks for again and again, such as the rights of its reader, is asked for once.

Only while something is drawn (`asked_once`), and never across an action: outside of both each asks
for itself, and so does whatever an action began.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")
_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def asked_once() -> Iterator[None]:
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def is_drawing() -> bool:
    """Whether what is asked now may be kept."""
    return _answers.get() is not None


def once(key: Hashable, ask: Callable[[], T]) -> T:
    """The answer to this question, asked for at the first time."""
    answers = _answers.get()
    if answers is None:
        return ask()
    if key not in answers:
        answers[key] = ask()
    found: T = answers[key]
    return found


def forget_answers() -> None:
    """What follows may change any of them: from here on nothing is kept."""
    _answers.set(None)
