"""The notices beside the reminder: who gets which, when, and what stands in it."""

from datetime import UTC, date, datetime, timedelta

from kam.lib.outbox.models import Delivery
from reviews.models import Clock, Review
from reviews.models.notices import AGENDA
from reviews.notices.reminders import announce_empty_agendas
from reviews.notices.review_clock import tick
from tests.base import MONDAY
from tests.factories import make_action, part_of
from tests.reviews.cases import ReviewCase, local

EVE = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)  # 07:00 in Berlin on the day before the first review
MISSED = datetime(2026, 12, 2, 6, 0, tzinfo=UTC)  # three working days after it, in the morning
MINUTE = timedelta(minutes=1)


class NoticesTest(ReviewCase):
    def agendas(self, at: datetime) -> list[tuple[int, str]]:
        announce_empty_agendas(at)
        rows = Delivery.objects.filter(kind="review_without_agenda").order_by("pk")
        return [(row.recipient_id, row.occasion) for row in rows]

    def sent(self, delivery: Delivery, at: datetime) -> str:
        """The plain part of the mail, or why there is none."""
        delivery.render(at)
        delivery.refresh_from_db()
        return delivery.unsaid or part_of(delivery, "plain")

    def test_an_empty_agenda_is_told_to_the_owner_at_seven_the_day_before(self) -> None:
        self.assertEqual(self.agendas(EVE - MINUTE), [])
        self.assertEqual(self.agendas(EVE), [(self.alice.pk, "2026-11-26T09:00Z")])
        self.assertEqual(len(self.agendas(EVE + MINUTE)), 1)

    def test_an_agenda_of_blanks_is_empty_and_one_with_words_is_not(self) -> None:
        self.review.write("agenda", seen="", text=" \n ", by=self.alice)
        self.assertEqual(len(self.agendas(EVE)), 1)

        Delivery.objects.all().delete()
        self.review.write("agenda", seen=" \n ", text="Numbers", by=self.alice)
        self.assertEqual(self.agendas(EVE), [])

    def test_a_review_that_was_moved_is_told_again(self) -> None:
        self.agendas(EVE)
        self.review.move(by=self.alice, starts=local("2026-11-27T10:00"))

        self.assertIn((self.alice.pk, "2026-11-27T09:00Z"), self.agendas(EVE + timedelta(days=1)))

    def test_written_in_between_it_is_not_sent(self) -> None:
        self.agendas(EVE)
        self.review.write("agenda", seen="", text="Numbers", by=self.alice)

        self.assertEqual(self.sent(Delivery.objects.get(kind=AGENDA), EVE), "over")

    def test_the_agenda_mail_offers_what_is_late(self) -> None:
        make_action(self.objective, owner=self.bob, title="Send it", due=date(2026, 11, 20))
        self.agendas(EVE)

        text = self.sent(Delivery.objects.get(kind=AGENDA), EVE)

        self.assertIn("Acme, Thursday 26 November, 10:00: no agenda yet", text)
        self.assertIn("Send it, Bob Baker (5 days late)", text)

    def test_a_missed_review_is_told_to_its_owner_on_the_next_morning(self) -> None:
        Clock.objects.note(MISSED - timedelta(days=1))
        tick(MISSED - MINUTE)
        self.assertFalse(Delivery.objects.filter(kind="review_missed").exists())

        tick(MISSED)
        tick(MISSED + MINUTE)

        delivery = Delivery.objects.get(kind="review_missed")
        self.assertEqual((delivery.recipient, delivery.occasion), (self.alice, "2026-12-02"))
        self.assertIn("Missed: review of Acme, Thu 26 Nov", self.sent(delivery, MISSED))

    def test_recorded_in_between_nothing_is_sent(self) -> None:
        Clock.objects.note(MISSED - MINUTE)
        tick(MISSED)
        self.review.refresh_from_db()
        self.review.hold(by=self.alice, at=MISSED)

        self.assertEqual(self.sent(Delivery.objects.get(kind="review_missed"), MISSED), "over")

    def test_a_year_without_a_clock_is_one_mail_however_many_were_missed(self) -> None:
        tick(MONDAY)
        late = MONDAY + timedelta(days=365)

        tick(late)

        self.assertGreater(Review.objects.missed().count(), 40)
        delivery = Delivery.objects.get(kind="review_missed")
        text = self.sent(delivery, late)
        self.assertIn("reviews were missed", text)
        self.assertLess(len(text), 4000)

    def test_actions_are_named_with_how_late_they_are(self) -> None:
        make_action(self.objective, owner=self.bob, title="Send it", due=date(2026, 11, 20))
        make_action(self.objective, owner=self.bob, title="Call <him>", due=date(2026, 11, 23))
        Clock.objects.note(MONDAY - timedelta(hours=4))
        tick(MONDAY)

        delivery = Delivery.objects.get(kind="actions_due")
        text = self.sent(delivery, MONDAY)

        self.assertEqual(delivery.title, "Your actions: 1 late, 1 due today")
        self.assertIn("Send it, Acme (3 days late)", text)
        self.assertIn("Call &lt;him&gt;", part_of(delivery, "html"))

    def test_300_late_actions_are_one_short_mail(self) -> None:
        for number in range(300):
            make_action(self.objective, owner=self.bob, title=f"A {number}", due=date(2026, 11, 20))
        Clock.objects.note(MONDAY - timedelta(hours=4))
        tick(MONDAY)

        delivery = Delivery.objects.get(kind="actions_due")
        text = self.sent(delivery, MONDAY)

        self.assertIn("and 288 more", text)
        self.assertLess(len(delivery.message), 40_000)

    def test_whose_right_is_gone_hears_nothing_of_their_actions(self) -> None:
        make_action(self.objective, owner=self.bob, due=date(2026, 11, 20))
        Clock.objects.note(MONDAY - timedelta(hours=4))
        tick(MONDAY)
        self.acme.memberships.get(user=self.bob).delete()

        self.assertEqual(self.sent(Delivery.objects.get(kind="actions_due"), MONDAY), "right")
