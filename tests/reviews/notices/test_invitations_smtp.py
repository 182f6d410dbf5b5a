"""Invitations over a real SMTP server, byte for byte as calendar programs get them."""

import email
import email.policy
from typing import Any

import time_machine
from aiosmtpd.controller import Controller
from django.test import TransactionTestCase, override_settings
from django.utils.timezone import now
from icalendar import Calendar

from accounts.models import Account, Membership, User
from kam.lib.outbox.models import Delivery
from kam.lib.outbox.tasks import send_mail
from reviews.models import Series
from reviews.models.inviting import GATHERS_FOR
from tests.factories import make_account, make_user
from tests.kam.lib.outbox.test_outbox_smtp import Server, free_port
from tests.reviews.cases import local


class InvitationsSmtpTest(TransactionTestCase):
    acme: Account
    alice: User
    bob: User

    def setUp(self) -> None:
        self.server = Server()
        port = free_port()
        controller = Controller(self.server, hostname="127.0.0.1", port=port)
        controller.start()
        self.addCleanup(controller.stop)
        where = override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=port,
        )
        where.enable()
        self.addCleanup(where.disable)
        self.alice = make_user("Alice Álvarez", email="alice@customer.test.invalid.example.net")
        self.bob = make_user("Bob Baker", email="bob@example.net", language="es", region="es-CO")
        self.acme = make_account("Acme; Ñandú, S.A.")
        Membership.objects.bulk_create(
            Membership(account=self.acme, user=user, role=role, right="lead")
            for user, role in ((self.alice, "kam"), (self.bob, "sales"))
        )

    def schedule(self) -> Series:
        return Series.schedule(
            self.acme,
            by=self.alice,
            at=local("2126-11-23T09:00").astimezone(),
            attendees=[self.alice, self.bob],
            rule="FREQ=WEEKLY;BYDAY=TU",
            starts=local("2126-11-26T10:00"),
            time_zone="America/Bogota",
            owner=self.alice,
        )

    def send(self) -> None:
        """When what belongs together has gathered."""
        with time_machine.travel(now() + GATHERS_FOR):
            send_mail()

    def received(self, person: User) -> list[Any]:
        """The messages of one person in the order in which they came."""
        return [
            email.message_from_bytes(body, policy=email.policy.default)
            for to, body in self.server.taken
            if to == person.email
        ]

    def calendars(self, person: User) -> list[Any]:
        return [
            Calendar.from_ical(part.get_payload(decode=True))
            for message in self.received(person)
            for part in message.walk()
            if part.get_content_type() == "text/calendar"
        ]

    def test_request_move_and_cancel_arrive_in_order_with_one_uid_and_rising_sequence(self) -> None:
        series = self.schedule()
        self.send()
        first = series.reviews.order_by("starts_at").first()
        assert first
        first.move(by=self.alice, starts=local("2126-12-05T15:00"))
        send_mail()
        first.skip(by=self.alice, reason="Feriado; en Colombia, \\ todo el día")
        send_mail()

        found = [(c["METHOD"], c.walk("VEVENT")[0]) for c in self.calendars(self.bob)]
        self.assertEqual([method for method, _e in found], ["REQUEST", "REQUEST", "CANCEL"])
        self.assertEqual([event["SEQUENCE"] for _m, event in found], [0, 1, 2])
        self.assertEqual(len({event["UID"] for _m, event in found}), 1)
        self.assertFalse(Delivery.objects.exclude(state="sent").exists())

    def test_the_bytes_obey_the_rules_of_lines(self) -> None:
        self.schedule()
        self.send()

        (message,) = self.received(self.bob)
        for part in message.walk():
            if part.get_content_type() in ("text/calendar", "application/ics"):
                raw = part.get_payload(decode=True)
                self.assertTrue(raw.endswith(b"END:VCALENDAR\r\n"))
                self.assertEqual(raw.count(b"\n"), raw.count(b"\r\n"))
                self.assertLessEqual(max(len(line) for line in raw.split(b"\r\n")), 75)
                self.assertIn("Acme\\; Ñandú\\, S.A.".encode(), raw.replace(b"\r\n ", b""))
        self.assertIn("Invitación: revisiones de Acme; Ñandú, S.A.", message["Subject"])
