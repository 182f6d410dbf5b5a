"""The kill test, small: a real SMTP server, real processes, one SIGKILL between send and mark."""

import os
import signal
import socket
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope, Session
from django.db import connection
from django.test import TransactionTestCase, override_settings
from django.utils.timezone import now

from kam.lib.outbox.models import Delivery
from kam.lib.outbox.tasks import send_mail
from tests.factories import make_user

ROOT = Path(__file__).resolve().parents[4]
WORKER = """
import os, signal
from urllib.parse import quote
import django
django.setup()
from django.core.mail import EmailMessage
from kam.lib.outbox.models import Delivery
from kam.lib.outbox.registry import renderers
from kam.lib.outbox.tasks import send_mail
renderers["test"] = lambda d, at: EmailMessage("Hello", d.subject, to=[d.recipient.email])
if os.environ.get("DIE"):
    Delivery.mark_sent = lambda self, at: os.kill(os.getpid(), signal.SIGKILL)
send_mail()
"""


class Server:
    """Takes mail; it may refuse, or drop the connection when it already has the message."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes]] = []
        self.drops = 0
        self.refuses: set[int] = set()
        self.strangers: set[str] = set()
        self.tries = 0

    async def handle_RCPT(
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.strangers:
            return "550 5.1.1 No such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        self.tries += 1
        if self.tries in self.refuses:
            return "451 Try again later"
        self.taken.append((envelope.rcpt_tos[0], bytes(envelope.original_content or b"")))
        if self.drops:
            self.drops -= 1
            server.transport.abort()
        return "250 OK"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class OutboxSmtpTest(TransactionTestCase):
    def setUp(self) -> None:
        self.server = Server()
        self.port = free_port()
        controller = Controller(self.server, hostname="127.0.0.1", port=self.port)
        controller.start()
        self.addCleanup(controller.stop)
        self.person = make_user("Bob Baker")

    def announce(self, count: int) -> None:
        rows = [
            Delivery(
                kind="test",
                subject=f"thing:{n}",
                recipient=self.person,
                occasion="now",
                due_at=now() - timedelta(minutes=1),
            )
            for n in range(count)
        ]
        Delivery.objects.announce(rows)

    def worker(self, *, die: bool = False) -> int:
        """A worker process of its own, on the database of this test."""
        home = connection.settings_dict
        host = home["OPTIONS"].get("host") or home["HOST"]
        where = f"postgres://{home['USER']}@/{home['NAME']}?host={quote(host, safe='')}"
        environment = {
            **os.environ,
            "DATABASE_URL": where,
            "EMAIL_URL": f"smtp://127.0.0.1:{self.port}",
            "DJANGO_SETTINGS_MODULE": "kam.settings",
            "DIE": "1" if die else "",
        }
        return subprocess.run(
            [sys.executable, "-c", WORKER], cwd=ROOT, env=environment, timeout=60, check=False
        ).returncode

    def an_hour_passes(self) -> None:
        Delivery.objects.filter(state=Delivery.WAITING).update(
            lease_until=now() - timedelta(hours=1)
        )

    def test_a_worker_killed_between_send_and_mark_sends_the_very_same_again(self) -> None:
        self.announce(3)

        self.assertEqual(self.worker(die=True), -signal.SIGKILL)
        self.an_hour_passes()
        self.assertEqual(self.worker(), 0)

        first, *rest = self.server.taken
        self.assertEqual(len(self.server.taken), 4)
        self.assertEqual(rest.count(first), 1)
        self.assertEqual(len({body for _to, body in self.server.taken}), 3)
        self.assertEqual(set(Delivery.objects.values_list("state", flat=True)), {"sent"})

    def test_a_connection_dropped_after_the_data_loses_nothing(self) -> None:
        self.announce(3)
        self.server.drops = 1

        self.worker()
        self.an_hour_passes()
        self.worker()

        bodies = [body for _to, body in self.server.taken]
        self.assertEqual((len(bodies), len(set(bodies))), (4, 3))
        self.assertFalse(Delivery.objects.exclude(state="sent").exists())

    def test_one_refusal_does_not_stop_the_others(self) -> None:
        self.announce(3)
        self.server.refuses = {2}

        self.worker()

        states = list(Delivery.objects.order_by("id").values_list("state", flat=True))
        self.assertEqual(states, ["sent", "waiting", "sent"])
        self.assertIn("451", Delivery.objects.get(state="waiting").last_error)

    def test_an_address_that_does_not_exist_is_given_up_in_the_servers_words(self) -> None:
        self.announce(2)
        self.server.strangers = {self.person.email}

        self.worker()

        found = set(Delivery.objects.values_list("state", "last_error", "attempts"))
        self.assertEqual(found, {("failed", "550 5.1.1 No such user here", 1)})

    @override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1"
    )
    def test_no_server_at_all_keeps_everything(self) -> None:
        self.announce(2)

        with override_settings(EMAIL_PORT=free_port()):
            send_mail()

        self.assertEqual(Delivery.objects.filter(state="waiting").exclude(last_error="").count(), 2)
