from itertools import combinations

from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.lib.charts.placement import (
    Box,
    Line,
    Size,
    Spot,
    arrow,
    clear_arrow,
    fitted,
    label,
    settle,
    text_width,
)

SIZES = [Size(23, 106, 82), Size(21, 106, 78), Size(18, 98, 58)]
Counts = dict[tuple[int, int], int]
FRAME = Box(36, 34, 1140, 0)
CELLS = st.dictionaries(
    st.tuples(st.integers(0, 4), st.integers(0, 2)), st.integers(0, 14), max_size=15
)
NAMES = st.text(min_size=1, max_size=40)


def crowd(counts: dict[tuple[int, int], int]) -> dict[tuple[int, int], list[int]]:
    key = iter(range(10_000))
    return {cell: [next(key) for _one in range(n)] for cell, n in counts.items()}


class PlacementTest(SimpleTestCase):
    @settings(max_examples=80, deadline=None)
    @given(CELLS, st.sampled_from([358.0, 772.0, 1140.0]))
    def test_no_disc_touches_another_and_nobody_leaves_column_or_band(
        self, counts: Counts, right: float
    ) -> None:
        cells = crowd(counts)
        sizes = [Size(16.5, 35, 36)] * 3 if right < 400 else SIZES

        field = settle(cells, sizes, Box(36, 34, right, 0), lowest=96)

        for a, b in combinations(field.spots.values(), 2):
            far = ((a.x - b.x) ** 2 + (a.y - b.y) ** 2) ** 0.5
            self.assertGreaterEqual(far, a.reach + b.reach)
        for (column, band), keys in cells.items():
            for spot in (field.spots[key] for key in keys):
                left = 36 + field.column_width * column
                self.assertTrue(
                    left <= spot.x - spot.reach and spot.x + spot.reach <= left + field.column_width
                )
                self.assertTrue(field.edges[band] <= spot.y - spot.reach)
                self.assertTrue(spot.y + spot.reach <= field.edges[band + 1])

    @settings(max_examples=50, deadline=None)
    @given(CELLS, st.data())
    def test_everybody_gets_a_name_that_touches_no_disc_and_no_name(
        self, counts: Counts, data: st.DataObject
    ) -> None:
        cells = crowd({cell: min(n, 6) for cell, n in counts.items()})
        field = settle(cells, SIZES, FRAME, lowest=96)
        names = {key: data.draw(NAMES) for key in field.spots}
        wordings = {key: wording(name, field.spots[key].room) for key, name in names.items()}

        labels = label(field.spots, wordings, Box(34, 34, 1144, field.bottom))

        self.assertEqual(set(labels), set(field.spots))
        for (_a, one), (_b, two) in combinations(labels.items(), 2):
            self.assertFalse(one.box.hits(two.box))
        for key, entry in labels.items():
            others = (spot.box for other, spot in field.spots.items() if other != key)
            self.assertFalse(any(entry.box.hits(box) for box in others))

    def test_the_same_people_give_the_same_picture(self) -> None:
        cells = crowd({(0, 0): 3, (2, 1): 7})

        self.assertEqual(settle(cells, SIZES, FRAME), settle(cells, SIZES, FRAME))

    def test_a_name_keeps_off_lines_while_there_is_room(self) -> None:
        field = settle({(2, 1): [1]}, SIZES, FRAME, lowest=200)
        spot = field.spots[1]
        below = Box(spot.x - 60, spot.y + spot.reach, spot.x + 60, spot.y + spot.reach + 40)

        named = label(field.spots, {1: [[Line("Paola")]]}, Box(34, 34, 1144, 900), [below])

        self.assertFalse(named[1].box.hits(below))

    def test_an_arrow_bends_round_who_stands_between(self) -> None:
        field = settle({(0, 0): [1], (1, 0): [2], (2, 0): [3]}, SIZES, FRAME, lowest=96)
        between = field.spots[2].box

        way = clear_arrow(field.spots[1], field.spots[3], [between])

        self.assertFalse(any(road.hits(between) for road in way.roads))

    def test_an_arrow_starts_and_ends_at_the_rims(self) -> None:
        field = settle({(0, 0): [1], (1, 0): [2]}, SIZES, FRAME, lowest=96)

        first, last = (
            arrow(field.spots[1], field.spots[2]).roads[0],
            arrow(field.spots[1], field.spots[2]).roads[-1],
        )

        self.assertAlmostEqual(distance(first, field.spots[1]), field.spots[1].reach, delta=1)
        self.assertAlmostEqual(distance(last, field.spots[2]), field.spots[2].reach + 7, delta=1)

    @given(st.text(max_size=200), st.integers(30, 300))
    def test_a_cut_text_fits(self, text: str, room: int) -> None:
        cut = fitted(text, room)

        self.assertTrue(text_width(cut) <= room or cut == "…")
        self.assertTrue(cut == text or cut.endswith("…"))


def wording(name: str, room: float) -> list[list[Line]]:
    cut = fitted(name, room - 4, 12.5, 600)
    return [[Line(name, 12.5, 600), Line("CTO · 12 d")], [Line(cut, 12.5, 600)]]


def distance(box: Box, spot: Spot) -> float:
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return float(((x - spot.x) ** 2 + (y - spot.y) ** 2) ** 0.5)
