"""Objectives and actions of a plan as one table: a row for each action, one for what has none."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from kam.lib.tabular.listing import ListColumn, Listing, attribute
from planning.models import Objective


def words(path: str, name: str) -> Any:
    """A choice of an objective or action, in the words of the reader."""
    reach = attribute(path)
    return lambda row: str(getattr(found, f"get_{name}_display")()) if (found := reach(row)) else ""


def state(row: Any) -> str:
    move, objective = row.action, row.objective
    if objective.is_dropped or (move and move.is_dropped):
        return str(_("dropped"))
    if move is None:
        return ""
    return str(_("done")) if move.is_done else pgettext("action", "open")


class PlanExportRow:
    def __init__(self, objective: Objective, action: Any = None) -> None:
        self.objective, self.action = objective, action


def rows(objectives: Iterable[Objective]) -> Iterator[PlanExportRow]:
    for objective in objectives:
        yield from [PlanExportRow(objective, move) for move in objective.moves] or [
            PlanExportRow(objective)
        ]


PLAN = Listing(
    "plan",
    (
        ListColumn("", _("Horizon"), words("objective", "horizon")),
        ListColumn("", _("Objective"), attribute("objective.title")),
        ListColumn("", _("Owner of the objective"), attribute("objective.owner.name")),
        ListColumn("", _("Objective due"), attribute("objective.due")),
        ListColumn("", _("Priority"), words("objective", "priority")),
        ListColumn("", _("Measure"), attribute("objective.measure")),
        ListColumn("", _("Unit"), attribute("objective.unit")),
        ListColumn("", pgettext_lazy("measure", "From"), attribute("objective.baseline")),
        ListColumn("", pgettext_lazy("measure", "Now"), attribute("objective.current")),
        ListColumn("", _("Target"), attribute("objective.target")),
        ListColumn("", _("Action"), attribute("action.title")),
        ListColumn("", _("Owner"), attribute("action.owner.name")),
        ListColumn("", _("Due"), attribute("action.due")),
        ListColumn("", _("State"), state),
        ListColumn("", _("Stakeholder"), attribute("action.stakeholder.name")),
        ListColumn("", _("Waits for"), attribute("action.waits_for.title")),
        ListColumn("", _("Note"), attribute("action.note")),
        ListColumn("", _("Result"), attribute("action.result")),
        ListColumn("", _("Lesson"), attribute("action.lesson")),
    ),
)
