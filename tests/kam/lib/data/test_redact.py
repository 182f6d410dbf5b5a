import logging

from django.test import SimpleTestCase

from kam.lib.data.redact import HideTokens


class RedactTest(SimpleTestCase):
    def test_links_that_open_something_are_not_logged(self) -> None:
        for path in ["/invitation/abc:def/", "/mail/stop/x.y/", "/session/password/reset/key/1-k/"]:
            record = logging.LogRecord("x", 30, "", 0, "Not Found: %s", (path,), None)
            HideTokens().filter(record)

            self.assertIn("…", record.getMessage())
            self.assertNotIn(path, record.getMessage())

    def test_other_addresses_stay(self) -> None:
        record = logging.LogRecord("x", 30, "", 0, "Not Found: %s %s", ("/accounts/12/", 404), None)

        HideTokens().filter(record)

        self.assertEqual(record.getMessage(), "Not Found: /accounts/12/ 404")
