from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.test import SimpleTestCase

from reviews.recurrence.recurrence import (
    BadRule,
    after_working_days,
    moment,
    occurrences,
    wall_clock,
)
from tests.reviews.cases import local

BERLIN, BOGOTA = ZoneInfo("Europe/Berlin"), ZoneInfo("America/Bogota")


class RecurrenceTest(SimpleTestCase):
    def test_a_wall_clock_in_the_gap_moves_forward(self) -> None:
        at = moment(local("2026-03-29T02:30"), BERLIN)

        self.assertEqual(wall_clock(at, BERLIN), local("2026-03-29T03:30"))

    def test_of_a_wall_clock_that_comes_twice_the_first_counts(self) -> None:
        at = moment(local("2026-10-25T02:30"), BERLIN)

        self.assertEqual(at, datetime(2026, 10, 25, 0, 30, tzinfo=UTC))

    def test_the_clock_stays_while_utc_moves_both_ways(self) -> None:
        starts = occurrences(
            "FREQ=WEEKLY", local("2026-03-26T10:00"), BERLIN, date(2026, 3, 20), date(2026, 11, 5)
        )

        utc = [moment(start, BERLIN).hour for start in starts]

        self.assertEqual({start.hour for start in starts}, {10})
        self.assertEqual((utc[0], utc[1], utc[-2], utc[-1]), (9, 8, 9, 9))

    def test_another_zone_has_its_own_clock(self) -> None:
        self.assertEqual(moment(local("2026-12-10T09:00"), BOGOTA).hour, 14)

    def test_the_last_working_day_of_each_month(self) -> None:
        rule = "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"

        found = occurrences(
            rule, local("2026-11-30T09:00"), BERLIN, date(2026, 11, 1), date(2027, 1, 31)
        )

        self.assertEqual([start.day for start in found], [30, 31, 29])

    def test_until_stands_in_utc_or_as_a_day(self) -> None:
        for until in ("20261203", "20261203T090000Z"):
            with self.subTest(until):
                rule = f"FREQ=WEEKLY;UNTIL={until}"
                found = occurrences(
                    rule, local("2026-11-26T10:00"), BERLIN, date(2026, 11, 1), date(2027, 6, 1)
                )
                self.assertEqual(len(found), 2)

    def test_until_in_utc_is_compared_in_utc(self) -> None:
        rule = "FREQ=WEEKLY;UNTIL=20261203T085959Z"

        found = occurrences(
            rule, local("2026-11-26T10:00"), BERLIN, date(2026, 11, 1), date(2027, 6, 1)
        )

        self.assertEqual(len(found), 1)

    def test_rules_below_daily_and_nonsense_are_refused(self) -> None:
        wrong = [
            "FREQ=SECONDLY", "FREQ=HOURLY", "FREQ=DAILY;BYHOUR=1,2", "", "hello", "FREQ=WEEKLY;BYDAY=XX",
            "FREQ=WEEKLY\nFREQ=DAILY", "FREQ=DAILY;INTERVAL=0",
        ]  # fmt: skip
        for rule in wrong:
            with self.subTest(rule), self.assertRaises(BadRule):
                occurrences(
                    rule, local("2026-11-26T10:00"), BERLIN, date(2026, 11, 1), date(2027, 1, 1)
                )

    def test_a_rule_without_end_is_bounded(self) -> None:
        found = occurrences(
            "FREQ=DAILY", local("2026-01-01T10:00"), BERLIN, date(2026, 1, 1), date(2099, 1, 1)
        )

        self.assertEqual(len(found), 500)

    def test_working_days_jump_the_weekend(self) -> None:
        self.assertEqual(after_working_days(date(2026, 11, 26), 3), date(2026, 12, 1))
