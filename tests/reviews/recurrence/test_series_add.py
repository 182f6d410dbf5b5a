from datetime import date

import time_machine
from django.urls import reverse

from reviews.models import Series
from tests.base import MONDAY
from tests.reviews.cases import ReviewCase, local


@time_machine.travel(MONDAY, tick=False)
class SeriesAddTest(ReviewCase):
    def setUp(self) -> None:
        self.url = reverse("reviews:series_add", args=[self.acme.pk])
        self.client.force_login(self.alice)
        self.fields = {
            "repeats": "monthly",
            "kind": "feedback",
            "day": "2026-12-10",
            "clock": "09:00",
            "time_zone": "America/Bogota",
            "length": "60",
            "owner": self.alice.pk,
            "attendees": [self.bob.pk],
            "reminders": ["7", "1"],
            "agenda": "Numbers 4 min",
        }

    def test_the_sentence_stands_above_the_fields(self) -> None:
        response = self.client.get(self.url)

        self.assertContains(response, "Every week on Tuesday, 10:00 in Berlin, 30 min.")

    def test_a_series_is_made_with_its_reviews(self) -> None:
        response = self.client.post(self.url, self.fields)

        self.assertRedirects(response, reverse("reviews:account_reviews", args=[self.acme.pk]))
        series = Series.objects.exclude(pk=self.series.pk).get()
        self.assertEqual(series.rule, "FREQ=MONTHLY;BYDAY=2TH")
        self.assertEqual(series.starts, local("2026-12-10T09:00"))
        first = self.reviews_of(series)[0]
        self.assertEqual((first.starts_at.hour, first.agenda), (14, "Numbers 4 min"))
        self.assertEqual({p.user for p in first.people}, {self.alice, self.bob})

    def test_the_first_time_is_the_first_one_that_the_rule_gives(self) -> None:
        self.client.post(self.url, {**self.fields, "nth": "-1", "on": "workday"})

        series = Series.objects.exclude(pk=self.series.pk).get()
        self.assertEqual(series.starts, local("2026-12-31T09:00"))
        self.assertEqual([r.slot.day for r in self.reviews_of(series)][:3], [31, 29, 26])

    def test_typed_words_make_the_rule_the_clock_and_the_end(self) -> None:
        words = "cada segundo martes a las 11:30 hasta el 9 de febrero de 2027"
        self.client.post(self.url, {**self.fields, "repeats": "own", "words": words})

        series = Series.objects.exclude(pk=self.series.pk).get()
        self.assertEqual(series.rule, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
        days = [review.slot.isoformat()[5:16] for review in self.reviews_of(series)]
        self.assertEqual((days[0], days[-1], len(days)), ("12-15T11:30", "02-09T11:30", 5))

    def test_words_that_say_nothing_come_back_with_the_word(self) -> None:
        fields = {**self.fields, "repeats": "own", "words": "every full moon"}

        response = self.client.post(self.url, fields)

        self.assertContains(response, "“full” was not understood.", status_code=422)
        self.assertContains(response, "every full moon", status_code=422)

    def test_a_series_does_not_end_before_it_begins(self) -> None:
        response = self.client.post(self.url, {**self.fields, "until": "2026-12-09"})

        self.assertContains(response, "ends before it begins", status_code=422)

    def test_a_yearly_series_has_its_next_time_however_far(self) -> None:
        fields = {**self.fields, "repeats": "yearly", "day": "2027-10-04", "on": "number"}
        self.client.post(self.url, fields)

        series = Series.objects.exclude(pk=self.series.pk).get()
        self.assertEqual([r.slot.date() for r in self.reviews_of(series)], [date(2027, 10, 4)])

    def test_not_into_the_past_and_nobody_from_outside(self) -> None:
        for wrong in (
            {"day": "2026-01-01"},
            {"attendees": [self.mallory.pk]},
            {"time_zone": "Mars/X"},
        ):
            with self.subTest(wrong):
                response = self.client.post(self.url, {**self.fields, **wrong})
                self.assertEqual(response.status_code, 422)

    def test_stranger_404_reader_403(self) -> None:
        for person, status in ((self.mallory, 404), (self.vera, 403)):
            self.client.force_login(person)
            self.assertEqual(self.client.get(self.url).status_code, status)
