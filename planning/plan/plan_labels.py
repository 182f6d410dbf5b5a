"""How changes of a plan are told."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.history.history_registry import Text, tell
from planning.models import Action, Approval, CheckIn, Comment, Objective, Plan

tell(
    Plan,
    group="plan",
    thing=_("the plan"),
    fields={
        "period_start": _("the first day"),
        "period_end": _("the last day"),
        "budget": _("the budget"),
        "one_page": _("the lines of its one page"),
    },
    verbs={"plan.choose_lines": _("chose what stands on the one page of the plan")},
    added=_("began a plan for %(period_start)s to %(period_end)s"),
)
tell(
    Approval,
    group="plan",
    thing=_("the approval of version %(name)s"),
    name="version",
    fields={"note": _("the note")},
    added=_("asked for approval of version %(version)s of the plan: %(note)s"),
    verbs={
        "plan.approve": _("approved version %(version)s of the plan"),
        "plan.send_back": _("sent version %(version)s of the plan back: %(comment)s"),
        "plan.withdraw": _("took back the question to approve version %(version)s of the plan"),
    },
)
tell(
    Objective,
    group="plan",
    thing=_("the objective “%(name)s”"),
    name="title",
    fields={
        "title": _("the text"),
        "horizon": _("the horizon"),
        "owner": _("the owner"),
        "start": _("the start date"),
        "due": _("the due date"),
        "priority": _("the priority"),
        "serves": _("the client’s goal it serves"),
        "measure": _("the measure"),
        "unit": _("the unit"),
        "baseline": _("the start"),
        "current": _("the current figure"),
        "target": _("the target"),
    },
    verbs={
        "objective.rename": _("renamed the objective from %(old)s to %(new)s"),
        "objective.move": _("changed the order of the objectives"),
    },
    turns={
        "dropped_at": (_("dropped %(thing)s: %(drop_reason)s"), _("took up %(thing)s again")),
    },
    follows=frozenset({"objective.check_in"}),
)
tell(
    CheckIn,
    group="plan",
    thing=_("the check-in on “%(name)s”"),
    name=lambda row: str(row.words("objective")),
    needs=("objective",),
    fields={"on": _("the day"), "value": _("the value"), "note": _("the note")},
    added=_("checked in on “%(objective)s”, %(on)s, at %(value)s: %(note)s"),
)
tell(
    Action,
    group="plan",
    thing=_("the action “%(name)s”"),
    name="title",
    fields={
        "title": _("the text"),
        "note": _("the note"),
        "owner": _("the owner"),
        "due": _("the due date"),
        "objective": _("the objective"),
        "stakeholder": _("the stakeholder"),
        "waits_for": _("what it waits for"),
        "result": _("the result"),
        "lesson": _("the lesson"),
    },
    verbs={
        "action.rename": _("renamed the action from %(old)s to %(new)s"),
        "action.move": _("changed the order of the actions"),
    },
    turns={
        "done_at": (_("finished %(thing)s"), _("opened %(thing)s again")),
        "dropped_at": (_("dropped %(thing)s: %(drop_reason)s"), _("took up %(thing)s again")),
    },
    follows=frozenset({"review.action"}),
)


def said(row: Any) -> Text:
    if row["action_id"]:
        return _("commented on the action “%(action)s”: %(text)s")
    if row["objective_id"]:
        return _("commented on the objective “%(objective)s”: %(text)s")
    return _("commented on the plan: %(text)s")


tell(
    Comment,
    group="plan",
    thing=_("the comment “%(name)s”"),
    name="text",
    needs=("objective", "action"),
    fields={"text": _("the text")},
    added=said,
    turns={"resolved_at": (_("resolved %(thing)s"), _("opened %(thing)s again"))},
)
