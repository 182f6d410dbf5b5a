from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from django.test import SimpleTestCase
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planning.objectives.progress import Way, expected_progress, objective_progress, plan_progress

DAY = date(2026, 11, 23)


def way(progress: str | None, *, gone: int, left: int, weight: int = 2) -> Way:
    """An objective that started `gone` days ago and is due in `left` days."""
    share = None if progress is None else Decimal(progress)
    return Way("x", share, DAY - timedelta(days=gone), DAY + timedelta(days=left), weight)


class ProgressTest(SimpleTestCase):
    def test_it_works_for_reducing_too(self) -> None:
        self.assertEqual(objective_progress(Decimal(31), Decimal(18), Decimal(25)), Decimal(6) / 13)

    def test_the_calendar_asks_for_more_every_day(self) -> None:
        start, due = date(2026, 1, 1), date(2026, 1, 11)

        self.assertEqual(expected_progress(start, due, date(2026, 1, 4)), Decimal("0.3"))
        self.assertEqual(expected_progress(start, due, date(2025, 12, 1)), 0)
        self.assertEqual(expected_progress(start, due, date(2026, 2, 1)), 1)

    def test_half_of_what_was_asked_for_is_fifty(self) -> None:
        self.assertEqual(plan_progress([way("0.25", gone=50, left=50)], DAY).score, 50)

    def test_being_ahead_gives_no_more_than_a_hundred(self) -> None:
        ahead, behind = way("0.9", gone=10, left=90), way("0", gone=10, left=90)

        self.assertEqual(plan_progress([ahead, behind], DAY).score, 50)

    def test_priority_is_the_weight(self) -> None:
        high, low = way("1", gone=10, left=0, weight=4), way("0", gone=10, left=0, weight=1)

        self.assertEqual(plan_progress([high, low], DAY).score, 80)

    def test_what_is_not_measured_or_not_begun_is_left_out_and_never_zero(self) -> None:
        self.assertIsNone(
            plan_progress([way(None, gone=9, left=9), way("0", gone=0, left=9)], DAY).score
        )
        self.assertEqual(
            plan_progress([way(None, gone=9, left=9), way("1", gone=9, left=9)], DAY).score, 100
        )

    # A busy machine is slow at making examples; that says nothing about the rule.
    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.tuples(
        st.integers(0, 100), st.integers(1, 400), st.integers(0, 400), st.sampled_from([1, 2, 4]),
    ), min_size=1, max_size=8))  # fmt: skip
    def test_it_agrees_with_the_sum_written_out(
        self, rows: list[tuple[int, int, int, int]]
    ) -> None:
        ways = [way(str(p / 100), gone=g, left=n, weight=w) for p, g, n, w in rows]
        total = Fraction(0)
        for percent, gone, left, weight in rows:
            asked = Fraction(gone, gone + left)
            total += weight * min(Fraction(percent, 100) / asked * 100, Fraction(100))
        exact = total / sum(weight for *_rest, weight in rows)

        score = plan_progress(ways, DAY).score

        self.assertIsNotNone(score)
        self.assertLessEqual(abs(Fraction(score or 0) - exact), Fraction(501, 1000))
