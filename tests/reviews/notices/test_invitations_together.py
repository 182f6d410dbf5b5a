"""Several series of one account come to one person as one mail."""

from datetime import datetime, timedelta
from email.message import Message
from typing import Any

import time_machine
from icalendar import Calendar

from accounts.models import Invitation, User
from accounts.models.team import Role
from kam.lib.outbox.models import Delivery
from kam.lib.outbox.models.delivery import LEASE
from kam.lib.outbox.refusal import Refusal
from reviews.models import Series
from reviews.models.inviting import AT_MOST, GATHERS_FOR, INVITATION
from reviews.notices.withdrawal import follow_rights
from tests.base import MONDAY
from tests.factories import make_account
from tests.reviews.cases import ReviewCase, local

MINUTE = timedelta(minutes=1)


class InvitationsTogetherTest(ReviewCase):
    def setUp(self) -> None:
        self.mails: list[Delivery] = []
        Delivery.objects.all().delete()

    def ask(
        self, at: datetime, *, of: str = "internal", people: list[User] | None = None
    ) -> Series:
        with time_machine.travel(at, tick=False):
            return self.schedule(attendees=people or [self.bob], kind=of, at=at)

    def send(self, at: datetime) -> list[Delivery]:
        """What leaves at this moment, as the workers do it; the mails of everybody."""
        sent = []
        with time_machine.travel(at, tick=False):
            while row := Delivery.objects.claim(at):
                if row.render(at):
                    row.mark_sent(at)
                    sent.append(row)
        return sent

    def to(self, person: User, sent: list[Delivery]) -> list[Delivery]:
        return [row for row in sent if row.address == person.email]

    def calendars(self, mail: Delivery) -> list[Calendar]:
        parts: list[Message] = [
            p for p in mail.raw().walk() if p.get_content_type() == "text/calendar"
        ]
        found = []
        for part in parts:
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            self.assertEqual(part.get_param("method"), "REQUEST")
            found.append(Calendar.from_ical(content))
        return found

    def text(self, mail: Delivery) -> str:
        body: Any = mail.raw().get_body(("plain",))
        return str(body.get_content())

    def test_series_that_are_set_up_within_minutes_come_as_one_mail(self) -> None:
        first = self.ask(MONDAY)
        second = self.ask(MONDAY + 4 * MINUTE, of="quarterly")

        self.assertEqual(self.send(MONDAY + 8 * MINUTE), [])
        (mail,) = self.to(self.bob, self.send(MONDAY + 9 * MINUTE))

        uids = [str(c.walk("VEVENT")[0]["UID"]).partition("@")[0] for c in self.calendars(mail)]
        self.assertEqual(uids, [f"series-{first.pk}", f"series-{second.pk}"])
        self.assertEqual(mail.title, "Invitation: reviews of Acme")
        self.assertIn("Internal account review", self.text(mail))
        self.assertIn("Quarterly business review", self.text(mail))
        rows = Delivery.objects.filter(kind=INVITATION, recipient=self.bob)
        self.assertEqual([row.state for row in rows], [Delivery.SENT, Delivery.SENT])
        self.assertEqual(len({row.message_id for row in rows}), 1)

    def test_each_part_is_a_whole_request_about_one_series(self) -> None:
        self.ask(MONDAY)
        self.ask(MONDAY, of="quarterly")

        (mail,) = self.to(self.bob, self.send(MONDAY + GATHERS_FOR))

        for calendar in self.calendars(mail):
            self.assertEqual(calendar["METHOD"], "REQUEST")
            self.assertEqual([e["SEQUENCE"] for e in calendar.walk("VEVENT")], [0])
            self.assertEqual(len(calendar.walk("VTIMEZONE")), 1)
        names = [p.get_filename() for p in mail.raw().walk() if p.get_filename()]
        self.assertEqual(names, ["invite-1.ics", "invite-2.ics"])

    def test_nobody_waits_longer_than_the_most_however_many_follow(self) -> None:
        for minutes in (0, 4, 8, 12, 16, 19):
            self.ask(MONDAY + minutes * MINUTE)

        self.assertEqual(self.send(MONDAY + AT_MOST - MINUTE), [])
        (mail,) = self.to(self.bob, self.send(MONDAY + AT_MOST))
        self.assertEqual(len(self.calendars(mail)), 6)

    def test_another_account_and_another_person_have_a_mail_of_their_own(self) -> None:
        self.ask(MONDAY, people=[self.bob, self.vera])
        other = make_account("Bolt")
        other.add_member(self.bob, Role.SALES, right="edit", by=self.root)
        with time_machine.travel(MONDAY, tick=False):
            Series.schedule(
                other, by=self.alice, at=MONDAY, attendees=[self.bob], owner=self.alice,
                rule="FREQ=WEEKLY;BYDAY=TH", starts=local("2026-11-26T12:00"), time_zone="UTC",
            )  # fmt: skip

        sent = self.send(MONDAY + GATHERS_FOR)

        self.assertEqual(len(self.to(self.bob, sent)), 2)
        self.assertEqual(len(self.to(self.vera, sent)), 1)
        self.assertNotIn("Bolt", self.text(self.to(self.vera, sent)[0]))

    def test_a_move_lets_what_waits_go_first(self) -> None:
        series = self.ask(MONDAY)
        with time_machine.travel(MONDAY + MINUTE, tick=False):
            self.reviews_of(series)[0].move(by=self.alice, starts=local("2026-11-27T15:00"))

        sent = self.to(self.bob, self.send(MONDAY + MINUTE))

        self.assertEqual([row.subject for row in sent][0], series.subject)
        self.assertTrue(sent[1].subject.startswith("review:"))

    def test_a_change_afterwards_keeps_the_uid_and_raises_the_sequence(self) -> None:
        first = self.ask(MONDAY)
        second = self.ask(MONDAY, of="quarterly")
        self.send(MONDAY + GATHERS_FOR)
        with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
            second.replace(self.bob, self.vera, by=self.alice, at=MONDAY + timedelta(hours=1))
            first.next_sequence()
            first.announce()

        (mail,) = self.to(self.bob, self.send(MONDAY + timedelta(hours=2)))

        (calendar,) = self.calendars(mail)
        event = calendar.walk("VEVENT")[0]
        self.assertEqual(str(event["UID"]).partition("@")[0], f"series-{first.pk}")
        self.assertEqual(event["SEQUENCE"], 1)
        self.assertEqual(mail.title, "Changed: reviews of Acme")

    def test_what_was_overtaken_while_it_waited_is_told_once(self) -> None:
        first, second = self.ask(MONDAY), self.ask(MONDAY, of="quarterly")
        with time_machine.travel(MONDAY + MINUTE, tick=False):
            second.next_sequence()
            second.announce()

        (mail,) = self.to(self.bob, self.send(MONDAY + timedelta(hours=1)))

        found = {
            str(e["UID"]).partition("@")[0]: e["SEQUENCE"]
            for calendar in self.calendars(mail)
            for e in calendar.walk("VEVENT")
        }
        self.assertEqual(found, {f"series-{first.pk}": 0, f"series-{second.pk}": 1})

    def test_who_lost_one_of_the_series_meanwhile_hears_of_the_other_alone(self) -> None:
        self.ask(MONDAY)
        second = self.ask(MONDAY, of="quarterly")
        with time_machine.travel(MONDAY + MINUTE, tick=False):
            second.replace(self.bob, self.vera, by=self.alice, at=MONDAY)

        (mail,) = self.to(self.bob, self.send(MONDAY + timedelta(hours=1)))

        self.assertEqual(len(self.calendars(mail)), 1)
        self.assertNotIn("Quarterly", self.text(mail))

    def test_a_worker_that_dies_after_sending_sends_the_very_same_again(self) -> None:
        self.ask(MONDAY, people=[self.bob])
        self.ask(MONDAY, of="quarterly", people=[self.bob])
        Delivery.objects.exclude(recipient=self.bob).delete()
        at = MONDAY + GATHERS_FOR
        dead = Delivery.objects.claim(at)
        assert dead
        self.assertTrue(dead.render(at))

        self.assertIsNone(Delivery.objects.claim(at))
        alive = Delivery.objects.claim(at + LEASE + MINUTE)
        assert alive
        self.assertTrue(alive.render(at))
        alive.mark_sent(at)
        dead.mark_sent(at)

        self.assertEqual(bytes(alive.message), bytes(dead.message))
        self.assertFalse(Delivery.objects.exclude(state=Delivery.SENT).exists())
        self.assertIsNone(Delivery.objects.claim(at + timedelta(days=1)))

    def test_two_workers_with_one_row_each_send_one_mail(self) -> None:
        self.ask(MONDAY, people=[self.bob])
        self.ask(MONDAY, of="quarterly", people=[self.bob])
        Delivery.objects.exclude(recipient=self.bob).delete()
        at = MONDAY + GATHERS_FOR
        one, other = Delivery.objects.claim(at), Delivery.objects.claim(at)
        assert one and other

        self.assertEqual((other.render(at), one.render(at)), (True, False))
        other.mark_sent(at)

        self.assertEqual(len(self.calendars(other)), 2)
        self.assertFalse(Delivery.objects.exclude(state=Delivery.SENT).exists())

    def test_a_worker_that_lost_its_row_takes_nothing_along(self) -> None:
        self.ask(MONDAY, people=[self.bob])
        self.ask(MONDAY, of="quarterly", people=[self.bob])
        Delivery.objects.exclude(recipient=self.bob).delete()
        at = MONDAY + GATHERS_FOR
        slow = Delivery.objects.claim(at)
        later = at + LEASE + MINUTE
        quick = Delivery.objects.claim(later)
        assert slow and quick
        self.assertEqual(slow.pk, quick.pk)

        self.assertEqual((slow.render(later), quick.render(later)), (False, True))
        quick.mark_sent(later)

        self.assertEqual(len(self.calendars(quick)), 2)
        self.assertFalse(Delivery.objects.exclude(state=Delivery.SENT).exists())

    def test_a_mail_that_is_refused_for_good_takes_nobody_down_with_it(self) -> None:
        self.ask(MONDAY, people=[self.bob])
        self.ask(MONDAY, of="quarterly", people=[self.bob])
        Delivery.objects.exclude(recipient=self.bob).delete()
        at = MONDAY + GATHERS_FOR
        row = Delivery.objects.claim(at)
        assert row
        row.render(at)
        row.mark_refused(at, Refusal("552 too large", is_final=True))

        (mail,) = self.to(self.bob, self.send(at))

        self.assertEqual(len(self.calendars(mail)), 1)

    def test_who_accepts_afterwards_hears_of_all_of_them_then(self) -> None:
        invitation = Invitation.invite(
            by=self.root, at=MONDAY, email="nora@example.com", name="Nora New"
        )
        nora = invitation.user
        self.acme.add_member(nora, Role.SUPPORT, right="edit", by=self.root)
        self.ask(MONDAY, people=[nora])
        self.ask(MONDAY, of="quarterly", people=[nora])
        later = MONDAY + timedelta(days=2)
        sent = self.to(nora, self.send(MONDAY + timedelta(hours=1)))
        self.assertEqual([row.kind for row in sent], ["invitation"])
        follow_rights()
        self.assertEqual(self.to(nora, self.send(later)), [])

        invitation.accept(name="Nora New", password="a long password of hers", at=later)
        with time_machine.travel(later, tick=False):
            follow_rights()
            follow_rights()

        (mail,) = self.to(nora, self.send(later))
        self.assertEqual(len(self.calendars(mail)), 2)
        with time_machine.travel(later + MINUTE, tick=False):
            follow_rights()
        self.assertEqual(self.to(nora, self.send(later + timedelta(hours=1))), [])

    def test_words_are_the_readers(self) -> None:
        User.objects.filter(pk=self.bob.pk).update(language="es", region="es-CO")
        self.bob.refresh_from_db()
        self.ask(MONDAY)
        self.ask(MONDAY, of="quarterly")

        (mail,) = self.to(self.bob, self.send(MONDAY + GATHERS_FOR))

        self.assertIn("2 series", self.text(mail))
        self.assertIn("Los archivos adjuntos", self.text(mail))
