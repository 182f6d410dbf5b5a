"""The map: disposition across, influence up; discs, rings of time, lines, names. Drawn by a template.

Influence has three bands and disposition five columns, so a place inside a cell says nothing and
serves legibility alone; whom nobody can judge stands in the middle, behind a long whisker.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models.assessments import Disposition
from accounts.models.stakeholders import Influence
from accounts.stakeholders.introductions import IntroductionStep, Way
from accounts.stakeholders.stakeholder_snapshot import Link, Person, StakeholderSnapshot, by_urgency
from kam.lib.charts.charts import Ring
from kam.lib.charts.placement import (
    Arrow,
    Box,
    Field,
    Line,
    Placed,
    Size,
    Spot,
    clear_arrow,
    fitted,
    label,
    settle,
)
from kam.lib.text.names import name_of

BANDS = [Influence.HIGH, Influence.MEDIUM, Influence.LOW]
CROWD = 20  # from here on smaller discs, and only the lines that matter
LEFT, TOP, FOOT = 36, 34, 36
ROOMY = [Size(28, 118, 96)] * 3
CROWDED = [Size(23, 106, 82), Size(21, 106, 78), Size(18, 98, 58)]


@dataclass(frozen=True)
class MapNode:
    """One person as drawn."""

    person: Person
    spot: Spot
    disc: float
    ring: Ring | None
    octagon: str
    lines: list[Placed]
    badge: tuple[float, float, float] | None
    chosen: bool
    initials_size: float
    whisker: tuple[float, float] | None
    ghost: tuple[float, float] | None  # where they stood, and where its trail ends

    @property
    def initials(self) -> str:
        return "?" if self.person.is_gap else name_of(self.person).initials

    @property
    def is_dot(self) -> bool:
        return self.disc <= 6

    @property
    def glyph(self) -> tuple[float, float, float] | None:
        """Where the sign of the role stands inside its badge, and how large it is."""
        if self.badge is None:
            return None
        x, y, radius = self.badge
        side = round(radius * 1.26, 1)
        return round(x - side / 2, 1), round(y - side / 2, 1), side

    @property
    def glyph_scale(self) -> float:
        """Signs are drawn on a field of 24 by 24."""
        return round(self.glyph[2] / 24, 3) if self.glyph else 1

    @property
    def whisker_top(self) -> float:
        return round(self.spot.y - 5, 1)

    @property
    def chosen_r(self) -> float:
        return self.spot.reach + 4

    @property
    def baseline(self) -> float:
        return round(self.spot.y + self.initials_size * 0.35, 1)

    @property
    def halo(self) -> float:
        return self.spot.reach - 2


@dataclass(frozen=True)
class Edge:
    arrow: Arrow
    width: float
    against: bool
    number: int = 0
    done: bool = True


@dataclass(frozen=True)
class Strokes:
    edges: list[Edge]
    route: list[Edge]
    hidden: int


@dataclass(frozen=True)
class Column:
    name: str
    x: float
    centre: float
    count: int


@dataclass(frozen=True)
class Band:
    name: str
    top: float
    centre: float


@dataclass(frozen=True)
class Picture:
    width: int
    height: float
    left: float
    right: float
    top: float
    bottom: float
    columns: list[Column]
    bands: list[Band]
    zone_width: float
    zone_height: float
    nodes: list[MapNode]
    edges: list[Edge]
    route: list[Edge]
    hidden_lines: int
    crowded: bool

    @property
    def good_x(self) -> float:
        return self.right - self.zone_width

    @property
    def foot(self) -> float:
        return self.bottom + 24


def draw(
    stakeholder_snapshot: StakeholderSnapshot,
    *,
    width: int = 1104,
    chosen: int | None = None,
    way: Way | None = None,
) -> Picture:
    people, crowded = stakeholder_snapshot.people, len(stakeholder_snapshot.people) > CROWD
    frame = Box(LEFT, TOP, width - 4, 0)
    field = settle(
        _cells(people), CROWDED if crowded else ROOMY, frame, lowest=96 if crowded else 150
    )
    route = _route(way, field)
    edges, hidden = _edges(stakeholder_snapshot, field, way, chosen, crowded)
    strokes = Strokes(edges, route, hidden)
    paper = Box(LEFT - 2, TOP, width, field.bottom)
    whiskers = {p.pk: _whisker(p, field.spots[p.pk]) for p in people}
    ghosts = {} if crowded else {p.pk: g for p in people if (g := _ghost(p, field))}
    roads = [box for edge in (*route, *edges) for box in edge.arrow.roads]
    roads += [_stroke(w, field.spots[k].y) for k, w in whiskers.items() if w]
    roads += [_stroke((min(g), max(g)), field.spots[k].y) for k, g in ghosts.items()]
    wordings = {p.pk: _wordings(p, field.spots[p.pk], crowded) for p in by_urgency(people)}
    named = label(field.spots, wordings, paper, roads)
    nodes = [
        _node(p, field.spots[p.pk], named[p.pk].lines, chosen, whiskers[p.pk], ghosts.get(p.pk))
        for p in reversed(people)
    ]
    return _picture(width, field, people, nodes, strokes)


def draw_small(
    stakeholder_snapshot: StakeholderSnapshot, *, way: Way | None = None, width: int = 358
) -> Picture:
    """For a phone: initials where somebody is late or powerful, dots for the rest, no names."""
    people, crowded = stakeholder_snapshot.people, len(stakeholder_snapshot.people) > CROWD
    sizes = [Size(16.5, 35, 36)] * 3
    field = settle(_cells(people), sizes, Box(2, 30, width - 2, 0), lowest=64)
    route = _route(way, field)
    nodes = [_small_node(p, field.spots[p.pk], crowded) for p in reversed(people)]
    return _picture(width, field, people, nodes, Strokes([], route, 0))


def column_of(person: Person) -> int:
    return (person.disposition or 0) + 2


def _cells(people: Sequence[Person]) -> dict[tuple[int, int], list[int]]:
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for person in people:
        band = BANDS.index(Influence(person.influence))
        cells[column_of(person), band].append(person.pk)
    return cells


def _route(way: Way | None, field: Field[int]) -> list[Edge]:
    """The steps between people of theirs; the first one, from us, needs no line."""
    if way is None:
        return []
    keys = [step.person.pk for step in way.steps]
    pairs = list(zip(keys, keys[1:], strict=False))
    return [
        Edge(_arrow(field, a, b), 2.75, False, number, done=False)
        for number, (a, b) in enumerate(pairs, start=1)
    ]


def _edges(
    stakeholder_snapshot: StakeholderSnapshot,
    field: Field[int],
    way: Way | None,
    chosen: int | None,
    crowded: bool,
) -> tuple[list[Edge], int]:
    people = stakeholder_snapshot.by_key
    walked = {(a.person.pk, b.person.pk) for a, b in _steps(way)}
    links = [k for k in stakeholder_snapshot.links if (k.influencer, k.influenced) not in walked]
    shown = [k for k in links if not crowded or _matters(k, people, chosen)]
    edges = [
        Edge(
            _arrow(field, k.influencer, k.influenced),
            (1, 1.25, 2, 3)[k.strength],
            (people[k.influencer].disposition or 0) < -1,
        )
        for k in shown
    ]
    return edges, len(links) - len(shown)


def _arrow(field: Field[int], a: int, b: int) -> Arrow:
    others = [spot.box for key, spot in field.spots.items() if key not in (a, b)]
    return clear_arrow(field.spots[a], field.spots[b], others)


def _steps(way: Way | None) -> list[tuple[IntroductionStep, IntroductionStep]]:
    return list(zip(way.steps, way.steps[1:], strict=False)) if way else []


def _matters(link: Link, people: dict[int, Person], chosen: int | None) -> bool:
    """In a crowd: a blocker's reach, and everything about the person looked at."""
    against = (people[link.influencer].disposition or 0) < -1
    return against or chosen in (link.influencer, link.influenced)


