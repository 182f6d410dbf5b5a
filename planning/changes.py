"""What happened to a plan lately, as sentences: who did what, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from planning.models import Action, Objective, Plan, SwotItem

MOST = 6
# The name of an action of the model: its icon and what is said of it.
WORDS: dict[str, tuple[str, str | Promise]] = {
    "plan.start": ("plus", _("started this plan")),
    "plan.change": ("pencil", _("changed period or budget")),
    "objective.add": ("plus", _("added the objective “%(title)s”")),
    "objective.rename": ("pencil", _("renamed the objective “%(title)s”")),
    "objective.change": ("pencil", _("changed the objective “%(title)s”")),
    "objective.check_in": ("chart-line", _("checked in on “%(title)s”")),
    "objective.drop": ("x", _("dropped the objective “%(title)s”")),
    "objective.take_up": ("undo-2", _("took up again “%(title)s”")),
    "objective.move": ("move", _("changed the order of the objectives")),
    "action.add": ("plus", _("added the action “%(title)s”")),
    "review.action": ("plus", _("added the action “%(title)s”")),
    "action.rename": ("pencil", _("renamed an action: “%(title)s”")),
    "action.change": ("pencil", _("changed “%(title)s”")),
    "action.finish": ("check", _("finished “%(title)s”")),
    "action.reopen": ("undo-2", _("opened again “%(title)s”")),
    "action.drop": ("x", _("dropped “%(title)s”")),
    "action.move": ("move", _("changed the order of the actions")),
    "swot.add": ("plus", _("added to the SWOT: “%(title)s”")),
    "swot.rename": ("pencil", _("reworded in the SWOT: “%(title)s”")),
    "swot.change": ("pencil", _("changed in the SWOT: “%(title)s”")),
    "swot.remove": ("x", _("removed from the SWOT: “%(title)s”")),
    "swot.restore": ("undo-2", _("put back into the SWOT: “%(title)s”")),
    "swot.move": ("move", _("changed the order of the SWOT")),
}


@dataclass(frozen=True)
class Happening:
    """`who` is empty for the clock."""

    icon: str
    who: str
    words: str
    at: datetime

    @property
    def first_name(self) -> str:
        return self.who.split()[0] if self.who.split() else self.who


def happenings(plan: Plan, *, since: datetime | None) -> list[Happening]:
    """The last few actions of people on the plan, each once; five queries."""
    sources = [
        (Objective, {"pgh_obj__plan": plan.pk}),
        (Action, {"pgh_obj__objective__plan": plan.pk}),
        (SwotItem, {"pgh_obj__account": plan.account_id}),
        (Plan, {"pgh_obj": plan.pk}),
    ]
    events = [event for model, of in sources for event in _latest(model, of, since)]
    events.sort(key=lambda event: event.pgh_created_at, reverse=True)
    return _told(_once(events))


def _latest(model: Any, of: dict[str, Any], since: datetime | None) -> Iterable[Any]:
    rows = model.pgh_event_model.objects.filter(**of).exclude(pgh_context=None)
    if since:
        rows = rows.filter(pgh_created_at__gt=since)
    return rows.select_related("pgh_context").order_by("-pgh_id")[: MOST * 3]  # type: ignore[no-any-return]


def _once(events: Iterable[Any]) -> list[Any]:
    """An action that wrote several rows is told once."""
    seen: set[Any] = set()
    first = [e for e in events if not (e.pgh_context_id in seen or seen.add(e.pgh_context_id))]  # type: ignore[func-returns-value]
    return [e for e in first if e.pgh_context.metadata.get("action") in WORDS][:MOST]


def _told(events: list[Any]) -> list[Happening]:
    ids = {event.pgh_context.metadata.get("user") for event in events}
    names = dict(User.objects.filter(pk__in=ids - {None}).values_list("pk", "name"))
    told = []
    for event in events:
        facts = event.pgh_context.metadata
        icon, words = WORDS[facts["action"]]
        title = getattr(event, "title", "") or getattr(event, "text", "")
        who = names.get(facts.get("user"), "")
        told.append(Happening(icon, who, str(words) % {"title": title}, event.pgh_created_at))
    return told
