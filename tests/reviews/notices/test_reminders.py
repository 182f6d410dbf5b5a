from datetime import UTC, datetime, timedelta

from django.core.mail import EmailMessage

from kam.lib.outbox.models import Delivery, OptOut
from kam.lib.outbox.registry import renderers
from reviews.models import Review
from reviews.notices.reminders import announce_reminders
from reviews.notices.review_clock import tick
from tests.base import MONDAY
from tests.reviews.cases import ReviewCase, local

WEDNESDAY = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)  # one day before the first review


class RemindersTest(ReviewCase):
    def announced(self, at: datetime) -> list[tuple[int, str]]:
        announce_reminders(at)
        rows = Delivery.objects.filter(kind="review_reminder").order_by("id")
        return [(row.recipient_id, row.occasion) for row in rows]

    def unsaid(self, delivery: Delivery, at: datetime = WEDNESDAY) -> str:
        """Why it is not sent; empty when it is."""
        found = renderers["review_reminder"](delivery, at)
        return "" if isinstance(found, EmailMessage) else str(found)

    def one(self) -> Delivery:
        announce_reminders(WEDNESDAY)
        return Delivery.objects.get(recipient=self.bob, subject=f"review:{self.review.pk}")

    def test_each_person_once_for_each_offset(self) -> None:
        found = self.announced(WEDNESDAY)
        again = self.announced(WEDNESDAY + timedelta(minutes=1))

        people = [self.alice.pk, self.bob.pk, self.vera.pk]
        first = [(person, "2026-11-26T09:00Z -1d") for person in people]
        self.assertEqual([row for row in found if row[1].startswith("2026-11-26")], first)
        self.assertEqual(again, found)

    def test_nobody_hears_before_the_time(self) -> None:
        found = self.announced(WEDNESDAY - timedelta(seconds=1))

        self.assertNotIn("2026-11-26T09:00Z -1d", {occasion for _person, occasion in found})

    def test_an_hour_without_a_scheduler_loses_nothing(self) -> None:
        found = self.announced(WEDNESDAY + timedelta(hours=1))

        self.assertIn((self.bob.pk, "2026-11-26T09:00Z -1d"), found)

    def test_a_review_that_is_moved_reminds_again(self) -> None:
        self.announced(WEDNESDAY)
        self.review.move(by=self.alice, starts=local("2026-11-27T10:00"))

        found = self.announced(WEDNESDAY + timedelta(days=1))

        self.assertIn((self.bob.pk, "2026-11-27T09:00Z -1d"), found)

    def test_a_year_without_a_clock_sends_no_flood(self) -> None:
        tick(MONDAY + timedelta(days=365))

        reminders = Delivery.objects.filter(kind="review_reminder")
        late = MONDAY + timedelta(days=365)
        self.assertEqual(reminders.filter(due_at__lt=late - timedelta(days=1)).count(), 0)
        self.assertLessEqual(reminders.count(), 6)

    def test_who_lost_the_right_in_between_hears_nothing(self) -> None:
        delivery = self.one()
        self.acme.memberships.get(user=self.bob).delete()

        self.assertEqual(self.unsaid(delivery), "right")

    def test_a_moved_skipped_or_begun_review_is_not_announced_any_more(self) -> None:
        delivery = self.one()
        self.assertEqual(self.unsaid(delivery), "")

        self.assertEqual(self.unsaid(delivery, self.review.starts_at), "over")
        self.review.move(by=self.alice, starts=local("2026-11-27T10:00"))
        self.assertEqual(self.unsaid(delivery), "over")

    def test_who_is_excused_hears_nothing(self) -> None:
        delivery = self.one()
        self.review.note_attendance(self.bob, "excused", by=self.alice)

        self.assertEqual(self.unsaid(delivery), "over")

    def test_who_stopped_the_kind_in_between_is_marked_so(self) -> None:
        delivery = self.one()
        OptOut.objects.choose(self.bob, "review_reminder", wanted=False)

        self.assertFalse(delivery.render(WEDNESDAY))

        stored = Delivery.objects.get(pk=delivery.pk)
        self.assertEqual((stored.state, stored.unsaid), ("dropped", "stopped"))

    def test_who_stopped_the_kind_is_not_announced(self) -> None:
        OptOut.objects.choose(self.bob, "review_reminder", wanted=False)

        self.assertNotIn(self.bob.pk, {person for person, _occasion in self.announced(WEDNESDAY)})

    def test_a_person_who_may_no_longer_sign_in_is_not_announced(self) -> None:
        self.bob.is_active = False
        self.bob.save(update_fields=["is_active"])

        self.assertNotIn(self.bob.pk, {person for person, _occasion in self.announced(WEDNESDAY)})

    def test_the_clock_does_the_same_twice(self) -> None:
        tick(WEDNESDAY)
        before = (Delivery.objects.count(), Review.objects.count())

        tick(WEDNESDAY)

        self.assertEqual((Delivery.objects.count(), Review.objects.count()), before)
