from collections.abc import Callable
from datetime import UTC, date, datetime, time

from django.test import SimpleTestCase
from django.utils import translation

from kam.lib.text import dates
from kam.lib.text.reader import Reader, reading_as

TODAY = date(2026, 11, 23)
THURSDAY = date(2026, 11, 26)


def words(region: str, function: Callable[..., str], *values: object) -> str:
    with reading_as(Reader(region.split("-")[0], region, "America/Bogota")):
        return function(*values)


class DatesTest(SimpleTestCase):
    def test_day_speaks_the_language(self) -> None:
        self.assertEqual(words("en-GB", dates.day, THURSDAY), "Thu 26 Nov")
        self.assertEqual(words("es-CO", dates.day, THURSDAY), "jue 26 nov")

    def test_month_comes_first_in_the_united_states(self) -> None:
        self.assertEqual(words("en-US", dates.day, THURSDAY), "Thu Nov 26")
        self.assertEqual(words("en-US", dates.day_year, THURSDAY), "Nov 26, 2026")

    def test_english_words_in_a_region_that_speaks_spanish(self) -> None:
        with reading_as(Reader("en", "es-CO", "UTC")):
            self.assertEqual(dates.day(THURSDAY), "Thu 26 Nov")

    def test_september_has_three_letters(self) -> None:
        self.assertEqual(words("en-GB", dates.day_year, date(2027, 9, 30)), "30 Sep 2027")
        self.assertEqual(words("es-ES", dates.month_year, date(2027, 9, 30)), "sep 2027")

    def test_long_day_is_a_title(self) -> None:
        self.assertEqual(words("en-GB", dates.day_long, TODAY), "Monday 23 November")
        self.assertEqual(words("en-US", dates.day_long, TODAY), "Monday, November 23")
        self.assertEqual(words("es-MX", dates.day_long, TODAY), "lunes 23 de noviembre")

    def test_moment_is_told_on_the_readers_clock(self) -> None:
        late_evening = datetime(2026, 11, 27, 3, 30, tzinfo=UTC)

        self.assertEqual(words("en-GB", dates.moment, late_evening), "Thu 26 Nov, 22:30")

    def test_region_decides_between_12_and_24_hours(self) -> None:
        half_past_two = datetime(2026, 11, 26, 19, 30, tzinfo=UTC)
        clock = words("es-CO", dates.time, half_past_two)

        self.assertTrue(clock.startswith("2:30"), clock)
        self.assertEqual(words("es-ES", dates.time, time(14, 30)), "14:30")

    def test_late_is_counted_for_a_week_and_then_dated(self) -> None:
        with translation.override("en"):
            late = [dates.relative_day(date(2026, 11, day), TODAY) for day in (22, 18, 16, 15)]

        self.assertEqual(late, ["1 day late", "5 days late", "7 days late", "15 Nov"])

    def test_what_comes_is_near_or_dated(self) -> None:
        due = [date(2026, 11, 23), date(2026, 11, 24), THURSDAY, date(2026, 12, 4)]
        with translation.override("en"):
            words = [dates.relative_day(day, TODAY) for day in due]

        self.assertEqual(words, ["Today", "Tomorrow", "Thu 26 Nov", "4 Dec"])

    def test_another_year_is_named(self) -> None:
        with translation.override("en"):
            self.assertEqual(dates.relative_day(date(2027, 1, 31), TODAY), "31 Jan 2027")

    def test_what_happened_is_near_or_dated(self) -> None:
        then = [TODAY, date(2026, 11, 22), date(2026, 11, 17), date(2026, 10, 12)]
        with translation.override("en"):
            words = [dates.ago(day, TODAY) for day in then]

        self.assertEqual(words, ["today", "yesterday", "6 days ago", "12 Oct"])

    def test_only_what_is_past_is_late(self) -> None:
        due = [date(2026, 11, 22), TODAY, THURSDAY, None]

        self.assertEqual([dates.urgency(day, TODAY) for day in due], ["late", "soon", "due", "due"])

    def test_from_monday_to_friday_the_week_at_hand_ends_on_sunday(self) -> None:
        for day in range(23, 28):
            self.assertEqual(dates.end_of_week(date(2026, 11, day)), date(2026, 11, 29))

    def test_on_a_weekend_the_coming_week_is_at_hand(self) -> None:
        for day in (28, 29):
            self.assertEqual(dates.end_of_week(date(2026, 11, day)), date(2026, 12, 6))
