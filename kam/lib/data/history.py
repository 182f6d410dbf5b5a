"""History that names the action: database triggers keep the rows, this says who did what."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import pghistory
from django.db import models, transaction

from kam.lib.data.once import forget_answers
from kam.lib.web.regions.models import House

M = TypeVar("M", bound=models.Model)


def tracked(*, exclude: Iterable[str] = ()) -> Callable[[type[M]], type[M]]:
    """Keep every insert, change and deletion of the model's rows, by database triggers."""
    trackers = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())

    def track(model: type[M]) -> type[M]:
        # The history of an account is read newest first, across all its models.
        below = any(field.name == "account" for field in model._meta.fields)
        indexes = [models.Index(fields=["account", "-pgh_created_at"])] if below else []
        tracker: Callable[[type[M]], type[M]] = pghistory.track(
            *trackers, exclude=list(exclude), meta={"indexes": indexes}
        )
        return tracker(model)

    return track


_inside: ContextVar[bool] = ContextVar("inside_action", default=False)


@contextmanager
def action(name: str, *, by: int | None, **facts: str | int | None) -> Iterator[None]:
    """One transaction whose changes are all kept under `name`; the outermost name wins.

    `by` is the id of the person, or None for the clock. pghistory's context would leak to the
    end of a surrounding transaction, hence `durable`. What is not about one `account` raises the
    number of the house, so that no kept page outlives it.
    """
    if _inside.get():
        yield
        _raise_house(facts)
        return
    token = _inside.set(True)
    forget_answers()
    try:
        with transaction.atomic(durable=True), pghistory.context(action=name, user=by, **facts):
            yield
            _raise_house(facts)
    finally:
        _inside.reset(token)


def _raise_house(facts: Mapping[str, str | int | None]) -> None:
    if facts.get("account") is None:
        House.raise_number()


@contextmanager
def about(**facts: str | int | None) -> Iterator[None]:
    """More facts of the action at hand, such as the id of what it just made."""
    with pghistory.context(**facts):
        yield


@dataclass(frozen=True)
class Change:
    """Who changed a record last (None for the clock), and when."""

    by_id: int | None
    at: datetime


def events_of(record: models.Model) -> Any:
    """The manager of a tracked record's events, under pghistory's reverse name."""
    return getattr(record, "events")  # noqa: B009 (no type checker knows it)


def event_model(model: type[models.Model]) -> Any:
    """The table of a tracked model's events, under pghistory's name."""
    return getattr(model, "pgh_event_model")  # noqa: B009 (no type checker knows it)


def last_change(record: models.Model) -> Change | None:
    """The newest entry of a tracked record's history."""
    event = events_of(record).select_related("pgh_context").order_by("-pgh_id").first()
    if event is None:
        return None
    facts = event.pgh_context.metadata if event.pgh_context else {}
    return Change(by_id=facts.get("user"), at=event.pgh_created_at)
