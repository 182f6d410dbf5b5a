"""Objectives and strategy as they are read: by horizon, with what is late and what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from planning.models import Objective, Plan
from planning.models.objectives import Horizon


@dataclass(frozen=True)
class HorizonPart:
    """One horizon, its objectives in order, and the day by which the last of them is due."""

    name: str
    label: str
    by: date | None
    objectives: list[Objective]


@dataclass(frozen=True)
class Outline:
    horizons: list[HorizonPart]
    objectives: int
    actions: int
    done: int
    late: int
    without_action: int


def outline(plan: Plan, day: date) -> Outline:
    """Three queries, whatever the number of objectives and actions."""
    objectives = list(Objective.objects.of_plan(plan).with_actions())
    moves = [action for objective in objectives for action in objective.moves]
    return Outline(
        horizons=[_part(horizon, objectives) for horizon in Horizon],
        objectives=len(objectives),
        actions=len(moves),
        done=sum(action.is_done for action in moves),
        late=sum(action.is_late(day) for action in moves),
        without_action=sum(objective.lacks_action for objective in objectives),
    )


def _part(horizon: Horizon, objectives: Iterable[Objective]) -> HorizonPart:
    mine = [objective for objective in objectives if objective.horizon == horizon]
    last = max((objective.due for objective in mine), default=None)
    return HorizonPart(horizon.value, str(horizon.label), last, mine)
