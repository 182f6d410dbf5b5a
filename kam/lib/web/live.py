"""What the others should hear within seconds: that something changed, and who is here.

Kept in the shared cache. When that is gone nobody sees faces, and nothing else is lost.
"""

import time
from collections.abc import Callable
from typing import Any, cast

from django.core.cache import caches

CHANGING = 0
SETTLES = 3  # seconds after a change in which nobody may keep an older number
KEPT = 600
GONE_AFTER = 30  # seconds without a sign of life


def changed(place: str) -> None:
    """Call it after the commit. For a moment the number is read from the database only."""
    caches["shared"].set(f"revision:{place}", CHANGING, SETTLES)


def revision(place: str, read: Callable[[], int]) -> int:
    """The number of the last change; `read` asks the database where the cache does not know."""
    shared = caches["shared"]
    known = shared.get(f"revision:{place}")
    if known:
        return cast(int, known)
    number = read()
    # Never over CHANGING: what was read before a commit must not outlive it.
    shared.add(f"revision:{place}", number, KEPT)
    return number


def arrive(place: str, who: int, facts: dict[str, Any], *, at: float | None = None) -> None:
    """A sign of life of one reader. Two at once may overwrite each other: the next one mends it."""
    now = time.time() if at is None else at
    key = f"here:{place}"
    here: dict[int, tuple[float, dict[str, Any]]] = caches["shared"].get(key) or {}
    here = {pk: seen for pk, seen in here.items() if now - seen[0] < GONE_AFTER}
    here[who] = (now, facts)
    caches["shared"].set(key, here, GONE_AFTER)


def others(place: str, who: int, *, at: float | None = None) -> dict[int, dict[str, Any]]:
    """Who else is here, in the order of their keys."""
    now = time.time() if at is None else at
    here: dict[int, tuple[float, dict[str, Any]]] = caches["shared"].get(f"here:{place}") or {}
    found = {pk: facts for pk, (seen, facts) in here.items() if now - seen < GONE_AFTER}
    return {pk: found[pk] for pk in sorted(found) if pk != who}
