"""Weights of health: tried out by GET, put in force from tomorrow by POST."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.timezone import now

from accounts.commerce.periods import site_day
from reviews.health.health import PARTS, USUAL
from reviews.models import Reading, Weights
from tests.base import MONDAY, ClaveTest

URL = "reviews:health_weights"


class HealthWeightsTest(ClaveTest):
    def setUp(self) -> None:
        self.today = site_day(now())
        self.client.force_login(self.root)

    def said(self, **changes: Any) -> dict[str, Any]:
        return {**dict.fromkeys(PARTS, 0), **changes}

    def reading(self, **scores: int) -> Reading:
        reading = Reading(
            account=self.acme, day=self.today, made_at=MONDAY, weights=USUAL, **scores
        )
        reading.health = reading.sum.score
        reading.save()
        return reading

    def put(self, **changes: Any) -> Any:
        return self.client.post(reverse(URL), self.said(**changes))

    def test_the_usual_weights_hold_until_somebody_says_otherwise(self) -> None:
        found = self.client.get(reverse(URL)).context

        self.assertEqual({f.name: f.value() for f in found["form"]}, USUAL)
        self.assertEqual(found["preview"].shifts, [])

    def test_a_preview_says_who_turns_and_changes_nothing(self) -> None:
        self.reading(coverage=80, engagement=40, progress=62)

        found = self.client.get(reverse(URL), self.said(engagement=100)).context["preview"]

        self.assertEqual((found.accounts, found.turning), (1, 1))
        shift = found.shifts[0]
        self.assertEqual((shift.reading.health, shift.then), (62, 40))
        self.assertFalse(Weights.objects.exists())

    def test_put_in_force_from_tomorrow(self) -> None:
        response = self.put(coverage=60, engagement=40)

        self.assertRedirects(response, reverse(URL))
        made = Weights.objects.get()
        self.assertEqual((made.since, made.by), (self.today + timedelta(days=1), self.root))
        self.assertEqual(made.of, {**self.said(), "coverage": 60, "engagement": 40})
        self.assertEqual(Weights.objects.on(self.today).of, USUAL)

    def test_said_again_the_same_day_it_is_one_version(self) -> None:
        self.put(coverage=100)
        self.put(engagement=100)

        self.assertEqual(Weights.objects.get().engagement, 100)

    def test_weights_that_do_not_sum_to_100_are_refused_and_kept_on_the_page(self) -> None:
        response = self.put(coverage=60, engagement=30)

        self.assertContains(response, "90", status_code=422)
        self.assertEqual(response.context["form"]["coverage"].value(), "60")
        self.assertFalse(Weights.objects.exists())

    def test_nonsense_is_refused(self) -> None:
        for value in ("-5", "x", "101", "", "9" * 400):
            with self.subTest(value[:5]):
                self.assertEqual(self.put(coverage=value, engagement=40).status_code, 422)
                self.assertEqual(
                    self.client.get(reverse(URL), {"coverage": value}).status_code, 200
                )

    def test_before_their_day_they_may_be_withdrawn_and_later_not(self) -> None:
        self.put(coverage=100)
        waiting = Weights.objects.get()
        old = Weights.put_in_force(self.said(issues=100), since=self.today, by=self.root, at=MONDAY)

        for weights in (waiting, old):
            self.client.post(reverse("reviews:health_weights_withdraw", args=[weights.pk]))

        self.assertEqual(list(Weights.objects.all()), [old])

    def test_htmx_gets_the_preview_alone(self) -> None:
        response = self.client.get(
            reverse(URL), self.said(coverage=100), headers={"HX-Request": "true"}
        )

        self.assertContains(response, 'id="weights-preview"')
        self.assertNotContains(response, "<html")

    def test_only_administrators(self) -> None:
        self.client.force_login(self.magda)

        self.assertEqual(self.client.get(reverse(URL)).status_code, 403)
        self.assertEqual(self.put(coverage=100).status_code, 403)

    def test_the_database_keeps_the_sum(self) -> None:
        from django.db import IntegrityError, transaction

        with self.assertRaises(IntegrityError), transaction.atomic():
            Weights.objects.create(since=self.today, by=self.root, made_at=MONDAY, coverage=99)
