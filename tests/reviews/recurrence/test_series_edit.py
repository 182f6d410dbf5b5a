from typing import Any

import time_machine
from django.urls import reverse

from reviews.models import Series
from tests.base import MONDAY
from tests.reviews.cases import ReviewCase, local


@time_machine.travel(MONDAY, tick=False)
class SeriesEditTest(ReviewCase):
    def setUp(self) -> None:
        self.url = reverse("reviews:series_edit", args=[self.series.pk])
        self.client.force_login(self.alice)

    def fields(self, **changes: Any) -> dict[str, Any]:
        return {
            "repeats": "weekly",
            "on": "TU",
            "kind": "internal",
            "since": "2026-12-10",
            "clock": "09:00",
            "time_zone": "Europe/Berlin",
            "length": "45",
            "owner": self.alice.pk,
            "attendees": [self.bob.pk],
            "reminders": ["7"],
            "seen": "0",
            **changes,
        }

    def test_the_page_shows_the_rule_as_it_is_and_what_saving_sends(self) -> None:
        response = self.client.get(self.url)

        self.assertContains(response, "Every week on Thursday, 10:00 in Berlin, 30 min.")
        self.assertContains(response, "Saving sends 3 invitations.")

    def test_from_one_day_on_the_series_meets_on_tuesdays(self) -> None:
        response = self.client.post(self.url, self.fields())

        self.assertRedirects(response, reverse("reviews:account_reviews", args=[self.acme.pk]))
        new = Series.objects.get(follows=self.series)
        self.assertEqual(self.reviews_of(new)[0].slot, local("2026-12-15T09:00"))
        self.assertEqual((new.length, len(self.reviews_of(self.series))), (45, 2))

    def test_the_second_editor_gets_the_form_back_with_what_was_typed(self) -> None:
        self.client.post(self.url, self.fields(since="2026-11-26"))

        response = self.client.post(self.url, self.fields(since="2026-12-08", length="60"))

        self.assertContains(response, "Somebody changed this series meanwhile.", status_code=409)
        self.assertContains(response, '<option value="60" selected', status_code=409)

    def test_bad_input_comes_back(self) -> None:
        for wrong in ({"since": "2026-12-11"}, {"until": "2026-12-09"}, {"repeats": "x"}):
            with self.subTest(wrong):
                response = self.client.post(self.url, self.fields(**wrong))
                self.assertEqual(response.status_code, 422)

    def test_an_ended_series_is_not_changed_any_more(self) -> None:
        self.client.post(reverse("reviews:series_end", args=[self.series.pk]))

        self.assertEqual(self.client.get(self.url).status_code, 404)
        self.assertEqual(self.reviews_of(self.series), [])

    def test_stranger_404_reader_403(self) -> None:
        for person, status in ((self.mallory, 404), (self.vera, 403)):
            self.client.force_login(person)
            self.assertEqual(self.client.post(self.url, self.fields()).status_code, status)
