"""What of the plans a person holds, for those who hand over."""

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from accounts import holdings
from accounts.models import User
from planning.models import Action, Objective


@holdings.counts(_("open actions"))
def open_actions(person: User) -> dict[int, int]:
    rows = Action.objects.open().owned_by(person).values_list("account")
    return dict(rows.annotate(n=Count("pk")).order_by())


@holdings.counts(_("objectives"))
def objectives(person: User) -> dict[int, int]:
    rows = Objective.objects.filter(owner=person).values_list("account")
    return dict(rows.annotate(n=Count("pk")).order_by())
