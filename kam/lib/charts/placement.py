"""Places for many discs and their names on a picture of columns and bands. Pure geometry.

`settle` gives every disc a slot of its own inside its column and band: the bands grow with their
crowd, so no two discs can touch, whatever the numbers. `label` then tries eight places round each
disc for each wording, keeps off discs, names and lines, and leaves everybody's own slot free: at
the very last the shortest wording stands below the disc, where nothing else may be.
"""

import math
import unicodedata
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

K = TypeVar("K", bound=Hashable)
Anchor = Literal["start", "middle", "end"]
NARROW, WIDE = set("iljtfrI.,'’·()|1 -"), set("mwMW%@")
LINE = 15  # px from one line of a name to the next


def text_width(text: str, size: float = 12, weight: int = 400) -> float:
    """Estimated width in Inter; a few classes of letters are close enough to avoid collisions."""
    em = sum(_em(char) for char in text)
    return em * size * (1.05 if weight >= 600 else 1)


def _em(char: str) -> float:
    if unicodedata.combining(char) or unicodedata.category(char) == "Cf":
        return 0
    if ord(char) >= 0x1100:  # CJK, emoji
        return 1.1
    if char in NARROW:
        return 0.3
    if char in WIDE:
        return 0.86
    return 0.66 if char.isupper() or char.isdigit() else 0.55


def fitted(text: str, room: float, size: float = 12, weight: int = 400) -> str:
    """The text, cut with an ellipsis where it would be wider than the room."""
    if text_width(text, size, weight) <= room:
        return text
    while text and text_width(text + "…", size, weight) > room:
        text = text[:-1]
    return text.rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def hits(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def inside(self, other: "Box") -> bool:
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )


def around(x: float, y: float, reach: float) -> Box:
    return Box(x - reach, y - reach, x + reach, y + reach)


@dataclass(frozen=True, slots=True)
class Size:
    """What one band gives each of its people: the reach of a disc and the slot round it."""

    reach: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Spot:
    """A disc's centre, its reach with everything round it, and how much of the row it owns."""

    x: float
    y: float
    reach: float
    room: float

    @property
    def box(self) -> Box:
        return around(self.x, self.y, self.reach)


@dataclass(frozen=True)
class Field(Generic[K]):
    spots: dict[K, Spot]
    column_width: float
    edges: list[float]  # the tops of the bands and the bottom of the last one

    @property
    def bottom(self) -> float:
        return self.edges[-1]


