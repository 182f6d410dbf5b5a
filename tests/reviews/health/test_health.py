from decimal import Decimal

from django.test import SimpleTestCase

from kam.lib.charts.charts import state_of
from reviews.health.health import PARTS, USUAL, health


class HealthTest(SimpleTestCase):
    def scores(self, **said: int) -> dict[str, Decimal | None]:
        return {key: Decimal(said[key]) if key in said else None for key in PARTS}

    def test_it_is_the_weighted_mean(self) -> None:
        weights = {
            "coverage": 30,
            "engagement": 25,
            "loyalty": 20,
            "progress": 15,
            "commercial": 10,
        }
        said = self.scores(coverage=64, engagement=78, loyalty=80, progress=70, commercial=68)

        found = health(said, {**weights, "issues": 0})

        by_hand = (64 * 30 + 78 * 25 + 80 * 20 + 70 * 15 + 68 * 10) / 100
        self.assertEqual(found.total, Decimal(str(by_hand)))
        self.assertEqual(found.score, 72)
        self.assertEqual(sum(part.gives or 0 for part in found.parts), found.total)

    def test_a_missing_part_is_left_out_and_the_others_carry_its_weight(self) -> None:
        found = health(self.scores(coverage=40, engagement=50, commercial=90), USUAL)

        by_hand = (40 * 25 + 50 * 20 + 90 * 15) / (25 + 20 + 15)
        self.assertEqual(found.score, round(by_hand))
        self.assertEqual(sum(part.share or 0 for part in found.parts), 100)
        self.assertEqual([part.key for part in found.missing], ["loyalty", "progress", "issues"])
        self.assertEqual((len(found.scored), len(found.weighed), found.carried), (3, 6, 60))

    def test_below_half_of_the_weight_it_is_not_scored(self) -> None:
        weights = {**dict.fromkeys(PARTS, 0), "coverage": 49, "engagement": 51}

        self.assertIsNone(health(self.scores(coverage=90), weights).score)
        self.assertEqual(health(self.scores(engagement=90), weights).score, 90)
        self.assertIsNone(health(self.scores(coverage=80, commercial=90), USUAL).score)

    def test_without_any_part_it_is_not_scored_and_never_zero(self) -> None:
        found = health(self.scores(), USUAL)

        self.assertIsNone(found.score)
        self.assertIsNone(found.total)

    def test_a_part_that_weighs_nothing_counts_nothing(self) -> None:
        weights = {**dict.fromkeys(PARTS, 0), "coverage": 100}

        self.assertIsNone(health(self.scores(engagement=50), weights).score)
        self.assertEqual(health(self.scores(engagement=50, coverage=10), weights).score, 10)

    def test_a_zero_is_a_score(self) -> None:
        said = self.scores(coverage=0, engagement=0, progress=0)

        self.assertEqual(health(said, USUAL).score, 0)

    def test_what_is_shown_is_what_is_judged(self) -> None:
        weights = {**dict.fromkeys(PARTS, 0), "coverage": 100}
        for score, state in [
            ("74.5", "good"),
            ("74.4", "watch"),
            ("49.5", "watch"),
            ("49.4", "risk"),
        ]:
            with self.subTest(score):
                found = health({"coverage": Decimal(score)}, weights)

                self.assertEqual(state_of(found.score), state)

    def test_the_usual_weights_sum_to_100(self) -> None:
        self.assertEqual(sum(USUAL.values()), 100)
