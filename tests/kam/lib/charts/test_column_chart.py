from django.test import SimpleTestCase

from kam.lib.charts.column_chart import column_chart


class ColumnChartTest(SimpleTestCase):
    def test_zero_is_the_foot_and_the_largest_fits(self) -> None:
        chart = column_chart(["J", "F"], [50, 100], [None, 80])

        self.assertEqual(chart.columns[0].height * 2, chart.columns[1].height)
        self.assertGreaterEqual(chart.columns[1].y, 14)
        self.assertEqual(chart.columns[1].y + chart.columns[1].height, chart.zero)

    def test_what_is_unknown_leaves_a_gap(self) -> None:
        chart = column_chart(["J", "F"], [None, 100], [None, None])

        self.assertFalse(chart.columns[0].has_value)
        self.assertEqual(chart.marks, "")
        self.assertIsNone(chart.last_mark)

    def test_a_loss_hangs_below_zero(self) -> None:
        chart = column_chart(["J", "F"], [-50, 100], [0, 0])

        self.assertEqual(chart.columns[0].y, chart.zero)

    def test_nothing_at_all_still_draws(self) -> None:
        self.assertEqual(column_chart([], [], []).columns, [])
        self.assertEqual(column_chart(["J"], [None], [None]).columns[0].height, 0)
