"""A cache shared by all processes that no page ever waits for or fails with."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
PAUSE = 5.0  # seconds until a server that was away is asked again


class FailSoftCache(RedisCache):
    """Redis while it answers; the memory of this process while it does not.

    Rate limits live here: without the server they hold for each process, and never fall away.
    With the option `forget` it is empty meanwhile: for what would be wrong when it is stale.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = dict(params.get("OPTIONS", {}))
        forget = options.pop("forget", False)
        super().__init__(server, {**params, "OPTIONS": options})
        own = {name: value for name, value in params.items() if name != "OPTIONS"}
        self._own: BaseCache = (
            DummyCache("", own) if forget else LocMemCache("while redis is away", own)
        )
        self._away_until = 0.0

    def _soft(self, name: str, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= self._away_until:
            try:
                return getattr(RedisCache, name)(self, *args, **kwargs)
            except (RedisError, OSError) as error:
                self._away_until = time.monotonic() + PAUSE
                log.warning("The cache is away, each process keeps its own: %s", error)
        return getattr(self._own, name)(*args, **kwargs)


def _softly(name: str) -> Callable[..., Any]:
    def method(self: FailSoftCache, *args: Any, **kwargs: Any) -> Any:
        return self._soft(name, *args, **kwargs)

    return method


for _name in ("add", "get", "set", "touch", "delete", "incr", "has_key", "get_many", "set_many", "delete_many", "clear"):  # fmt: skip
    setattr(FailSoftCache, _name, _softly(_name))
