from datetime import date, timedelta

from accounts.models import Site
from reviews.models import Review
from reviews.recurrence.recurrence import after_working_days, working_day_before
from tests.factories import make_site
from tests.reviews.cases import ReviewCase

CHRISTMAS = [["2026-12-25", "Christmas Day"]]


class WorkingDaysTest(ReviewCase):
    def test_holidays_and_days_off_do_not_count(self) -> None:
        make_site(holidays=CHRISTMAS)

        self.assertEqual(after_working_days(date(2026, 12, 24), 1), date(2026, 12, 28))
        self.assertEqual(working_day_before(date(2026, 12, 28)), date(2026, 12, 24))

    def test_a_week_from_sunday_to_thursday(self) -> None:
        make_site(working_days=[1, 2, 3, 4, 7])

        self.assertEqual(after_working_days(date(2026, 12, 3), 1), date(2026, 12, 6))

    def test_a_holiday_moves_the_deadline_of_what_waits(self) -> None:
        make_site()
        before = self.review.missed_at
        day_after = (self.review.starts_at + timedelta(days=1)).date()

        Site.fill(by=self.root, holidays=[[day_after.isoformat(), "Day of the city"]])

        self.assertEqual(
            Review.objects.get(pk=self.review.pk).missed_at, before + timedelta(days=1)
        )
        self.assertEqual(Review.objects.all().mark_missed(before), 0)
        self.assertEqual(Review.objects.all().mark_missed(before + timedelta(days=1)), 1)