def settle(
    cells: Mapping[tuple[int, int], Sequence[K]],
    sizes: Sequence[Size],
    frame: Box,
    *,
    columns: int = 5,
    lowest: float = 0,
) -> Field[K]:
    """`cells` by (column, band), first come first placed. The frame's bottom is not binding."""
    width = (frame.right - frame.left) / columns
    edges, spots = [frame.top], dict[K, Spot]()
    for band, size in enumerate(sizes):
        row = max(1, int(width // size.width))
        crowd = max((len(keys) for (_c, b), keys in cells.items() if b == band), default=0)
        height = max(lowest, math.ceil(crowd / row) * size.height)
        for column in range(columns):
            keys = cells.get((column, band), ())
            cell = Box(frame.left + width * column, edges[-1], 0, edges[-1] + height)
            spots.update(_in_cell(keys, cell, width, size, odd=bool(column % 2)))
        edges.append(edges[-1] + height)
    return Field({key: spots[key] for keys in cells.values() for key in keys}, width, edges)


def _in_cell(keys: Sequence[K], cell: Box, width: float, size: Size, *, odd: bool) -> dict[K, Spot]:
    """As few side by side as the height allows, shifted a little so that lines find a way."""
    if not keys:
        return {}
    height = cell.bottom - cell.top
    side_by_side = math.ceil(len(keys) / max(1, int(height / size.height + 1e-9)))
    rows = math.ceil(len(keys) / side_by_side)
    pitch, room = height / rows, width / side_by_side
    spare_x, spare_y = (room - size.width) / 2, (pitch - size.height) / 2
    spots = {}
    for index, key in enumerate(keys):
        row, place = divmod(index, side_by_side)
        mine = min(side_by_side, len(keys) - row * side_by_side)
        lean = 1 if (row + place + odd) % 2 else -1
        x = cell.left + (width - room * mine) / 2 + room * (place + 0.5)
        if side_by_side == 1 and rows > 1:
            x += lean * min(spare_x, 14)
        y = cell.top + pitch * row + spare_y + lean * min(spare_y, 16) + size.reach + 2
        spots[key] = Spot(round(x, 1), round(y, 1), size.reach, room)
    return spots


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a name and how it is set."""

    text: str
    size: float = 12
    weight: int = 400
    css: str = ""
    tail: str = ""  # what is set apart at its end

    @property
    def width(self) -> float:
        return text_width(self.text + self.tail, self.size, self.weight)


@dataclass(frozen=True, slots=True)
class Placed:
    line: Line
    x: float
    y: float
    anchor: Anchor


@dataclass(frozen=True)
class Label:
    lines: list[Placed]
    box: Box


# Below, right, left, above, then the corners: (x, y) from the centre, and how the text is anchored.
PLACES: list[tuple[float, float, Anchor]] = [
    (0, 1, "middle"), (1, 0, "start"), (-1, 0, "end"), (0, -1, "middle"),
    (-0.85, 0.72, "end"), (0.85, -0.72, "start"), (-0.85, -0.72, "end"), (1, 0.8, "start"),
]  # fmt: skip


def label(
    spots: Mapping[K, Spot],
    wordings: Mapping[K, Sequence[Sequence[Line]]],
    frame: Box,
    roads: Sequence[Box] = (),
) -> dict[K, Label]:
    """Names for all, in the order of `wordings`; of each person's wordings the first that fits.

    The last wording must fit into the person's own slot, below the disc.
    """
    discs = {key: spot.box for key, spot in spots.items()}
    kept = {key: _at(spots[key], texts[-1], PLACES[0]).box for key, texts in wordings.items()}
    named: dict[K, Label] = {}
    for key, texts in wordings.items():
        taken = [box for other, box in discs.items() if other != key]
        taken += [entry.box for entry in named.values()]
        taken += [box for other, box in kept.items() if other != key and other not in named]
        named[key] = _first_free(spots[key], texts, frame, taken, roads)
    return named


def _first_free(
    spot: Spot, texts: Sequence[Sequence[Line]], frame: Box, taken: list[Box], roads: Sequence[Box]
) -> Label:
    for text in texts:
        for place in PLACES:
            tried = _at(spot, text, place)
            if tried.box.inside(frame) and not any(tried.box.hits(b) for b in (*taken, *roads)):
                return tried
    for text in texts:  # a name may cross a line before it is shortened away
        tried = _at(spot, text, PLACES[0])
        if tried.box.inside(frame) and not any(tried.box.hits(box) for box in taken):
            return tried
    return _at(spot, texts[-1], PLACES[0])


def _at(spot: Spot, text: Sequence[Line], place: tuple[float, float, Anchor]) -> Label:
    across, down, anchor = place
    reach, width, height = spot.reach + 2, max(line.width for line in text), LINE * len(text)
    x = spot.x + across * reach
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    top = spot.y + down * reach
    if down < -0.9:
        top -= height
    elif down <= 0.9:
        top += -height / 2 + down * 6 - down * reach * 0.25
    lines = [
        Placed(line, round(x, 1), round(top + 11.5 + LINE * number, 1), anchor)
        for number, line in enumerate(text)
    ]
    return Label(lines, Box(left - 1, top, left + width + 1, top + height))


BENDS = (0.14, -0.14, 0.24, -0.24, 0.36, -0.36, 0.5, -0.5)


@dataclass(frozen=True, slots=True)
class Arrow:
    """A curve from one disc to another, its head, and the middle for a number."""

    path: str
    head: str
    middle: tuple[float, float]
    roads: tuple[Box, ...]


def arrow(start: Spot, end: Spot, bend: float = 0.16) -> Arrow:
    """From rim to rim. The roads are small boxes along it, so that no name is written on it."""
    (x1, y1), (x2, y2) = (start.x, start.y), (end.x, end.y)
    cx, cy = (x1 + x2) / 2 - (y2 - y1) * bend, (y1 + y2) / 2 + (x2 - x1) * bend
    sx, sy = _toward(x1, y1, cx, cy, start.reach)
    tx, ty = _toward(x2, y2, cx, cy, end.reach + 7)
    hx, hy = _toward(x2, y2, cx, cy, end.reach + 1)
    middle = (round(sx / 4 + cx / 2 + tx / 4, 1), round(sy / 4 + cy / 2 + ty / 4, 1))
    path = f"M{sx:.1f} {sy:.1f}Q{cx:.1f} {cy:.1f} {tx:.1f} {ty:.1f}"
    return Arrow(path, _head(tx, ty, hx, hy), middle, _along((sx, sy), (cx, cy), (tx, ty)))


def clear_arrow(start: Spot, end: Spot, others: Sequence[Box]) -> Arrow:
    """The gentlest bend that meets no other disc; where none does, the gentlest of all."""
    tried = [arrow(start, end, bend) for bend in BENDS]
    free = (a for a in tried if not any(road.hits(box) for road in a.roads for box in others))
    return next(free, tried[0])


def _toward(x: float, y: float, ax: float, ay: float, far: float) -> tuple[float, float]:
    length = math.hypot(ax - x, ay - y) or 1
    return x + (ax - x) / length * far, y + (ay - y) / length * far


def _head(tx: float, ty: float, hx: float, hy: float, wide: float = 4.2) -> str:
    angle = math.atan2(hy - ty, hx - tx)
    bx, by = tx - math.cos(angle), ty - math.sin(angle)
    dx, dy = math.sin(angle) * wide, math.cos(angle) * wide
    return f"M{hx:.1f} {hy:.1f}L{bx + dx:.1f} {by - dy:.1f}L{bx - dx:.1f} {by + dy:.1f}z"


def _along(
    a: tuple[float, float], c: tuple[float, float], b: tuple[float, float], parts: int = 24
) -> tuple[Box, ...]:
    boxes = []
    for number in range(parts + 1):
        t = number / parts
        u = 1 - t
        x = u * u * a[0] + 2 * u * t * c[0] + t * t * b[0]
        y = u * u * a[1] + 2 * u * t * c[1] + t * t * b[1]
        boxes.append(around(x, y, 3))
    return tuple(boxes)
