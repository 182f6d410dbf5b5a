"""A cache that all processes share, and that nobody needs: without Redis it holds nothing."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
REST = 10  # seconds in which a server that did not answer is left alone


class SoftRedisCache(RedisCache):
    """Every call answers at once: from Redis, or as if the cache were empty."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = {"socket_connect_timeout": 0.3, "socket_timeout": 0.3}
        params = {**params, "OPTIONS": {**options, **params.get("OPTIONS", {})}}
        super().__init__(server, params)
        self._rests_until = 0.0

    def _try(self, call: Callable[[], Any], otherwise: Any) -> Any:
        if time.monotonic() < self._rests_until:
            return otherwise
        try:
            return call()
        except (RedisError, OSError) as error:
            self._rests_until = time.monotonic() + REST
            log.warning("Shared cache gone: %s", error)
            return otherwise

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._try(lambda: RedisCache.get(self, key, default, version), default)

    def set(self, key: Any, value: Any, timeout: Any = 300, version: int | None = None) -> None:
        self._try(lambda: RedisCache.set(self, key, value, timeout, version), None)

    def add(self, key: Any, value: Any, timeout: Any = 300, version: int | None = None) -> bool:
        return bool(self._try(lambda: RedisCache.add(self, key, value, timeout, version), False))

    def delete(self, key: Any, version: int | None = None) -> bool:
        return bool(self._try(lambda: RedisCache.delete(self, key, version), False))
