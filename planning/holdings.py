"""What of the plans a person holds, for those who hand over."""

from django.db.models import Count
from django.utils.translation import ngettext_lazy

from accounts import holdings
from accounts.models import User
from planning.models import Action, Objective


@holdings.counts(ngettext_lazy("%(n)s open action", "%(n)s open actions", "n"))
def open_actions(person: User) -> dict[int, int]:
    rows = Action.objects.open().owned_by(person).values_list("account")
    return dict(rows.annotate(n=Count("pk")).order_by())


@holdings.counts(ngettext_lazy("%(n)s objective", "%(n)s objectives", "n"))
def objectives(person: User) -> dict[int, int]:
    rows = Objective.objects.filter(owner=person).values_list("account")
    return dict(rows.annotate(n=Count("pk")).order_by())
