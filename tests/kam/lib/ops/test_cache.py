import time
from unittest.mock import patch

from django.test import SimpleTestCase

from kam.lib.ops.cache import FailSoftCache


class CacheTest(SimpleTestCase):
    def setUp(self) -> None:
        options = {"OPTIONS": {"socket_connect_timeout": 0.2}}
        self.cache = FailSoftCache("redis://127.0.0.1:1/0", options)

    def test_without_the_server_this_process_remembers(self) -> None:
        self.assertTrue(self.cache.add("a", [1]))
        self.assertFalse(self.cache.add("a", [2]))
        self.cache.set("b", 1)
        self.cache.incr("b")

        self.assertEqual((self.cache.get("a"), self.cache.get("b")), ([1], 2))

    def test_a_dead_server_is_not_asked_again_for_every_word(self) -> None:
        with patch("kam.lib.ops.cache.RedisCache.get", side_effect=OSError("gone")) as asked:
            for _time in range(50):
                self.cache.get("a")

        self.assertEqual(asked.call_count, 1)

    def test_after_a_pause_it_is_asked_again(self) -> None:
        later = time.monotonic() + 60
        with patch("kam.lib.ops.cache.RedisCache.get", side_effect=[OSError("gone"), "there"]):
            self.assertIsNone(self.cache.get("a"))
            with patch("kam.lib.ops.cache.time.monotonic", return_value=later):
                self.assertEqual(self.cache.get("a"), "there")
