from datetime import timedelta
from typing import Any

from django.db import DatabaseError, IntegrityError, ProgrammingError, transaction

from planning.models import Action
from reviews.models import Attendance, Closed, Decision, Review
from tests.base import MONDAY
from tests.reviews.cases import ReviewCase, local


class ReviewModelTest(ReviewCase):
    def test_holding_freezes_the_plan(self) -> None:
        self.review.hold(by=self.alice, at=MONDAY)

        self.assertTrue(self.review.is_held)
        self.assertEqual(self.review.snapshot.plan, self.plan)  # type: ignore[union-attr]
        self.assertFalse(self.review.recorded_late)

    def test_the_first_to_close_counts(self) -> None:
        again = Review.objects.get(pk=self.review.pk)
        self.review.hold(by=self.alice, at=MONDAY)

        again.hold(by=self.bob, at=MONDAY + timedelta(hours=1))

        self.assertEqual((again.held_by, again.held_at), (self.alice, MONDAY))

    def test_a_held_review_changes_no_more_not_even_in_the_database(self) -> None:
        self.review.hold(by=self.alice, at=MONDAY)

        with self.assertRaises(ProgrammingError), transaction.atomic():
            Review.objects.filter(pk=self.review.pk).update(minutes="Other words")

    def test_its_decisions_people_and_row_stay_in_the_database_too(self) -> None:
        self.review.decide("Henrik calls", by=self.alice)
        self.review.hold(by=self.alice, at=MONDAY)

        decisions = Decision.objects.filter(review=self.review)
        people = Attendance.objects.filter(review=self.review)
        late = Decision(account=self.acme, review=self.review, text="Late", by=self.alice)
        for change in (
            lambda: decisions.update(text="Other"),
            decisions.delete,
            lambda: people.update(state="present"),
            people.delete,
            late.save,
            Review.objects.filter(pk=self.review.pk).delete,
        ):
            with self.assertRaises(DatabaseError), transaction.atomic():
                change()

    def test_nothing_is_written_into_a_closed_review(self) -> None:
        self.review.hold(by=self.alice, at=MONDAY)

        for write in (
            lambda: self.review.decide("Too late", by=self.bob),
            lambda: self.review.write("minutes", seen="", text="Too late", by=self.bob),
            lambda: self.review.skip(by=self.bob, reason="Too late"),
            lambda: self.review.move(by=self.bob, starts=local("2026-12-01T10:00")),
        ):
            with self.assertRaises(Closed):
                write()

    def test_the_clock_calls_it_missed_after_three_working_days(self) -> None:
        deadline = self.review.missed_at
        self.assertEqual(deadline.isoformat(), "2026-12-01T23:00:00+00:00")

        early = Review.objects.all().mark_missed(deadline - timedelta(seconds=1))
        due = Review.objects.all().mark_missed(deadline)

        self.assertEqual((early, due, Review.objects.all().mark_missed(deadline)), (0, 1, 0))

    def test_a_missed_review_is_still_held_and_says_that_it_was_late(self) -> None:
        Review.objects.all().mark_missed(self.review.missed_at)
        self.review.refresh_from_db()

        self.review.hold(by=self.alice, at=MONDAY + timedelta(days=10))

        self.assertEqual((self.review.is_held, self.review.recorded_late), (True, True))

    def test_moving_keeps_the_identity_and_the_series(self) -> None:
        self.review.move(by=self.alice, starts=local("2026-11-27T15:00"))

        self.review.refresh_from_db()
        self.assertEqual(self.review.slot, local("2026-11-26T10:00"))
        self.assertEqual(self.review.starts_at.isoformat(), "2026-11-27T14:00:00+00:00")
        self.assertTrue(self.review.is_moved)

    def test_moving_a_missed_review_schedules_it_again(self) -> None:
        Review.objects.all().mark_missed(self.review.missed_at)
        self.review.refresh_from_db()

        self.review.move(by=self.alice, starts=local("2026-12-02T10:00"))

        self.assertEqual(Review.objects.scheduled().get(pk=self.review.pk), self.review)

    def test_skipping_needs_a_reason(self) -> None:
        with self.assertRaises(IntegrityError):
            self.review.skip(by=self.alice, reason="")

    def test_a_new_action_lands_in_the_plan(self) -> None:
        self.review.add_action(
            self.objective, by=self.bob, title="Get the export", owner=self.bob, due=MONDAY.date()
        )

        self.assertTrue(Action.objects.of_objective(self.objective).filter(title="Get the export"))

    def test_what_happened_is_kept_under_the_name_of_the_action(self) -> None:
        decision: Any = self.review.decide("No discount", by=self.alice)

        event = decision.events.latest("pgh_id")
        self.assertEqual(event.pgh_context.metadata["action"], "review.decide")
        self.assertEqual(event.pgh_context.metadata["user"], self.alice.pk)
