import time_machine
from django.urls import reverse

from tests.base import MONDAY
from tests.reviews.cases import ReviewCase


@time_machine.travel(MONDAY, tick=False)
class SeriesSaysTest(ReviewCase):
    def setUp(self) -> None:
        self.url = reverse("reviews:series_says", args=[self.acme.pk])
        self.client.force_login(self.alice)

    def says(self, **changes: str) -> str:
        fields = {
            "repeats": "monthly",
            "day": "2026-12-10",
            "clock": "09:00",
            "time_zone": "America/Bogota",
            "length": "60",
        }
        response = self.client.get(self.url, {**fields, **changes}, headers={"HX-Request": "true"})
        return response.content.decode()

    def test_the_rule_in_words_and_the_next_times_on_the_readers_clock(self) -> None:
        page = self.says()

        self.assertIn("Every month on the second Thursday, 09:00 in Bogota, 60 min.", page)
        self.assertIn("Thu 10 Dec, 15:00 · Thu 14 Jan, 15:00", page)

    def test_what_makes_no_sense_yet_asks_for_it(self) -> None:
        for wrong in (
            {"day": ""},
            {"day": "9999-12-31"},
            {"clock": "soon"},
            {"repeats": "x"},
            {"time_zone": "Mars/X"},
        ):
            with self.subTest(wrong):
                self.assertIn("Choose a day and a time.", self.says(**wrong))
