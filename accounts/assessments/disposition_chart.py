"""How somebody stood over time, as a line of steps: solid with evidence, dashed a guess."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models.assessments import Assessment, Disposition
from kam.lib.charts.charts import Scale

WIDTH, HEIGHT, LEFT, TOP, FOOT = 720, 196, 92, 14, 28
BEFORE, AFTER = timedelta(days=365), timedelta(days=365)


@dataclass(frozen=True, slots=True)
class DispositionRow:
    name: str
    y: float


@dataclass(frozen=True, slots=True)
class DispositionStep:
    path: str
    is_guess: bool


@dataclass(frozen=True, slots=True)
class Tick:
    day: date
    x: float


@dataclass(frozen=True)
class DispositionChart:
    width: int
    height: int
    left: float
    right: float
    bottom: float
    rows: list[DispositionRow]
    steps: list[DispositionStep]
    dots: list[tuple[float, float]]
    ticks: list[Tick]
    today_x: float
    until: tuple[float, float, float] | None
    expires_on: date | None

    @property
    def label_y(self) -> int:
        return self.height - 8


def disposition_chart(assessments: Sequence[Assessment], today: date) -> DispositionChart | None:
    """From the first opinion, at most a year back, to a year ahead; None where there is none."""
    made = sorted((a for a in assessments if a.made_on <= today), key=lambda a: (a.made_on, a.pk))
    if not made:
        return None
    start, end = min(today - BEFORE, today), today + AFTER
    x = Scale(start.toordinal(), end.toordinal(), LEFT, WIDTH - 8)
    y = Scale(-2, 2, HEIGHT - FOOT, TOP)
    pairs = zip(made, [*made[1:], None], strict=True)
    shown = [(o, following) for o, following in pairs if not following or following.made_on > start]
    steps = [_lasting(opinion, following, (start, today), x, y) for opinion, following in shown]
    dots = [
        (x(opinion.made_on.toordinal()), y(opinion.disposition))
        for opinion, _following in shown
        if opinion.made_on >= start
    ]
    current = made[-1]
    valid = current.expires_on > today
    until = (
        x(today.toordinal()),
        x(min(current.expires_on, end).toordinal()),
        y(current.disposition),
    )
    return DispositionChart(
        width=WIDTH, height=HEIGHT, left=LEFT, right=WIDTH - 8, bottom=HEIGHT - FOOT,
        rows=[DispositionRow(str(d.label), y(d.value)) for d in reversed(Disposition)],
        steps=steps, dots=dots, ticks=_ticks(start, end, x), today_x=x(today.toordinal()),
        until=until if valid else None, expires_on=current.expires_on if valid else None,
    )  # fmt: skip


def _lasting(
    opinion: Assessment, following: Assessment | None, days: tuple[date, date], x: Scale, y: Scale
) -> DispositionStep:
    """From the day it was made until it ran out or another one came, within these days."""
    start, today = days
    last_day = min(opinion.expires_on, following.made_on if following else today, today)
    begins, ends = max(opinion.made_on, start), max(last_day, start)
    path = _step(
        x(begins.toordinal()), x(ends.toordinal()), y(opinion.disposition),
        _next(opinion, following, y),
    )  # fmt: skip
    return DispositionStep(path, opinion.is_guess)


def _next(opinion: Assessment, following: Assessment | None, y: Scale) -> float | None:
    """The level of the opinion that took over, when this one had not run out before."""
    if following is None or opinion.expires_on < following.made_on:
        return None
    return y(following.disposition)


def _step(begins: float, ends: float, level: float, then: float | None) -> str:
    return f"M{begins} {level}H{ends}" + (f"V{then}" if then is not None else "")


def _ticks(start: date, end: date, x: Scale) -> list[Tick]:
    """The first of every third month."""
    ticks, month = [], start.year * 12 + start.month
    while (day := date(month // 12, month % 12 + 1, 1)) < end:
        # A label needs half its width to the border.
        if day >= start and month % 3 == 1 and x(day.toordinal()) < WIDTH - 36:
            ticks.append(Tick(day, x(day.toordinal())))
        month += 1
    return ticks
