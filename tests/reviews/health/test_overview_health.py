"""The health on the overview: its parts, its change in words, its sum, its course."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Standing
from accounts.models.standing import refresh_due
from kam.search.search import lookup
from kam.shell import draw_rail
from kam.today.agenda import agenda
from reviews.health.health import USUAL
from reviews.health.health_explanation import reasons
from reviews.health.health_snapshots import keep_due
from reviews.health.health_summary import health_summary
from reviews.models import Reading
from tests.base import MONDAY, TODAY, ClaveTest
from tests.factories import make_assessment, make_interaction, make_stakeholder

AGO = timedelta(days=90)


class OverviewHealthTest(ClaveTest):
    def reading(self, day: date = TODAY, **changes: Any) -> Reading:
        scores = {"coverage": 60, "engagement": 80, "progress": 40, "commercial": 90, **changes}
        reading = Reading(account=self.acme, day=day, made_at=MONDAY, weights=USUAL, **scores)
        reading.health = reading.sum.score
        reading.save()
        return reading

    def page(self) -> str:
        self.client.force_login(self.vera)
        with self.settings(TIME_ZONE="Europe/Berlin"):
            return self.client.get(reverse("overview", args=[self.acme.pk])).content.decode()

    def of(self, day: date = TODAY) -> Any:
        return health_summary(self.acme, self.vera, day)

    def test_without_a_reading_it_is_not_scored(self) -> None:
        self.assertIsNone(self.of().score)
        self.assertIn('id="how-health"', self.page())

    def test_the_sum_on_the_page_is_the_health(self) -> None:
        self.reading()

        found = self.of()

        by_hand = (60 * 25 + 80 * 20 + 40 * 15 + 90 * 15) / 75
        self.assertEqual(found.score, round(by_hand))
        self.assertEqual(sum(part.gives for part in found.health.scored), found.health.total)
        self.assertEqual(
            [line.part.key for line in found.lines],
            ["coverage", "engagement", "progress", "commercial"],
        )
        self.assertEqual(len(found.missing), 2)

    def test_the_change_is_against_the_reading_of_a_quarter_ago(self) -> None:
        self.reading(TODAY - AGO, coverage=20)
        now = self.reading()

        found = self.of()

        self.assertEqual(found.moved, (now.health or 0) - (found.before.health or 0))
        self.assertEqual({line.part.key: line.moved for line in found.lines}["coverage"], 40)
        self.assertIn(f"+{found.moved}", self.pages_of_today())

    def pages_of_today(self) -> str:
        """The page looks at the real day: the readings move there."""
        from django.utils.timezone import localdate

        shift = localdate() - TODAY
        for reading in Reading.objects.order_by("-day" if shift > timedelta(0) else "day"):
            Reading.objects.filter(pk=reading.pk).update(day=reading.day + shift)
        return self.page()

    def test_a_gap_of_more_than_a_month_is_no_comparison(self) -> None:
        self.reading(TODAY - AGO - timedelta(days=31))
        self.reading()

        self.assertIsNone(self.of().moved)

    def test_a_reading_of_long_ago_is_not_the_health_of_today(self) -> None:
        self.reading(TODAY - timedelta(days=40))

        self.assertIsNone(self.of().score)

    def test_the_course_is_the_last_of_each_month(self) -> None:
        for back, score in ((0, 90), (10, 10), (40, 50), (50, 20), (400, 70)):
            self.reading(
                TODAY - timedelta(days=back),
                coverage=score,
                engagement=score,
                progress=score,
                commercial=score,
            )

        self.assertEqual(self.of().points, [50, 90])

    def test_engagement_is_compared_with_the_same_quarter_of_last_year(self) -> None:
        self.reading(date(2025, 11, 20), engagement=55)
        self.reading()

        self.assertEqual(self.of().engagement_year_ago, 55)

    def test_reasons_name_what_moved_it_the_way_it_went(self) -> None:
        was = Reading(weights=USUAL, coverage=80, engagement=50, progress=40, commercial=90, people=12, warm=9, named=12, kept=6, health=66)  # fmt: skip
        now = Reading(weights=USUAL, coverage=50, engagement=60, progress=40, commercial=60, people=12, warm=6, named=12, kept=7, health=53, growth=Decimal("-0.02"), overdue_share=Decimal("0.1"))  # fmt: skip

        found = reasons(was, now, ["Vault for Lima"])

        self.assertEqual(found[0], "3 of 12 went cold")
        self.assertEqual(found[1], "lost: Vault for Lima")
        self.assertTrue(found[2].startswith("value −2"))
        self.assertFalse(any("often" in words for words in found))

    def test_reasons_tell_new_weights_and_parts_that_came_or_went(self) -> None:
        was = Reading(weights=USUAL, coverage=50, health=50)
        now = Reading(
            weights={**USUAL, "coverage": 20},
            coverage=50,
            progress=90,
            on_time=3,
            objectives=4,
            health=70,
        )

        found = reasons(was, now)

        self.assertIn("Plan progress is scored now: 3 of 4 objectives on time", found)
        self.assertIn("the weights changed", found)
        self.assertEqual(reasons(now, was)[0], "Plan progress is not scored any more")

    def test_the_rail_shows_the_same_state(self) -> None:
        self.assertEqual(draw_rail(self.alice, TODAY)["accounts"], [[self.acme.pk, "Acme", "none"]])
        person = make_stakeholder(self.acme)
        make_assessment(person, 1, by=self.alice, on=TODAY)
        for back in (1, 30, 60, 80):
            make_interaction(person, by=self.alice, at=MONDAY - timedelta(days=back))
        self.objective.change(by=self.alice, target=100, current=100)
        refresh_due(at=MONDAY)
        keep_due(MONDAY)

        self.assertEqual(draw_rail(self.alice, TODAY)["accounts"], [[self.acme.pk, "Acme", "good"]])
        self.assertEqual(self.of().state, "good")

    def test_today_and_search_show_the_same_health(self) -> None:
        self.reading(TODAY - AGO, coverage=20)
        now = self.reading()
        figures = {"health": now.health, "health_before": 40, "day": TODAY}
        Standing.objects.update_or_create(account=self.acme, defaults=figures)

        card = agenda(self.alice, MONDAY).cards[0]
        hit = lookup(self.alice, "acme")[0].hits[0]

        self.assertEqual((card.health, card.moved), (now.health, (now.health or 0) - 40))
        self.assertEqual(card.course[-1], now.health)
        self.assertEqual(hit.state, now.state)

    def test_a_year_of_readings_asks_no_more_questions(self) -> None:
        self.reading()
        with CaptureQueriesContext(connection) as few:
            self.of()
        for back in range(1, 400, 3):
            self.reading(TODAY - timedelta(days=back))

        with CaptureQueriesContext(connection) as many:
            self.of()

        self.assertEqual((len(few), len(many)), (3, 3))

    def test_nothing_is_read_by_who_may_not_see_the_account(self) -> None:
        self.reading()

        self.assertIsNone(health_summary(self.acme, self.mallory, TODAY).score)
