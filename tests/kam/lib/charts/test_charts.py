from django.test import SimpleTestCase

from kam.lib.charts import charts


class ChartsTest(SimpleTestCase):
    def test_score_of_75_is_good_and_74_is_not(self) -> None:
        states = [charts.state_of(score) for score in (75, 74, 50, 49)]

        self.assertEqual(states, ["good", "watch", "watch", "risk"])

    def test_missing_score_is_not_zero(self) -> None:
        self.assertEqual(charts.state_of(None), "none")
        self.assertEqual(charts.state_of(0), "risk")

    def test_meter_is_coloured_only_when_weak(self) -> None:
        self.assertEqual([charts.meter_state(score) for score in (80, None, 60)], ["", "", "watch"])

    def test_scale_of_one_value_does_not_divide_by_zero(self) -> None:
        self.assertEqual(charts.Scale(5, 5, 10, 90)(5), 10)

    def test_ticks_are_round_and_inside(self) -> None:
        self.assertEqual(charts.ticks(3, 97, about=4), [20, 40, 60, 80])
        self.assertEqual(charts.ticks(0, 1), [0, 0.2, 0.4, 0.6, 0.8, 1.0])

    def test_ticks_of_nothing_are_one(self) -> None:
        self.assertEqual(charts.ticks(7, 7), [7])

    def test_spark_needs_two_values(self) -> None:
        self.assertIsNone(charts.spark([]))
        self.assertIsNone(charts.spark([50]))

    def test_spark_ends_at_the_last_value(self) -> None:
        line = charts.spark([10, 20])
        assert line

        self.assertEqual(line.path, "M2.0 24.0L92.0 4.0")
        self.assertEqual((line.end_x, line.end_y), (92.0, 4.0))

    def test_floor_keeps_a_calm_line_calm(self) -> None:
        line = charts.spark([50, 51], floor=40)
        assert line

        self.assertEqual(line.path, "M2.0 14.2L92.0 13.8")

    def test_ring_says_never_late_and_left(self) -> None:
        kinds = [charts.ring(days, 30).kind for days in (None, 30, 12)]

        self.assertEqual(kinds, ["never", "late", "left"])

    def test_ring_is_full_on_the_day_of_contact_and_half_at_half_time(self) -> None:
        self.assertEqual(charts.ring(0, 30).dash, "69.1 69.1")
        self.assertEqual(charts.ring(15, 30).dash, "34.6 69.1")

    def test_ring_without_cadence_is_never_late(self) -> None:
        self.assertEqual(charts.ring(400, None).kind, "left")

    def test_value_bar_keeps_its_label_inside(self) -> None:
        anchors = [charts.value_bar(1, share, 100).anchor for share in (1, 50, 100)]

        self.assertEqual(anchors, ["start", "middle", "end"])

    def test_value_bar_shows_all_even_above_the_potential(self) -> None:
        bar = charts.value_bar(30, 60, 20)

        self.assertEqual((bar.now, bar.projected), (187.0, 374.0))

    def test_value_bar_of_nothing_is_empty(self) -> None:
        bar = charts.value_bar(0, 0, 0)

        self.assertEqual((bar.now, bar.projected), (0, 0))
