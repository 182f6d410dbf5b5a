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
