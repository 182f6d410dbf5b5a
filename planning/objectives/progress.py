"""How far an objective and a plan are. Source: the product's calculations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from django.utils.translation import gettext_lazy, ngettext

from kam.lib.charts.charts import State


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


class Verdict(StrEnum):
    """How an objective fares; everything that speaks of one objective asks `Way.verdict`."""

    REACHED = "reached"
    OVERDUE = "overdue"
    ACTIONS_LATE = "actions_late"
    BEHIND = "behind"
    NO_ACTION = "no_action"
    ON_TIME = "on_time"

    @property
    def is_on_time(self) -> bool:
        return self in (Verdict.REACHED, Verdict.ON_TIME)

    @property
    def state(self) -> State:
        known: dict[Verdict, State] = {
            Verdict.REACHED: "good",
            Verdict.OVERDUE: "risk",
            Verdict.ON_TIME: "none",
        }
        return known.get(self, "watch")

    def words(self, late: int) -> str:
        """`late` is how many of its actions are."""
        if self == Verdict.ACTIONS_LATE:
            return ngettext("%(n)s action late", "%(n)s actions late", late) % {"n": late}
        return str(WORDS[self])


WORDS = {
    Verdict.REACHED: gettext_lazy("reached"),
    Verdict.OVERDUE: gettext_lazy("past its date"),
    Verdict.BEHIND: gettext_lazy("behind its calendar"),
    Verdict.NO_ACTION: gettext_lazy("no open action"),
    Verdict.ON_TIME: gettext_lazy("on time"),
}


@dataclass(frozen=True)
class Way:
    """One objective as the progress of the plan sees it; `progress` None is not measured.

    `late` and `pending` count its actions past their date, and all that are still to be done.
    """

    title: str
    progress: Decimal | None
    start: date
    due: date
    weight: int
    late: int = 0
    pending: int = 0

    def verdict(self, day: date) -> Verdict:
        """The gravest that holds: its date, its actions, the calendar, nothing being done."""
        if self.progress == 1:
            return Verdict.REACHED
        if self.due < day:
            return Verdict.OVERDUE
        if self.late:
            return Verdict.ACTIONS_LATE
        if self._is_behind(day):
            return Verdict.BEHIND
        return Verdict.ON_TIME if self.pending else Verdict.NO_ACTION

    def _is_behind(self, day: date) -> bool:
        """In whole percent, as pages show both numbers."""
        expected = rounded(expected_progress(self.start, self.due, day) * 100)
        return self.progress is not None and rounded(self.progress * 100) < expected


@dataclass(frozen=True)
class WeightedProgress:
    """What an objective gives: progress against what was expected, capped at 100."""

    way: Way
    expected: Decimal
    score: Decimal | None
    verdict: Verdict

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
    parts: list[WeightedProgress]

    @property
    def score(self) -> int | None:
        return None if self.exact is None else rounded(self.exact)

    @property
    def scored(self) -> int:
        return sum(part.score is not None for part in self.parts)

    @property
    def on_time(self) -> int:
        """Of all parts, those that nothing holds back: reached, or as far as the calendar asks."""
        return sum(part.verdict.is_on_time for part in self.parts)

    @property
    def overdue(self) -> int:
        return sum(part.verdict == Verdict.OVERDUE for part in self.parts)


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


def _part(way: Way, day: date) -> WeightedProgress:
    expected = expected_progress(way.start, way.due, day)
    if way.progress is None or expected == 0:
        return WeightedProgress(way, expected, None, way.verdict(day))
    score = min(way.progress / expected * 100, Decimal(100))
    return WeightedProgress(way, expected, score, way.verdict(day))


def rounded(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))