def _wordings(person: Person, spot: Spot, crowded: bool) -> list[list[Line]]:
    """Name and title with the days; the same cut to the slot; in a crowd the last name alone."""
    room = min(spot.room - 4, 200)
    wordings = [
        [Line(fitted(person.name, width, 12.5, 600), 12.5, 600, "nm"), _below(person, width)]
        for width in (200, room)
    ]
    if not crowded:
        return wordings
    last = person.name if person.is_gap else person.surname
    late = f" {person.when}" if person.is_late else ""
    cut = fitted(last, max(room - len(late) * 7, 20), 12.5, 600)
    short = [Line(cut, 12.5, 600, "nm", late)]
    return [short] if person.influence == Influence.LOW else [*wordings, short]


def _below(person: Person, room: float) -> Line:
    """ "CTO · 12 d": the days stay whole where there is little room, and red when late."""
    title = fitted(person.title, max(room - len(person.when) * 7 - 14, 24)) if person.title else ""
    # Isolated, so that a title from right to left leaves the days where they are.
    text = f"\u2068{title}\u2069 · " if title else ""
    if person.is_late:
        return Line(text, 12, 400, "tt", person.when)
    return Line(text + person.when, 12, 400, "tt")


def _whisker(person: Person, spot: Spot) -> tuple[float, float] | None:
    """As wide as the column allows: a guess reaches half as far as no opinion at all."""
    if person.is_gap or (person.disposition is not None and not person.is_guess):
        return None
    half = spot.room / 2 - 5 if person.disposition is None else spot.room / 2 - 16
    if half < spot.reach + 8:
        return None
    return round(spot.x - half, 1), round(spot.x + half, 1)


