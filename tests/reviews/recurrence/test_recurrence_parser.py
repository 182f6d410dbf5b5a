from datetime import date, time

from django.test import SimpleTestCase

from kam.lib.text.reader import Reader, reading_as
from reviews.recurrence.recurrence_parser import NotUnderstood, understand
from reviews.recurrence.recurrence_text import in_words
from reviews.recurrence.rule_parts import CHOICES, OWN, rule_of
from tests.reviews.cases import local

THURSDAY = local("2026-11-26T10:00")
READERS = [Reader("en", "en-GB", "Europe/Berlin"), Reader("es", "es-CO", "America/Bogota")]
WORKING = "BYDAY=MO,TU,WE,TH,FR"
SAID = {
    "every Tuesday": "FREQ=WEEKLY;BYDAY=TU",
    "los martes": "FREQ=WEEKLY;BYDAY=TU",
    "every 2 weeks on Monday and Thursday": "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
    "cada dos semanas, el lunes y el jueves": "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
    "quincenal, los lunes": "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",
    "every other Friday": "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
    "first Tuesday": "FREQ=MONTHLY;BYDAY=1TU",
    "second Tuesday of every month": "FREQ=MONTHLY;BYDAY=2TU",
    "el segundo martes de cada mes": "FREQ=MONTHLY;BYDAY=2TU",
    "last working day": f"FREQ=MONTHLY;{WORKING};BYSETPOS=-1",
    "último día hábil del mes": f"FREQ=MONTHLY;{WORKING};BYSETPOS=-1",
    "every working day": f"FREQ=WEEKLY;{WORKING}",
    "de lunes a viernes": f"FREQ=WEEKLY;{WORKING}",
    "every quarter on the last Friday": "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR",
    "cada trimestre el último viernes": "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR",
    "the 15th of every month": "FREQ=MONTHLY;BYMONTHDAY=15",
    "el día 15 de cada mes": "FREQ=MONTHLY;BYMONTHDAY=15",
    "cada mes, el último día": "FREQ=MONTHLY;BYMONTHDAY=-1",
    "every year on 26 November": "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=26",
    "cada año el 26 de noviembre": "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=26",
    "weekly, 10 times": "FREQ=WEEKLY;BYDAY=TH;COUNT=10",
    "monthly": "FREQ=MONTHLY;BYMONTHDAY=26",
    "una sola vez": "FREQ=DAILY;COUNT=1",
}


class SpokenTest(SimpleTestCase):
    def test_what_people_type_becomes_the_rule(self) -> None:
        for text, rule in SAID.items():
            with self.subTest(text):
                self.assertEqual(understand(text, THURSDAY).rule, rule)

    def test_the_clock_and_the_end_are_heard_too(self) -> None:
        english = understand("every Monday at 3 pm until 31 March 2027", THURSDAY)
        spanish = understand("los lunes a las 15:00 hasta el 31 de marzo de 2027", THURSDAY)

        self.assertEqual((english.clock, english.until), (time(15), date(2027, 3, 31)))
        self.assertEqual(spanish, english)

    def test_an_end_without_a_year_is_the_next_one(self) -> None:
        self.assertEqual(understand("weekly until 3 March", THURSDAY).until, date(2027, 3, 3))

    def test_every_second_tuesday_is_taken_as_every_two_weeks_and_says_so(self) -> None:
        for text in ("every second Tuesday at 10:00", "cada segundo martes a las 10"):
            with self.subTest(text):
                heard = understand(text, THURSDAY)
                self.assertEqual(heard.rule, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
                self.assertEqual((heard.clock, heard.is_doubtful), (time(10), True))

    def test_what_is_not_understood_is_named(self) -> None:
        for text, word in {
            "every hour": "hour",
            "whenever Mars is up": "whenever",
            "Mondays at 25:00": "25:00",
            "Mondays at 9:75": "9:75",
            "30 February every year": "30",
            "every 0 weeks": "0",
            "every 9999999999 weeks": "9999999999",
            "": "",
            "every second": "",
            "every Tuesday of every month": "",
        }.items():
            with self.subTest(text), self.assertRaises(NotUnderstood) as caught:
                understand(text, THURSDAY)
            self.assertEqual(caught.exception.word, word)

    def test_the_sentence_of_every_choice_is_understood_again_in_both_languages(self) -> None:
        on = [("", ""), ("2", "TU"), ("-1", "FR"), ("-1", "workday"), ("1", "workday")]
        on += [("", "number"), ("-1", "number")]
        rules = {
            rule_of(choice, THURSDAY, nth, day)
            for choice in CHOICES
            for nth, day in on
            if choice not in (OWN, "once")
        }
        for reader in READERS:
            for rule in sorted(rules):
                with self.subTest(rule, language=reader.language), reading_as(reader):
                    self.assertEqual(understand(in_words(rule, THURSDAY), THURSDAY).rule, rule)
