"""How far an objective and a plan are. Source: the product's calculations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal


def objective_progress(baseline: Decimal, target: Decimal, current: Decimal) -> Decimal:
    """(current − baseline) ÷ (target − baseline), held between 0 and 1.

    Works for "reduce" too: 31 h → 18 h at 25 h is 6 of 13. Raises ValueError when the target
    equals the baseline, since then there is no way to go.
    """
    if target == baseline:
        raise ValueError("the target equals the baseline")
    share = (current - baseline) / (target - baseline)
    return min(max(share, Decimal(0)), Decimal(1))


def moves_made(done: int, moves: int) -> Decimal | None:
    """The progress of an objective without a measure; not measured where nothing is to be done."""
    return Decimal(done) / moves if moves else None


def expected_progress(start: date, due: date, day: date) -> Decimal:
    """The share of the way that the calendar asks for by `day`: linear from start to due."""
    if day >= due:
        return Decimal(1)
    if day <= start:
        return Decimal(0)
    return Decimal((day - start).days) / Decimal((due - start).days)


@dataclass(frozen=True)
class Way:
    """One objective as the progress of the plan sees it; `progress` None is not measured."""

    title: str
    progress: Decimal | None
    start: date
    due: date
    weight: int


@dataclass(frozen=True)
class Part:
    """What an objective gives: progress against what was expected, capped at 100."""

    way: Way
    expected: Decimal
    score: Decimal | None

    @property
    def percent(self) -> int | None:
        return None if self.way.progress is None else rounded(self.way.progress * 100)

    @property
    def expected_percent(self) -> int:
        return rounded(self.expected * 100)

    @property
    def points(self) -> int | None:
        return None if self.score is None else rounded(self.score)


@dataclass(frozen=True)
class PlanProgress:
    """0 to 100 with its parts; None is not scored, never zero. `exact` is the same unrounded."""

    exact: Decimal | None
    parts: list[Part]

    @property
    def score(self) -> int | None:
        return None if self.exact is None else rounded(self.exact)

    @property
    def scored(self) -> int:
        return sum(part.score is not None for part in self.parts)

    @property
    def on_time(self) -> int:
        """As far as the calendar asks for, or further."""
        return sum(part.score == 100 for part in self.parts)


def plan_progress(ways: Iterable[Way], day: date) -> PlanProgress:
    """The mean over objectives of progress ÷ expected progress, weighted by priority.

    An objective without a measure, or of which nothing is expected yet, is left out.
    """
    parts = [_part(way, day) for way in ways]
    scored = [(part.score, part.way.weight) for part in parts if part.score is not None]
    weight = sum(weight for _score, weight in scored)
    if not weight:
        return PlanProgress(None, parts)
    mean = sum((score * weight for score, weight in scored), Decimal(0)) / weight
    return PlanProgress(mean, parts)


def _part(way: Way, day: date) -> Part:
    expected = expected_progress(way.start, way.due, day)
    if way.progress is None or expected == 0:
        return Part(way, expected, None)
    return Part(way, expected, min(way.progress / expected * 100, Decimal(100)))


def rounded(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))
