"""Objectives and strategy as they are read: by horizon, with what is late and what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kam.lib.charts.charts import State
from planning.models import Objective, Plan
from planning.models.objectives import Horizon
from planning.objectives.progress import PlanProgress, plan_progress


@dataclass(frozen=True)
class HorizonPart:
    """One horizon, its objectives in order, and the day by which the last of them is due."""

    name: str
    label: str
    by: date | None
    objectives: list[Objective]


@dataclass(frozen=True)
class PlanStructure:
    """`dropped` are the objectives given up; they count nowhere else."""

    horizons: list[HorizonPart]
    objectives: int
    actions: int
    done: int
    late: int
    progress: PlanProgress
    dropped: list[Objective]

    @property
    def state(self) -> State:
        """Of all objectives together; no claim where there is none."""
        if self.progress.overdue:
            return "risk"
        if not self.objectives:
            return "none"
        return "good" if self.progress.on_time == self.objectives else "watch"


def plan_structure(plan: Plan, day: date) -> PlanStructure:
    """Two queries, whatever the number of objectives and actions."""
    return plan_structure_of(list(Objective.objects.of_plan(plan).with_actions()), day)


def plan_structure_of(rows: list[Objective], day: date) -> PlanStructure:
    """Of all objectives of the plan in order, with their actions."""
    objectives = [objective for objective in rows if not objective.is_dropped]
    moves = [action for objective in objectives for action in objective.live_moves]
    return PlanStructure(
        horizons=[_part(horizon, objectives) for horizon in Horizon],
        objectives=len(objectives),
        actions=len(moves),
        done=sum(action.is_done for action in moves),
        late=sum(action.is_late(day) for action in moves),
        progress=plan_progress([objective.way(day) for objective in objectives], day),
        dropped=[objective for objective in rows if objective.is_dropped],
    )


def _part(horizon: Horizon, objectives: Iterable[Objective]) -> HorizonPart:
    mine = [objective for objective in objectives if objective.horizon == horizon]
    last = max((objective.due for objective in mine), default=None)
    return HorizonPart(horizon.value, str(horizon.label), last, mine)
