from time import monotonic

from celery import current_app
from django.test import SimpleTestCase

from kam.lib.outbox.wake import _send


class WakeTest(SimpleTestCase):
    def test_a_gone_broker_keeps_nobody_waiting(self) -> None:
        before = current_app.conf.broker_url
        current_app.conf.broker_url = "redis://127.0.0.1:1/0"
        self.addCleanup(setattr, current_app.conf, "broker_url", before)
        started = monotonic()

        with self.assertLogs("kam.lib.outbox.wake", "WARNING"):
            _send("kam.outbox.send_mail", "mail")

        self.assertLess(monotonic() - started, 2)
