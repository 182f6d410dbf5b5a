"""Geometry of the small charts. Plain data in, plain data out; the SVG is in templates/shared/charts.

Coordinates are SVG user units, y downwards, rounded to a tenth: the charts are drawn at their
natural size, so that their type never shrinks.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

State = Literal["good", "watch", "risk", "none"]
GOOD_FROM, WATCH_FROM = 75, 50


def state_of(score: float | None) -> State:
    """Of a score from 0 to 100: good from 75, watch from 50, risk below; none is not scored."""
    if score is None:
        return "none"
    return "good" if score >= GOOD_FROM else "watch" if score >= WATCH_FROM else "risk"


def meter_state(score: float | None) -> State | Literal[""]:
    """Colour only for the weak: a good or missing part stays ink."""
    state = state_of(score)
    return "" if state in ("good", "none") else state


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from the domain `low..high` to the range `start..end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / ((self.high - self.low) or 1)
        return round(self.start + share * (self.end - self.start), 1)


def ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Round numbers (1, 2 or 5 times a power of ten) inside `low..high`, about so many."""
    if high <= low:
        return [low]
    rough = (high - low) / max(about, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    limits = ((1.5, 1), (3.5, 2), (7.5, 5), (10.0, 10))
    step = power * next(nice for limit, nice in limits if rough / power <= limit)
    first, last = math.ceil(low / step), math.floor(high / step)
    return [round(index * step, 10) for index in range(first, last + 1)]


@dataclass(frozen=True, slots=True)
class Spark:
    """A line without axes and the dot at its end."""

    width: int
    height: int
    path: str
    end_x: float
    end_y: float


def spark(
    values: Sequence[float], *, width: int = 96, height: int = 28, floor: float = 0
) -> Spark | None:
    """None below two values: one point is no course.

    `floor` is the smallest span drawn, so that in a list a calm account looks calm beside a
    falling one.
    """
    if len(values) < 2:
        return None
    low, high = min(values), max(values)
    span = max(high - low, floor) or 1
    middle = (low + high) / 2
    x = Scale(0, len(values) - 1, 2, width - 4)
    y = Scale(middle - span / 2, middle + span / 2, height - 4, 4)
    points = [(x(index), y(value)) for index, value in enumerate(values)]
    path = "M" + "L".join(f"{px} {py}" for px, py in points)
    return Spark(width, height, path, *points[-1])


@dataclass(frozen=True, slots=True)
class Ring:
    """Time round a person. `kind`: never met (dotted), late (dashed), left (what remains)."""

    kind: Literal["never", "late", "left"]
    size: int
    centre: float
    radius: float
    dash: str = ""


def ring(days: int | None, cadence: int | None, size: int = 26) -> Ring:
    """`days` since the last contact (None: never), `cadence` days meant between two contacts."""
    centre, radius = size / 2, size / 2 - 2
    if days is None:
        return Ring("never", size, centre, radius)
    if not cadence or days >= cadence:
        return Ring("late" if cadence else "left", size, centre, radius)
    length = 2 * math.pi * radius
    left = length * (1 - max(days, 0) / cadence)
    return Ring("left", size, centre, radius, f"{left:.1f} {length:.1f}")


@dataclass(frozen=True, slots=True)
class ValueBar:
    """Now (solid), projected (hatched) and potential (outline) on one scale from zero."""

    width: int
    now: float
    projected: float
    label_x: float
    anchor: Literal["start", "middle", "end"]

    @property
    def full(self) -> int:
        return self.width - 2

    @property
    def end_x(self) -> int:
        return self.width - 1

    @property
    def mark_x(self) -> float:
        return self.projected + 1


def value_bar(now: float, projected: float, potential: float, *, width: int = 376) -> ValueBar:
    """Lengths of the bars; `potential` is all that could be sold a year, what we sell included."""
    x = Scale(0, max(now, projected, potential, 1e-9), 0, width - 2)
    at = x(max(projected, 0)) + 1
    edge = 90  # half of a long label: nearer to the border it is anchored there
    if at < edge:
        return ValueBar(width, x(max(now, 0)), x(max(projected, 0)), 1.0, "start")
    if at > width - edge:
        return ValueBar(width, x(max(now, 0)), x(max(projected, 0)), width - 1.0, "end")
    return ValueBar(width, x(max(now, 0)), x(max(projected, 0)), at, "middle")
