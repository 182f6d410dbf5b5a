from decimal import Decimal

from django.test import SimpleTestCase

from accounts.commerce.commercial_trend import commercial_trend

D = Decimal


class TrendTest(SimpleTestCase):
    def test_marks_of_the_scale(self) -> None:
        for now, score in [
            (50, 0),
            (80, 0),
            (90, 30),
            (100, 60),
            (110, 80),
            (120, 100),
            (300, 100),
        ]:
            with self.subTest(now):
                self.assertEqual(commercial_trend(D(now) / 100 - 1, None), score)

    def test_overdue_money_takes_points_but_never_below_zero(self) -> None:
        self.assertEqual(commercial_trend(D(0), D("0.25")), 35)
        self.assertEqual(commercial_trend(D("-0.15"), D("0.9")), 0)

    def test_without_growth_there_is_no_score(self) -> None:
        self.assertIsNone(commercial_trend(None, D(0)))
