from datetime import date

from django.test import SimpleTestCase

from reviews.health.health_trend import carried_on


class CourseTest(SimpleTestCase):
    def test_within_a_month_the_newest_figure_counts(self) -> None:
        self.assertEqual(carried_on([60, 70], date(2026, 11, 3), date(2026, 11, 23), 72), [60, 72])

    def test_a_new_month_comes_after_the_last(self) -> None:
        self.assertEqual(carried_on([70], date(2026, 11, 30), date(2026, 12, 1), 71), [70, 71])

    def test_months_that_nobody_saw_stay_empty(self) -> None:
        course = carried_on([70], date(2026, 10, 31), date(2027, 1, 2), 64)
        self.assertEqual(course, [70, None, None, 64])

    def test_twelve_months_are_kept(self) -> None:
        course: list[int | None] = []
        last = date(2024, 1, 1)
        for number in range(30):
            day = date(2024 + number // 12, number % 12 + 1, 1)
            course, last = carried_on(course, last, day, number), day
        self.assertEqual(course, list(range(18, 30)))

    def test_not_scored_stays_not_scored(self) -> None:
        self.assertEqual(carried_on([70], date(2026, 11, 1), date(2026, 12, 1), None), [70, None])
