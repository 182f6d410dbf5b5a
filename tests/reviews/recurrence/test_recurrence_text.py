from datetime import date

from django.test import SimpleTestCase

from kam.lib.text.reader import Reader, reading_as
from reviews.recurrence.recurrence_text import cadence, in_words, sentence
from reviews.recurrence.rule_parts import Parts, rule_of
from tests.reviews.cases import local

THURSDAY = local("2026-11-26T10:00")
LAST = local("2026-10-29T10:00")
ENGLISH = Reader("en", "en-GB", "Europe/Berlin")
SPANISH = Reader("es", "es-CO", "America/Bogota")


class WordingTest(SimpleTestCase):
    def test_a_plain_choice_takes_its_weekday_from_the_first_time(self) -> None:
        self.assertEqual(rule_of("weekly", THURSDAY), "FREQ=WEEKLY;BYDAY=TH")
        self.assertEqual(rule_of("monthly", THURSDAY), "FREQ=MONTHLY;BYDAY=4TH")

    def test_a_fifth_weekday_means_the_last_one(self) -> None:
        self.assertEqual(rule_of("quarterly", LAST), "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1TH")

    def test_rules_read_like_speech(self) -> None:
        said = {
            "FREQ=WEEKLY;BYDAY=TH": "Every week on Thursday",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH": "Every 2 weeks on Monday and Thursday",
            "FREQ=MONTHLY;BYDAY=2TU": "Every month on the second Tuesday",
            "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1TH": "Every 3 months on the last Thursday",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1": "Every month on the last working day",
            "FREQ=MONTHLY;BYMONTHDAY=-1": "Every month on the last day",
            "FREQ=MONTHLY;BYMONTHDAY=15;COUNT=6": "Every month on day 15, 6 times",
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR": "Every week on working days",
            "FREQ=YEARLY;BYMONTH=11;BYDAY=2TU": "Every year on the second Tuesday of November",
            "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=26": "Every year on 26 November",
            "FREQ=DAILY;COUNT=1": "Once on Thursday 26 November",
        }
        with reading_as(ENGLISH):
            self.assertEqual({rule: in_words(rule, THURSDAY) for rule in said}, said)

    def test_the_sentence_names_clock_and_place(self) -> None:
        with reading_as(ENGLISH):
            said = sentence("FREQ=WEEKLY;BYDAY=TH", THURSDAY, "America/Bogota", 30)

        self.assertEqual(said, "Every week on Thursday, 10:00 in Bogota, 30 min.")

    def test_what_no_sentence_can_say_is_shown_as_it_is(self) -> None:
        with reading_as(ENGLISH):
            for rule in ("FREQ=YEARLY;BYWEEKNO=20", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13"):
                self.assertEqual(in_words(rule, THURSDAY), f"By a rule of its own: {rule}")

    def test_the_end_is_part_of_the_sentence(self) -> None:
        with reading_as(ENGLISH):
            said = sentence("FREQ=WEEKLY;BYDAY=TH", THURSDAY, "UTC", 30, date(2027, 3, 31))

        self.assertTrue(said.endswith("30 min, until 31 Mar 2027."))

    def test_the_editor_shows_the_choices_of_a_rule_again(self) -> None:
        for choice, nth, day in [("weekly", "", "TH"), ("monthly", "2", "TU"),
                                 ("yearly", "-1", "workday"), ("quarterly", "", "number")]:  # fmt: skip
            rule = rule_of(choice, THURSDAY, nth, day)
            with self.subTest(rule):
                self.assertEqual(
                    Parts.of(rule).choices(), {"repeats": choice, "nth": nth, "on": day}
                )

    def test_a_rule_that_no_choice_makes_is_shown_in_words(self) -> None:
        for rule in ("FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO", "FREQ=WEEKLY;BYDAY=MO,TH"):
            self.assertEqual(Parts.of(rule).choices(), {"repeats": "own"})

    def test_spanish_names_the_day_in_spanish(self) -> None:
        with reading_as(SPANISH):
            self.assertIn("jueves", in_words("FREQ=WEEKLY;BYDAY=TH", THURSDAY))

    def test_one_word_for_lists(self) -> None:
        with reading_as(ENGLISH):
            words = [cadence(rule_of(c, THURSDAY)) for c in ("weekly", "fortnightly", "quarterly")]

        self.assertEqual(words, ["Weekly", "Every 2 weeks", "Quarterly"])
