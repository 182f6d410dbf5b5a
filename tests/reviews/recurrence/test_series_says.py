from datetime import date

import time_machine
from django.urls import reverse

from accounts.models import Absence, Membership
from tests.base import MONDAY, shown
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
        return shown(response)

    def test_the_rule_in_words_and_the_next_times_on_the_readers_clock(self) -> None:
        page = self.says()

        self.assertIn("Every month on the second Thursday, 09:00 in Bogota, 60 min.", page)
        times = [
            t
            for t in ("Thu 10 Dec, 15:00", "Thu 14 Jan 2027, 15:00", "Thu 8 Apr 2027, 16:00")
            if t in page
        ]
        self.assertEqual(len(times), 3)

    def test_the_hour_in_the_other_place_and_when_it_changes_there(self) -> None:
        page = self.says(attendees=str(self.bob.pk), owner=str(self.alice.pk))

        self.assertIn("15:00 for Alice and Bob in Berlin, 16:00 from 8 Apr.", page)
        self.assertIn("Saving sends 2 invitations.", page)

    def test_who_is_away_stands_beside_the_day(self) -> None:
        member = Membership.objects.get(account=self.acme, user=self.bob)
        days = {"starts": date(2027, 1, 11), "ends": date(2027, 1, 15)}
        Absence.name_deputy(member, by=self.alice, deputy=self.alice, **days)

        page = self.says(attendees=str(self.bob.pk), owner=str(self.alice.pk))

        self.assertIn('Thu 14 Jan 2027, 15:00</span><span class="watch">Bob away', page)

    def test_typed_words_are_understood_and_doubt_is_said(self) -> None:
        page = self.says(repeats="own", words="every second Tuesday at 10:00")

        self.assertIn("Every 2 weeks on Tuesday, 10:00 in Bogota, 60 min.", page)
        self.assertIn("Meant once a month?", page)

    def test_what_makes_no_sense_yet_asks_for_it(self) -> None:
        for wrong in (
            {"day": ""},
            {"day": "9999-12-31"},
            {"clock": "soon"},
            {"repeats": "x"},
            {"time_zone": "Mars/X"},
            {"repeats": "own", "words": "whenever"},
            {"until": "2026-12-09"},
        ):
            with self.subTest(wrong):
                self.assertIn("Choose how often, a day and a time.", self.says(**wrong))
