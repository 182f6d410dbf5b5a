from itertools import permutations
from typing import Any

from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.stakeholders.introductions import US, best_way, way_in
from accounts.stakeholders.introductions import _graph as graph_of
from accounts.stakeholders.stakeholder_snapshot import Link, Person, StakeholderSnapshot

MET: dict[str, Any] = {"days": 3, "two_way_days": 3}


def names(stakeholder_snapshot: StakeholderSnapshot, target: int) -> list[str]:
    way = way_in(stakeholder_snapshot, target)
    return [step.person.name for step in way.steps] if way else []


class IntroductionsTest(SimpleTestCase):
    def test_over_the_supporter_who_reports_to_them(self) -> None:
        cto = Person(1, "Andrés", influence="high")
        vp = Person(2, "Paola", disposition=1, reports_to=1, owner="Marta", **MET)

        way = way_in(StakeholderSnapshot([cto, vp], []), 1)

        assert way
        self.assertEqual(way.names, "Marta → Paola → Andrés")
        self.assertEqual((way.steps[0].reason, way.steps[0].next_reason), ("holds", "reports"))

    def test_a_champion_beats_a_sceptic(self) -> None:
        people = [
            Person(1, "Andrés"),
            Person(2, "Sceptic", disposition=-1, **MET),
            Person(3, "Champion", disposition=2, **MET),
        ]
        links = [Link(2, 1, 3), Link(3, 1, 3)]

        self.assertEqual(names(StakeholderSnapshot(people, links), 1), ["Champion", "Andrés"])

    def test_a_fresh_contact_beats_one_gone_cold(self) -> None:
        people = [
            Person(1, "Andrés"),
            Person(2, "Cold", disposition=1, days=200),
            Person(3, "Fresh", disposition=1, days=1),
        ]

        self.assertEqual(
            names(StakeholderSnapshot(people, [Link(2, 1, 2), Link(3, 1, 2)]), 1),
            ["Fresh", "Andrés"],
        )

    def test_a_blocker_opens_no_door(self) -> None:
        people = [Person(1, "Andrés"), Person(2, "Blocker", disposition=-2, **MET)]

        self.assertEqual(names(StakeholderSnapshot(people, [Link(2, 1, 3)]), 1), [])

    def test_who_is_known_needs_no_way_and_strangers_have_none(self) -> None:
        stakeholder_snapshot = StakeholderSnapshot(
            [Person(1, "Known", **MET), Person(2, "Island")], []
        )

        self.assertIsNone(way_in(stakeholder_snapshot, 1))
        self.assertIsNone(way_in(stakeholder_snapshot, 2))
        self.assertIsNone(way_in(stakeholder_snapshot, 99))

    def test_the_route_leads_to_the_most_powerful_who_can_be_reached(self) -> None:
        people = [
            Person(1, "Island", influence="high"),
            Person(2, "Reachable", influence="medium"),
            Person(3, "Friend", disposition=2, **MET),
        ]

        way = best_way(StakeholderSnapshot(people, [Link(3, 2, 2)]))

        assert way
        self.assertEqual(way.target.name, "Reachable")

    @settings(max_examples=40, deadline=None)
    @given(st.data())
    def test_no_other_order_of_people_is_shorter(self, data: st.DataObject) -> None:
        """Against every path there is, on circles of five."""
        people = [Person(1, "Target")] + [
            Person(
                pk, f"P{pk}", disposition=data.draw(st.none() | st.integers(-2, 2)),
                days=data.draw(st.integers(0, 90)), reports_to=data.draw(st.sampled_from([None, 1, 2])),
            )
            for pk in (2, 3, 4, 5)
        ]  # fmt: skip
        pairs = data.draw(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), max_size=6))
        stakeholder_snapshot = StakeholderSnapshot(
            people, [Link(a, b, 2) for a, b in pairs if a != b]
        )

        way = way_in(stakeholder_snapshot, 1)

        self.assertEqual(way.length if way else None, shortest_by_hand(stakeholder_snapshot))


def shortest_by_hand(stakeholder_snapshot: StakeholderSnapshot) -> float | None:
    graph, others = (
        graph_of(stakeholder_snapshot),
        [p.pk for p in stakeholder_snapshot.people if p.pk != 1],
    )
    lengths = []
    for size in range(len(others) + 1):
        for middle in permutations(others, size):
            path = [US, *middle, 1]
            if all(graph.has_edge(a, b) for a, b in zip(path, path[1:], strict=False)):
                lengths.append(
                    sum(graph[a][b]["weight"] for a, b in zip(path, path[1:], strict=False))
                )
    return round(min(lengths), 1) if lengths else None
