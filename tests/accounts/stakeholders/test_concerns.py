from typing import Any

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from accounts.models.stakeholders import DecisionRole
from accounts.stakeholders.concerns import Concern, about, concerns, could_derail
from accounts.stakeholders.stakeholder_snapshot import Known, Person, by_urgency

ALL_ROLES = tuple(DecisionRole.values)
FINE: dict[str, Any] = {"disposition": 1, "days": 3, "two_way_days": 3, "roles": ALL_ROLES}


def found(*people: Person) -> dict[str, Concern]:
    return {concern.name: concern for concern in concerns(people)}


class ConcernsTest(SimpleTestCase):
    def test_a_healthy_circle_has_none(self) -> None:
        self.assertEqual(concerns([Person(1, "A", **FINE)]), [])
        self.assertEqual(concerns([]), [])

    def test_who_could_derail_has_influence_and_is_against_us(self) -> None:
        low = Person(1, "Low", **{**FINE, "disposition": -2, "influence": "low"})
        medium = Person(2, "Medium", **{**FINE, "disposition": -1, "influence": "medium"})

        self.assertEqual(found(low, medium)["derail"].people, [medium])

    def test_power_that_nobody_can_judge_could_derail_too(self) -> None:
        unknown = {**FINE, "disposition": None}
        high = Person(1, "High", influence="high", **unknown)
        medium = Person(2, "Medium", influence="medium", **unknown)

        self.assertEqual(found(high, medium)["derail"].people, [high])

    def test_whoever_could_derail_is_named_met_or_not(self) -> None:
        fine = {**FINE, "roles": ()}
        sceptic = Person(1, "CTO", **{**fine, "disposition": -1, "roles": ("decides",)})
        unmet = {**fine, "disposition": -2, "days": None, "two_way_days": None}
        opponent = Person(2, "CFO", **{**unmet, "roles": ("decides",)}, influence="medium")
        other = Person(3, "COO", **unmet, influence="high")
        blank = Person(4, "CEO", **{**unmet, "disposition": None}, influence="high")

        concern = found(sceptic, opponent, other, blank)

        self.assertEqual(concern["derail"].people, [opponent, sceptic, other, blank])
        self.assertNotIn("unmet", concern)

    def test_who_owes_nothing_yet_is_neither_cold_nor_late(self) -> None:
        new = Person(1, "New", **{**FINE, "days": 300, "cadence": 30}, owed_days=29)
        never = Person(2, "Never", **{**FINE, "days": None, "cadence": 30}, owed_days=0)

        self.assertFalse(new.is_cold or new.is_late or never.is_late)
        self.assertNotIn("cold", found(new, never))

    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["low", "medium", "high"]),
                st.sampled_from([None, -2, -1, 0, 1, 2]),
                st.sampled_from([None, 5, 500]),
                st.booleans(),
            )
        )
    )
    def test_the_rule_in_plain_python(self, rows: list[tuple[str, Any, Any, bool]]) -> None:
        people = [
            Person(pk, "P", influence=power, disposition=stands, days=days, is_gap=gap)
            for pk, (power, stands, days, gap) in enumerate(rows)
        ]

        named = {p.pk for p in could_derail(people)}

        expected = {
            pk
            for pk, (power, stands, _days, gap) in enumerate(rows)
            if not gap
            and (
                (power in ("medium", "high") and stands in (-1, -2))
                or (power == "high" and stands is None)
            )
        }
        self.assertEqual(named, expected)

    def test_cold_is_past_the_rhythm_and_never_met_is_another_matter(self) -> None:
        due = Person(1, "Due", **{**FINE, "days": 45, "cadence": 45})
        soon = Person(2, "Soon", **{**FINE, "days": 44, "cadence": 45})
        never = Person(3, "Never", **{**FINE, "days": None})

        self.assertEqual(found(due, soon, never)["cold"].people, [due])
        self.assertEqual(found(due, soon, never)["unmet"].people, [never])

    def test_whom_one_of_ours_knows_is_not_unknown(self) -> None:
        never = Person(3, "Never", **{**FINE, "days": None}, known_by=(Known("Marta", 1, 2),))

        self.assertNotIn("unmet", found(never))

    def test_seats_are_unnamed_people_and_roles_nobody_has(self) -> None:
        gap = Person(1, "Legal", is_gap=True, roles=("approves",))
        other = Person(
            2,
            "A",
            **{**FINE, "roles": tuple(r for r in ALL_ROLES if r not in ("budget", "approves"))},
        )

        seat = found(gap, other)["seat"]

        self.assertEqual((seat.people, seat.roles, seat.count), ([gap], ["budget"], 2))

    def test_a_department_hangs_on_one_live_relationship(self) -> None:
        one = Person(1, "A", **FINE, department="IT", known_by=(Known("Marta", 1, 0),))
        two = Person(
            2, "B", **FINE, department="Labs", known_by=(Known("Marta", 1, 0), Known("Ana", 2, 0))
        )
        cold = Person(3, "C", **{**FINE, "days": 99}, department="IT")
        small = Person(4, "D", **FINE, department="Desk", influence="low")

        self.assertEqual(found(one, two, cold, small)["single"].departments, ["IT"])

    def test_what_concerns_the_powerful_comes_first(self) -> None:
        never = Person(1, "CTO", **{**FINE, "days": None}, influence="high")
        against = Person(2, "CISO", **{**FINE, "disposition": -2}, influence="medium")
        cold = Person(3, "Head", **{**FINE, "days": 99}, influence="low")

        self.assertEqual(
            [c.name for c in concerns([cold, against, never])], ["unmet", "derail", "cold"]
        )

    def test_the_list_behind_a_concern_is_the_same_people(self) -> None:
        cold, fine = Person(1, "A", **{**FINE, "days": 99}), Person(2, "B", **FINE)

        self.assertEqual(about("cold", [cold, fine]), [cold])
        self.assertEqual(about("unmet", [cold, fine]), [])
        self.assertEqual(about("nonsense", [cold, fine]), [cold, fine])

    def test_urgency_puts_late_power_before_calm_power(self) -> None:
        calm = Person(1, "Calm", **FINE, influence="high")
        late = Person(2, "Late", **{**FINE, "days": 99}, influence="medium")
        small = Person(3, "Small", **{**FINE, "days": 99}, influence="low")

        self.assertEqual(
            [p.name for p in by_urgency([small, calm, late])], ["Late", "Calm", "Small"]
        )
