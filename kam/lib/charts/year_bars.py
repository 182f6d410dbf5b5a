"""Geometry of a small chart by year: bars from zero, the expected ones hatched, values on top."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT = 240, 132
TOP, BOTTOM, EDGE = 22, HEIGHT - 24, 2


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    middle: float
    label: str
    value: str
    is_expected: bool
    is_latest: bool

    @property
    def value_y(self) -> float:
        return round(self.y - 6, 1)


@dataclass(frozen=True)
class YearBars:
    bars: list[Bar]
    title: str
    width: int = WIDTH
    height: int = HEIGHT
    base: float = BOTTOM


def year_bars(
    values: Sequence[tuple[str, Decimal, bool]], title: str, show: Callable[[Decimal], str]
) -> YearBars:
    """`values` are (year, value, expected), oldest first; below zero a bar has no height."""
    most = max((max(value, Decimal(0)) for _y, value, _e in values), default=Decimal(0))
    high = float(most) * 1.04 or 1.0
    step = (WIDTH - 2 * EDGE) / max(len(values), 1)
    width = min(40.0, step * 0.6)
    closed = [index for index, (_y, _v, expected) in enumerate(values) if not expected]
    bars = []
    for index, (year, value, expected) in enumerate(values):
        middle = EDGE + step * (index + 0.5)
        top = BOTTOM - max(float(value), 0.0) / high * (BOTTOM - TOP)
        bars.append(
            Bar(
                x=round(middle - width / 2, 1),
                y=round(top, 1),
                width=round(width, 1),
                height=round(BOTTOM - top, 1),
                middle=round(middle, 1),
                label=year,
                value=show(value),
                is_expected=expected,
                is_latest=bool(closed) and index == closed[-1],
            )
        )
    return YearBars(bars, title)
