"""What of the plans a person holds, for those who hand over."""

from django.utils.translation import ngettext_lazy

from accounts.users import ownership
from planning.models import Action, Objective, Risk

ownership.kind(
    "action",
    ngettext_lazy("%(n)s open action", "%(n)s open actions", "n"),
    rows=lambda person: Action.objects.open().owned_by(person),
    give=lambda action, to, by, at: action.change(by=by, owner=to),
)
ownership.kind(
    "objective",
    ngettext_lazy("%(n)s objective", "%(n)s objectives", "n"),
    rows=lambda person: Objective.objects.of_newest_plans().standing().filter(owner=person),
    give=lambda objective, to, by, at: objective.change(by=by, owner=to),
)
ownership.kind(
    "risk",
    ngettext_lazy("%(n)s open risk", "%(n)s open risks", "n"),
    rows=lambda person: Risk.objects.open().filter(owner=person),
    give=lambda risk, to, by, at: risk.change(by=by, seen={"owner": risk.owner_id}, owner=to),
)
