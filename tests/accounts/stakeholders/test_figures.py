"""Strength and coverage against sums done by hand."""

from typing import Any

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from accounts.assessments.relationship_strength import RelationshipStrength, strength
from accounts.stakeholders.coverage import coverage
from accounts.stakeholders.stakeholder_snapshot import Known, Person

WARM: dict[str, Any] = {"disposition": 1, "days": 3, "two_way_days": 3}
PEOPLE = st.builds(
    Person,
    pk=st.integers(1, 9999),
    name=st.just("P"),
    influence=st.sampled_from(["low", "medium", "high"]),
    disposition=st.none() | st.integers(-2, 2),
    days=st.none() | st.integers(0, 400),
    two_way_days=st.none() | st.integers(0, 400),
    cadence=st.integers(1, 730),
    is_gap=st.booleans(),
    known_by=st.lists(st.builds(Known, st.just("K"), st.integers(0, 4), st.integers(0, 4))).map(
        tuple
    ),
)


class FiguresTest(SimpleTestCase):
    def test_every_part_of_the_strength(self) -> None:
        person = Person(
            1, "Paola", disposition=1, days=12, cadence=14, known_by=(Known("Marta", 2, 3),)
        )

        result = strength(person, two_way_contacts=3)

        # (1 + 2) / 4; within 14 days; 3 of 90 / 14 = 6.43; 2 of 3
        self.assertEqual(result, RelationshipStrength(75, 100, 47, 67))
        self.assertEqual(result.score, round((75 + 100 + 47 + 67) / 4))

    def test_what_nobody_knows_is_not_scored_and_not_zero(self) -> None:
        result = strength(Person(1, "New", days=10, cadence=30), two_way_contacts=3)

        self.assertEqual(result, RelationshipStrength(None, 100, 100, None))
        self.assertEqual(result.score, 100)

    def test_contact_fades_to_nothing_at_three_times_the_rhythm(self) -> None:
        fading = [
            strength(Person(1, "P", days=d, cadence=30), 0).recency for d in (30, 60, 90, 900)
        ]

        self.assertEqual(fading, [100, 50, 0, 0])

    def test_a_gap_has_no_strength(self) -> None:
        self.assertIsNone(strength(Person(1, "?", is_gap=True), 0).score)

    def test_coverage_weighs_the_warm_by_influence(self) -> None:
        people = [
            Person(1, "A", influence="high", **WARM),
            Person(2, "B", influence="medium", **WARM),
            Person(3, "C", influence="high"),
            Person(4, "D", influence="low", is_gap=True),
        ]

        # (4 + 2) of (4 + 2 + 4 + 1)
        self.assertEqual(coverage(people).score, round(100 * 6 / 11))

    def test_without_people_there_is_no_coverage(self) -> None:
        self.assertIsNone(coverage([]).score)

    def test_warm_means_both_ways_within_the_rhythm_and_not_against_us(self) -> None:
        for cold in (
            {"disposition": -1},
            {"disposition": None},
            {"two_way_days": 45},
            {"two_way_days": None},
        ):
            with self.subTest(cold):
                self.assertFalse(Person(1, "P", **{**WARM, **cold}).is_warm)
        self.assertTrue(Person(1, "P", **WARM).is_warm)

    @given(PEOPLE, st.integers(0, 500))
    def test_every_score_stays_between_0_and_100(self, person: Person, contacts: int) -> None:
        result = strength(person, contacts)

        for part in (*[value for _label, value in result.in_words], result.score):
            self.assertTrue(part is None or 0 <= part <= 100)

    @given(st.lists(PEOPLE, max_size=8))
    def test_coverage_is_the_share_of_the_warm_weight(self, people: list[Person]) -> None:
        weights = {"low": 1, "medium": 2, "high": 4}
        total = sum(weights[p.influence] for p in people)
        warm = sum(weights[p.influence] for p in people if p.is_warm)

        self.assertEqual(coverage(people).share, warm / total if total else None)
