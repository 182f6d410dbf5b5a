"""Columns with a mark each, such as revenue by month against its budget. Plain data in and out."""

from collections.abc import Sequence
from dataclasses import dataclass

from kam.lib.charts.charts import Scale, ticks

LEFT, RIGHT, TOP, FOOT = 60, 76, 14, 26


@dataclass(frozen=True, slots=True)
class ChartColumn:
    label: str
    middle: float
    x: float
    y: float
    width: float
    height: float
    mark: str
    has_value: bool


@dataclass(frozen=True, slots=True)
class Tick:
    value: float
    y: float

    @property
    def text_y(self) -> float:
        return round(self.y + 4, 1)


@dataclass(frozen=True, slots=True)
class ColumnChart:
    width: int
    height: int
    start: int
    end: int
    foot: int
    columns: list[ChartColumn]
    ticks: list[Tick]
    zero: float
    last_mark: float | None

    @property
    def tick_x(self) -> int:
        return self.start - 8

    @property
    def label_x(self) -> int:
        return self.end + 8

    @property
    def marks(self) -> str:
        return " ".join(column.mark for column in self.columns if column.mark)


def column_chart(
    labels: Sequence[str],
    values: Sequence[float | None],
    marks: Sequence[float | None],
    *,
    width: int = 556,
    height: int = 196,
) -> ColumnChart:
    """Zero is always on the scale; what is None leaves a gap and not a zero."""
    known = [value for value in (*values, *marks) if value is not None]
    high, low = max([*known, 0]) * 1.08 or 1.0, min([*known, 0])
    y = Scale(low, high, height - FOOT, TOP)
    end = width - RIGHT
    step = (end - LEFT) / max(len(labels), 1)
    columns = [
        _column(label, LEFT + (index + 0.5) * step, step, value, mark, y)
        for index, (label, value, mark) in enumerate(zip(labels, values, marks, strict=True))
    ]
    last = next((mark for mark in reversed(marks) if mark is not None), None)
    return ColumnChart(
        width, height, LEFT, end, height - 8, columns,
        [Tick(value, y(value)) for value in ticks(low, high, 4)],
        y(0), None if last is None else round(y(last) + 4, 1),
    )  # fmt: skip


def _column(
    label: str, middle: float, step: float, value: float | None, mark: float | None, y: Scale
) -> ChartColumn:
    bar, half = step * 0.56, step * 0.45
    top = y(value or 0)
    line = "" if mark is None else f"M{middle - half:.1f} {y(mark)}H{middle + half:.1f}"
    return ChartColumn(
        label=label,
        middle=round(middle, 1),
        x=round(middle - bar / 2, 1),
        y=min(top, y(0)),
        width=round(bar, 1),
        height=round(abs(y(0) - top), 1),
        mark=line,
        has_value=value is not None,
    )
