from itertools import combinations
from time import perf_counter

from django.test import SimpleTestCase

from accounts.stakeholders.org_chart import org_chart, walk
from accounts.stakeholders.stakeholder_map import draw, draw_small
from accounts.stakeholders.stakeholder_snapshot import Link, Person, StakeholderSnapshot

LEVELS = ("low", "medium", "high")
NAMES = ("Andrés Villalobos", "Paola Herrera", "Wolfeschlegelsteinhausen", "Ana Li", "محمد الراشد")


def crowd(count: int) -> StakeholderSnapshot:
    people = [
        Person(
            pk, f"{NAMES[pk % 5]} {pk}", title="Head of infrastructure", roles=("shapes",),
            influence=LEVELS[pk * 7 % 3], disposition=(None, -2, -1, 0, 1, 2)[pk * 5 % 6],
            was=pk % 5 - 2, days=None if pk % 4 == 0 else pk, reports_to=pk // 3 or None,
        )
        for pk in range(1, count + 1)
    ]  # fmt: skip
    return StakeholderSnapshot(
        people, [Link(a, a % count + 1, a % 3 + 1) for a in range(1, count, 2)]
    )


class StakeholderMapTest(SimpleTestCase):
    def test_every_person_is_drawn_once_and_nobody_touches_another(self) -> None:
        for count in (1, 5, 12, 20, 21, 45, 60):
            for picture in (
                draw(crowd(count)),
                draw(crowd(count), width=776),
                draw_small(crowd(count)),
            ):
                with self.subTest(count, width=picture.width):
                    self.assertEqual(len({node.person.pk for node in picture.nodes}), count)
                    for a, b in combinations(picture.nodes, 2):
                        far = ((a.spot.x - b.spot.x) ** 2 + (a.spot.y - b.spot.y) ** 2) ** 0.5
                        self.assertGreaterEqual(far, a.spot.reach + b.spot.reach)

    def test_everybody_has_a_name_of_at_least_one_line(self) -> None:
        for count in (5, 45, 60):
            for node in draw(crowd(count)).nodes:
                self.assertTrue(node.lines and node.lines[0].line.text)

    def test_forty_six_people_take_little_time(self) -> None:
        many = crowd(46)
        draw(many)
        started = perf_counter()

        for _again in range(5):
            draw(many)

        self.assertLess((perf_counter() - started) / 5, 0.5)

    def test_a_crowd_shows_only_the_lines_that_matter(self) -> None:
        many = crowd(45)
        blockers = sum(
            p.disposition == -2 for p in many.people for k in many.links if k.influencer == p.pk
        )

        picture = draw(many)

        self.assertEqual(len(picture.edges), blockers)
        self.assertEqual(len(picture.edges) + picture.hidden_lines, len(many.links))

    def test_a_blocker_differs_by_its_shape(self) -> None:
        shapes = {node.person.kind: bool(node.octagon) for node in draw(crowd(12)).nodes}

        self.assertEqual([kind for kind, octagon in shapes.items() if octagon], ["blocker"])

    def test_an_empty_circle_is_a_picture_too(self) -> None:
        self.assertEqual(draw(StakeholderSnapshot([], [])).nodes, [])

    def test_the_chart_has_everybody_once_even_in_a_ring(self) -> None:
        ring = [Person(1, "A", reports_to=2), Person(2, "B", reports_to=1), Person(3, "C")]

        for stakeholder_snapshot in (crowd(60), StakeholderSnapshot(ring, [])):
            drawn = [person.pk for person in walk(org_chart(stakeholder_snapshot))]
            self.assertEqual(sorted(drawn), sorted(stakeholder_snapshot.by_key))
