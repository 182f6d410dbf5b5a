from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import User
from kam.lib.data.seen import Stale
from kam.lib.outbox.models import Delivery
from reviews.models import Review, Series
from reviews.recurrence import rescheduling
from reviews.recurrence.recurrence import moment
from reviews.recurrence.rescheduling import Wish
from tests.base import MONDAY
from tests.reviews.cases import ReviewCase, local

DECEMBER = date(2026, 12, 10)


class ReschedulingTest(ReviewCase):
    def change(
        self, since: date, *, attendees: list[User] | None = None, seen: int = -1, **changes: Any
    ) -> Series:
        series = Series.objects.get(pk=self.series.pk)
        names = "kind rule starts until time_zone length owner agenda"
        fields = {name: getattr(series, name) for name in names.split()}
        slots = series.slots(since, since + timedelta(days=30))
        fields["starts"] = slots[0] if slots else series.starts
        people = [self.alice, self.bob, self.vera] if attendees is None else attendees
        wish = Wish(since, {**fields, **changes}, people, [7, 1])
        seen = series.sequence if seen < 0 else seen
        return rescheduling.change(series, wish, by=self.alice, at=MONDAY, seen=seen)

    def on_tuesdays(self, since: date = DECEMBER) -> Series:
        start = since + timedelta(days=(1 - since.weekday()) % 7)
        starts = local(f"{start.isoformat()}T09:00")
        return self.change(since, rule="FREQ=WEEKLY;BYDAY=TU", starts=starts)

    def slots(self, series: Series) -> list[str]:
        return [review.slot.isoformat()[:16] for review in self.reviews_of(series)]

    def told(self, series: Series) -> set[tuple[str, str]]:
        rows = Delivery.objects.filter(subject=series.subject)
        return {(row.recipient.get_short_name(), row.occasion) for row in rows}

    def test_a_new_rhythm_from_one_day_on_leaves_what_came_before(self) -> None:
        new = self.on_tuesdays()

        self.assertEqual(self.slots(self.series), ["2026-11-26T10:00", "2026-12-03T10:00"])
        self.assertEqual(self.slots(new)[:2], ["2026-12-15T09:00", "2026-12-22T09:00"])
        self.assertEqual(new.follows, self.series)
        self.assertEqual(Series.objects.get(pk=self.series.pk).until, date(2026, 12, 9))

    def test_when_nothing_came_before_the_series_itself_changes(self) -> None:
        new = self.on_tuesdays(since=date(2026, 11, 26))

        self.assertEqual(new.pk, self.series.pk)
        self.assertEqual(self.slots(new)[0], "2026-12-01T09:00")
        self.assertEqual({r.slot.weekday() for r in self.reviews_of(new)}, {1})

    def test_a_moved_review_keeps_its_hour_and_takes_the_place_of_the_nearest_new_one(self) -> None:
        moved = self.reviews_of(self.series)[3]  # Thu 17 Dec
        moved.move(by=self.alice, starts=local("2026-12-18T16:00"))

        new = self.on_tuesdays()

        moved.refresh_from_db()
        self.assertEqual((moved.series, moved.slot), (new, local("2026-12-15T09:00")))
        self.assertEqual(moved.local_start, local("2026-12-18T16:00"))
        self.assertEqual(self.slots(new).count("2026-12-15T09:00"), 1)

    def test_a_written_agenda_goes_along_to_the_new_time(self) -> None:
        third = self.reviews_of(self.series)[2]  # Thu 10 Dec
        third.write("agenda", seen="", text="Route to the CTO", by=self.bob)

        new = self.on_tuesdays()

        third.refresh_from_db()
        self.assertEqual(third.starts_at, moment(local("2026-12-15T09:00"), new.zone))
        self.assertEqual(third.agenda, "Route to the CTO")

    def test_what_was_held_early_stays_where_it_is(self) -> None:
        held = self.reviews_of(self.series)[4]
        held.hold(by=self.alice, at=MONDAY)

        self.on_tuesdays()

        held.refresh_from_db()
        self.assertEqual((held.series, held.slot), (self.series, local("2026-12-24T10:00")))

    def test_the_same_rhythm_changes_length_and_people_in_place(self) -> None:
        new = self.change(DECEMBER, length=60, attendees=[self.bob, self.henrik])

        self.assertEqual(new.pk, self.series.pk)
        reviews = self.reviews_of(new)
        self.assertEqual([r.length for r in reviews[:4]], [30, 30, 60, 60])
        names = [{p.user.get_short_name() for p in r.people} for r in (reviews[0], reviews[2])]
        self.assertEqual(names, [{"Alice", "Bob", "Vera"}, {"Alice", "Bob", "Henrik"}])

    def test_everybody_hears_of_it_and_who_is_not_asked_any_more_hears_that(self) -> None:
        self.change(DECEMBER, attendees=[self.bob, self.henrik])

        told = self.told(self.series)
        self.assertIn(("Henrik", "request 1"), told)
        self.assertIn(("Bob", "request 1"), told)
        self.assertEqual({who for who, what in told if what == "cancel 1"}, {"Vera"})

    def test_an_end_takes_back_what_comes_after_it(self) -> None:
        self.change(date(2026, 11, 26), until=date(2026, 12, 10))

        self.assertEqual(self.slots(self.series)[-1], "2026-12-10T10:00")
        Series.objects.get(pk=self.series.pk).extend(MONDAY + timedelta(days=200))
        self.assertEqual(len(self.slots(self.series)), 3)

    def test_a_later_end_brings_them_back(self) -> None:
        self.change(date(2026, 11, 26), until=date(2026, 12, 10))
        self.change(date(2026, 11, 26), until=None)

        self.assertEqual(len(self.slots(self.series)), 17)

    def test_the_second_of_two_editors_hears_that_it_changed(self) -> None:
        self.change(DECEMBER, length=60)

        with self.assertRaises(Stale):
            self.change(DECEMBER, length=45, seen=0)

    def test_the_database_refuses_an_end_before_the_beginning(self) -> None:
        with self.assertRaises(IntegrityError), transaction.atomic():
            Series.objects.filter(pk=self.series.pk).update(until=date(2026, 11, 25))

    def test_ending_keeps_what_took_place_and_what_was_written(self) -> None:
        first, second, *_ = self.reviews_of(self.series)
        second.write("agenda", seen="", text="Route to the CTO", by=self.bob)
        after = first.ends_at + timedelta(hours=1)

        rescheduling.end(self.series, by=self.alice, at=after)

        left = self.reviews_of(self.series)
        self.assertEqual([r.state for r in left], ["scheduled", "skipped"])
        self.assertEqual(left[1].agenda, "Route to the CTO")
        self.assertIn(("Bob", "request 1"), self.told(self.series))

    def test_a_series_of_which_nothing_came_is_cancelled_and_stays_ended(self) -> None:
        rescheduling.end(self.series, by=self.alice, at=MONDAY)
        rescheduling.end(self.series, by=self.alice, at=MONDAY)

        self.assertEqual(self.reviews_of(self.series), [])
        self.assertIn(("Bob", "cancel 1"), self.told(self.series))
        later = Series.objects.to_extend(MONDAY + timedelta(days=300))
        self.assertEqual(list(later), [])
        self.assertFalse(Review.objects.of_series(self.series).exists())