def _ghost(person: Person, field: Field[int]) -> tuple[float, float] | None:
    """Where they stood three months ago, when the way from there is free of others."""
    if person.was is None or person.disposition is None or person.was == person.disposition:
        return None
    spot = field.spots[person.pk]
    x = round(LEFT + field.column_width * (person.was + 2.5), 1)
    toward = 1 if spot.x > x else -1
    end = round(spot.x - toward * (spot.reach + 2), 1)
    trail = _stroke((min(x - 7, end), max(x + 7, end)), spot.y, 8)
    others = (s.box for key, s in field.spots.items() if key != person.pk)
    return None if any(trail.hits(box) for box in others) else (x, end)


def _stroke(span: tuple[float, float], y: float, half: float = 5) -> Box:
    return Box(span[0], y - half, span[1], y + half)


def _node(
    person: Person,
    spot: Spot,
    lines: list[Placed],
    chosen: int | None,
    whisker: tuple[float, float] | None,
    ghost: tuple[float, float] | None,
) -> MapNode:
    disc = spot.reach - 10 if spot.reach > 25 else spot.reach - 5
    ring_radius = spot.reach - 4 if spot.reach > 25 else spot.reach - 2
    small = spot.reach < 20
    off = round(disc * (1 if spot.reach > 25 else 0.95), 1)
    badge = (round(spot.x + off, 1), round(spot.y + off - 1, 1), 9.5 if spot.reach > 25 else 8)
    return MapNode(
        person, spot, disc, _ring(person, ring_radius), _octagon(person, spot, disc + 1.5), lines,
        badge if person.roles and not small else None, person.pk == chosen, 12 if small else 13,
        whisker, ghost,
    )  # fmt: skip


def _small_node(person: Person, spot: Spot, crowded: bool) -> MapNode:
    named = not crowded or person.could_derail or (person.is_late and person.weight > 1)
    disc, ring = (12.5, _ring(person, 15.5)) if named else (6.0, None)
    octagon = _octagon(person, spot, disc) if named else ""
    at = spot if named else Spot(spot.x, spot.y, 6, spot.room)
    return MapNode(person, at, disc, ring, octagon, [], None, False, 11.5, None, None)


def _octagon(person: Person, spot: Spot, radius: float) -> str:
    """Blockers differ by shape, not by colour alone."""
    if person.disposition != Disposition.BLOCKER:
        return ""
    turns = (math.pi / 8 + corner * math.pi / 4 for corner in range(8))
    return " ".join(
        f"{spot.x + radius * math.cos(t):.1f},{spot.y + radius * math.sin(t):.1f}" for t in turns
    )


def _ring(person: Person, radius: float) -> Ring | None:
    if person.is_gap:
        return None
    if person.days is None:
        return Ring("never", 0, 0, radius)
    if person.is_cold:
        return Ring("late", 0, 0, radius)
    length = 2 * math.pi * radius
    left = length * (1 - person.days / person.cadence)
    return Ring("left", 0, 0, radius, f"{left:.1f} {length:.1f}")


def _picture(
    width: int,
    field: Field[int],
    people: Sequence[Person],
    nodes: list[MapNode],
    strokes: Strokes,
) -> Picture:
    left = field_left(width)
    wide, tops = field.column_width, field.edges
    columns = [
        Column(
            str(disposition.label),
            round(left + wide * number, 1),
            round(left + wide * (number + 0.5), 1),
            sum(1 for p in people if not p.is_gap and p.disposition == disposition),
        )
        for number, disposition in enumerate(Disposition)
    ]
    bands = [
        Band(str(band.label), tops[n], round((tops[n] + tops[n + 1]) / 2, 1))
        for n, band in enumerate(BANDS)
    ]
    return Picture(
        width=width, height=field.bottom + FOOT, left=left, right=left + 5 * wide, top=tops[0],
        bottom=field.bottom, columns=columns, bands=bands, zone_width=round(wide * 2, 1),
        zone_height=round(tops[2] - tops[0], 1), nodes=nodes, edges=strokes.edges,
        route=strokes.route, hidden_lines=strokes.hidden, crowded=len(people) > CROWD,
    )  # fmt: skip


def field_left(width: int) -> float:
    return LEFT if width > 400 else 2
