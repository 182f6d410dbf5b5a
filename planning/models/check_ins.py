"""Check-ins: how far an objective was on a day, by whom."""

from datetime import date
from decimal import Decimal
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, User, changing
from accounts.models.rights import EDIT, of_readable
from kam.lib.data import history
from planning.models.objectives import Objective


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    def visible_to(self, user: User) -> Self:
        return of_readable(self, user)

    def editable_by(self, user: User) -> Self:
        return of_readable(self, user, EDIT)

    def of_objective(self, objective: Objective) -> Self:
        """The newest day first; of one day the last one written."""
        return self.filter(objective=objective).select_related("by").order_by("-on", "-pk")

    def of_plan(self, plan_id: int) -> Self:
        return self.filter(objective__plan=plan_id).order_by("-on", "-pk")


@history.tracked()
class CheckIn(models.Model):
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    objective = models.ForeignKey(Objective, models.CASCADE, related_name="check_ins")
    on = models.DateField(_("Day"))
    value = models.DecimalField(_("Value"), max_digits=14, decimal_places=2)
    note = models.CharField(_("Note"), max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = CheckInQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["objective", "-on", "-id"], name="check_in_newest")]

    def __str__(self) -> str:
        return f"{self.value} on {self.on}"

    @classmethod
    def write(
        cls, objective: Objective, *, by: User, on: date, value: Decimal, note: str = ""
    ) -> "CheckIn":
        """The objective's current value is that of its latest day, whoever writes last."""
        with changing(objective.account_id, "objective.check_in", by=by.pk):
            Objective.objects.select_for_update().get(pk=objective.pk)
            made = cls.objects.create(
                objective=objective, account_id=objective.account_id, on=on, value=value,
                note=note, by=by,
            )  # fmt: skip
            latest = cls.objects.of_objective(objective)[0]
            objective.current = latest.value
            objective.save(update_fields=["current"])
            return made
