"""Logs name the request and the person, and no token of an address."""

import json
import logging
from io import StringIO
from typing import Any

from django.urls import reverse

from kam.lib.data.redact import HideTokens
from kam.lib.ops.logs import JsonFormatter, LineFormatter, WithNotes, noted
from tests.base import ClaveTest


class LogsTest(ClaveTest):
    def test_the_line_of_a_request_names_person_view_and_status(self) -> None:
        self.client.force_login(self.alice)

        (line,) = self.lines_of(reverse("overview", args=[self.acme.pk]))

        self.assertEqual(
            (line["view"], line["status"], line["user"]), ("overview", 200, self.alice.pk)
        )
        self.assertEqual(line["method"], "GET")

    def test_the_id_of_the_proxy_is_kept_and_nonsense_is_not(self) -> None:
        kept = self.client.get("/healthz", headers={"X-Request-ID": "proxy-12345678"})
        made = self.client.get("/healthz", headers={"X-Request-ID": "a\tb<script>"})

        self.assertEqual(kept["X-Request-ID"], "proxy-12345678")
        self.assertRegex(made["X-Request-ID"], r"^[0-9a-f]{32}$")

    def test_tokens_of_addresses_reach_no_log(self) -> None:
        token = "a-secret-token-that-is-wrong"

        text = self.written(reverse("reviews:unsubscribe", args=[token]))

        (refusal,) = [json.loads(line) for line in text.splitlines() if "Not Found" in line]
        self.assertRegex(refusal["request"], r"^[0-9a-f]{32}$")
        self.assertNotIn(token, text)

    def test_an_error_stays_one_line_of_json(self) -> None:
        record = logging.makeLogRecord({"msg": "two\nlines of %s", "args": ("ñ",), "name": "x"})
        with noted(request="a1"):
            WithNotes().filter(record)

        line = JsonFormatter().format(record)

        self.assertNotIn("\n", line)
        self.assertEqual(json.loads(line)["message"], "two\nlines of ñ")
        self.assertEqual(json.loads(line)["request"], "a1")
        self.assertIn("request=a1", LineFormatter().format(record))

    def lines_of(self, path: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.written(path).splitlines() if "kam.req" in line]

    def written(self, path: str) -> str:
        stream = StringIO()
        handler = logging.StreamHandler(stream)
        handler.addFilter(WithNotes())
        handler.addFilter(HideTokens())
        handler.setFormatter(JsonFormatter())
        logging.getLogger().addHandler(handler)
        self.addCleanup(logging.getLogger().removeHandler, handler)
        self.client.get(path)
        return stream.getvalue()
