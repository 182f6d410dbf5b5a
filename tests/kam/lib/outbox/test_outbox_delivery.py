from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.test import override_settings

from kam.lib.outbox.models import Delivery
from kam.lib.outbox.models.delivery import GIVE_UP_AFTER, LEASE
from kam.lib.outbox.refusal import Refusal
from kam.lib.outbox.registry import SkipReason, renderers
from tests.base import MONDAY, ClaveTest

LATER = Refusal("450 later", is_final=False)


class DeliveryTest(ClaveTest):
    def setUp(self) -> None:
        self.rendered = 0
        self.says_nothing = False
        self.address = self.bob.email
        renderers["test"] = self.render
        self.addCleanup(renderers.pop, "test")
        Delivery.objects.announce([self.row()])

    def row(self, **changes: object) -> Delivery:
        fields = {"kind": "test", "subject": "thing:1", "occasion": "now", "due_at": MONDAY}
        return Delivery(recipient=self.bob, **{**fields, **changes})

    def render(self, delivery: Delivery, at: datetime) -> EmailMessage | None:
        self.rendered += 1
        return None if self.says_nothing else EmailMessage("Hello", "Word", to=[self.address])

    def claim(self, at: datetime = MONDAY) -> Delivery:
        delivery = Delivery.objects.claim(at)
        assert delivery
        return delivery

    def test_the_same_occasion_is_announced_once(self) -> None:
        Delivery.objects.announce([self.row(), self.row(occasion="later")])

        self.assertEqual(Delivery.objects.count(), 2)

    def test_nobody_else_claims_it_while_the_lease_holds(self) -> None:
        self.claim()

        self.assertIsNone(Delivery.objects.claim(MONDAY + LEASE - timedelta(seconds=1)))
        self.assertIsNotNone(Delivery.objects.claim(MONDAY + LEASE + timedelta(seconds=1)))

    def test_it_is_rendered_once_whatever_happens_then(self) -> None:
        first = self.claim()
        first.render(MONDAY)

        second = self.claim(MONDAY + timedelta(hours=1))
        second.render(MONDAY + timedelta(hours=1))

        self.assertEqual(self.rendered, 1)
        self.assertEqual(bytes(second.message), bytes(first.message))

    def test_a_worker_that_lost_its_lease_while_rendering_keeps_silent(self) -> None:
        slow = self.claim()
        fast = self.claim(MONDAY + timedelta(hours=1))
        self.assertTrue(fast.render(MONDAY))

        self.assertFalse(slow.render(MONDAY))

        stored = Delivery.objects.get()
        self.assertEqual(stored.message_id, fast.message_id)

    def test_who_lost_the_lease_marks_nothing(self) -> None:
        slow = self.claim()
        self.claim(MONDAY + timedelta(hours=1))

        slow.mark_sent(MONDAY)

        self.assertEqual(Delivery.objects.get().state, Delivery.WAITING)

    def test_what_must_not_be_told_any_more_is_dropped(self) -> None:
        self.says_nothing = True

        self.assertFalse(self.claim().render(MONDAY))

        stored = Delivery.objects.get()
        self.assertEqual((stored.state, stored.unsaid), (Delivery.DROPPED, SkipReason.OVER))

    @override_settings(MAIL_STAYS_HERE=False)
    def test_nothing_leaves_for_an_address_that_nobody_can_have(self) -> None:
        self.address = "marta.reyes@nordlicht.example"

        self.assertFalse(self.claim().render(MONDAY))

        stored = Delivery.objects.get()
        self.assertEqual((stored.state, stored.unsaid), (Delivery.DROPPED, SkipReason.NOWHERE))
        self.assertEqual(bytes(stored.message), b"")

    @override_settings(MAIL_STAYS_HERE=False, MAIL_CATCHES_ALL=True)
    def test_a_server_that_catches_everything_gets_the_mails_of_the_demo(self) -> None:
        self.address = "marta.reyes@nordlicht.example"

        self.assertTrue(self.claim().render(MONDAY))

    def test_a_refusal_waits_longer_each_time(self) -> None:
        pauses = []
        at = MONDAY
        for _try in range(3):
            self.claim(at).mark_refused(at, LATER)
            until = Delivery.objects.get().lease_until
            assert until
            pauses.append((until - at).total_seconds())
            at = until + timedelta(seconds=1)

        self.assertEqual(pauses, [10, 20, 40])

    def test_after_three_days_it_is_given_up(self) -> None:
        Delivery.objects.update(attempts=20)
        at = MONDAY + GIVE_UP_AFTER + timedelta(hours=1)

        self.claim(at).mark_refused(at, LATER)

        stored = Delivery.objects.get()
        self.assertEqual((stored.state, stored.last_error), (Delivery.FAILED, LATER.words))

    def test_what_the_server_refuses_for_good_is_given_up_at_once(self) -> None:
        self.claim().mark_refused(MONDAY, Refusal("550 5.1.1 no such user", is_final=True))

        stored = Delivery.objects.get()
        self.assertEqual(
            (stored.state, stored.last_error, stored.tried_at),
            (Delivery.FAILED, "550 5.1.1 no such user", MONDAY),
        )
        self.assertIsNone(Delivery.objects.claim(MONDAY + timedelta(days=1)))
