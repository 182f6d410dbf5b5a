"""How changes of a plan are told."""

from django.utils.translation import gettext_lazy as _

from accounts.telling import tell
from planning.models import Action, Objective, Plan

tell(
    Plan,
    group="plan",
    thing=_("the plan"),
    fields={"period_start": _("the first day"), "period_end": _("the last day")},
    added=_("began a plan for %(period_start)s to %(period_end)s"),
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
        "due": _("the due date"),
        "measure": _("the measure"),
        "unit": _("the unit"),
        "baseline": _("the start"),
        "current": _("the current figure"),
        "target": _("the target"),
    },
    verbs={"objective.rename": _("renamed the objective from %(old)s to %(new)s")},
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
        "waits_for": _("what it waits for"),
    },
    verbs={
        "action.rename": _("renamed the action from %(old)s to %(new)s"),
        "action.finish": _("finished %(thing)s"),
        "action.reopen": _("opened %(thing)s again"),
    },
)
