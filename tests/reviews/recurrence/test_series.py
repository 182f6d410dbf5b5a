from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from reviews.models import Review, Series
from tests.base import MONDAY
from tests.reviews.cases import ReviewCase, local

BERLIN = ZoneInfo("Europe/Berlin")


class SeriesTest(ReviewCase):
    def test_scheduling_makes_the_occurrences_of_the_next_months(self) -> None:
        starts = [review.starts_at for review in self.reviews_of(self.series)]

        self.assertEqual(starts[0], datetime(2026, 11, 26, 9, 0, tzinfo=UTC))
        self.assertEqual(len(starts), 17)

    def test_everybody_asked_is_asked_to_every_occurrence(self) -> None:
        names = {person.user.name for person in self.reviews_of(self.series)[-1].people}

        self.assertEqual(names, {"Alice Alvarez", "Bob Baker", "Vera Viewer"})

    def test_extending_again_adds_nothing(self) -> None:
        before = self.reviews_of(self.series)

        self.series.extend(MONDAY)
        Series.objects.filter(pk=self.series.pk).update(extended_to=MONDAY.date())
        Series.objects.get(pk=self.series.pk).extend(MONDAY)

        self.assertEqual(self.reviews_of(self.series), before)

    def test_a_moved_occurrence_is_not_made_again(self) -> None:
        self.review.move(by=self.alice, starts=local("2026-11-27T15:00"))
        Series.objects.filter(pk=self.series.pk).update(extended_to=MONDAY.date())

        Series.objects.get(pk=self.series.pk).extend(MONDAY)

        self.assertEqual(Review.objects.of_series(self.series).count(), 17)

    def test_the_clock_stays_at_ten_across_daylight_saving(self) -> None:
        late = MONDAY + timedelta(days=110)
        Series.objects.get(pk=self.series.pk).extend(late)

        clocks = {r.starts_at.astimezone(BERLIN).hour for r in self.reviews_of(self.series)}
        offsets = {r.starts_at.hour for r in self.reviews_of(self.series)}

        self.assertEqual((clocks, offsets), ({10}, {8, 9}))

    def test_only_series_that_end_too_early_are_extended(self) -> None:
        self.assertEqual(list(Series.objects.to_extend(MONDAY + timedelta(days=29))), [])
        self.assertEqual(list(Series.objects.to_extend(MONDAY + timedelta(days=31))), [self.series])

    def test_a_series_of_an_archived_account_stands_still(self) -> None:
        self.acme.archive(by=self.alice, at=MONDAY)

        found = Series.objects.to_extend(MONDAY + timedelta(days=60))

        self.assertEqual(list(found), [])

    def test_a_first_time_long_ago_makes_no_past_reviews(self) -> None:
        series = self.schedule(starts=local("2020-01-02T10:00"))

        self.assertGreaterEqual(self.reviews_of(series)[0].starts_at, MONDAY)
