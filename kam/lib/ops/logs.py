"""What the operator reads: one line a record, with the request, the task and the person it is of.

JSON for a server's log store, plain lines for a terminal. What opens something never reaches a log:
kam.lib.data.redact.
"""

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

_notes: ContextVar[Mapping[str, Any]] = ContextVar("notes", default={})  # noqa: B039 (never changed)


@contextmanager
def noted(**facts: Any) -> Iterator[None]:
    """Every record inside carries these facts, such as request="a1b2"."""
    token = _notes.set(facts)
    try:
        yield
    finally:
        _notes.reset(token)


def note(**facts: Any) -> None:
    """Add what became known meanwhile, such as the person."""
    _notes.set({**_notes.get(), **facts})


def notes() -> Mapping[str, Any]:
    return _notes.get()


class WithNotes(logging.Filter):
    """Gives a record the facts of the moment."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        # Django logs a refusal after the last middleware: then the request remembers.
        record.notes = _notes.get() or getattr(request, "notes", {})
        return True


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time (UTC), level, logger, message, then the facts."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "notes", {}),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class LineFormatter(logging.Formatter):
    """For people: time, level, logger, message, and the facts at the end."""

    def format(self, record: logging.LogRecord) -> str:
        facts = {**getattr(record, "notes", {}), **getattr(record, "facts", {})}
        tail = "".join(f" {name}={value}" for name, value in facts.items())
        head, _, rest = super().format(record).partition("\n")
        return f"{head}{tail}\n{rest}" if rest else f"{head}{tail}"
