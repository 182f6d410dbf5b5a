"""Objectives and actions of a plan as one table: a row for each action, one for what has none."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from kam.lib.tabular.listing import Column, Listing, attribute
from planning.models import Objective


def words(path: str, name: str) -> Any:
    """A choice of an objective or action, in the words of the reader."""
    reach = attribute(path)
    return lambda row: str(getattr(found, f"get_{name}_display")()) if (found := reach(row)) else ""


def state(row: Any) -> str:
    move, objective = row.action, row.objective
    if objective.is_dropped or (move and move.is_dropped):
        return str(_("dropped"))
    return "" if move is None else str(_("done") if move.is_done else _("open"))


class Row:
    def __init__(self, objective: Objective, action: Any = None) -> None:
        self.objective, self.action = objective, action


def rows(objectives: Iterable[Objective]) -> Iterator[Row]:
    for objective in objectives:
        yield from [Row(objective, move) for move in objective.moves] or [Row(objective)]


PLAN = Listing(
    "plan",
    (
        Column("", _("Horizon"), words("objective", "horizon")),
        Column("", _("Objective"), attribute("objective.title")),
        Column("", _("Owner of the objective"), attribute("objective.owner.name")),
        Column("", _("Objective due"), attribute("objective.due")),
        Column("", _("Priority"), words("objective", "priority")),
        Column("", _("Measure"), attribute("objective.measure")),
        Column("", _("Unit"), attribute("objective.unit")),
        Column("", _("From"), attribute("objective.baseline")),
        Column("", _("Now"), attribute("objective.current")),
        Column("", _("Target"), attribute("objective.target")),
        Column("", _("Action"), attribute("action.title")),
        Column("", _("Owner"), attribute("action.owner.name")),
        Column("", _("Due"), attribute("action.due")),
        Column("", _("State"), state),
        Column("", _("Stakeholder"), attribute("action.stakeholder.name")),
        Column("", _("Waits for"), attribute("action.waits_for.title")),
        Column("", _("Note"), attribute("action.note")),
        Column("", _("Result"), attribute("action.result")),
        Column("", _("Lesson"), attribute("action.lesson")),
    ),
)
