"""Still true? Who confirmed a part of the plan last, and when."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, User, changing
from accounts.models.rights import EDIT, of_readable
from kam.lib.data import history


class PlanPart(models.TextChoices):
    GOALS = "goals", _("Goals")
    SWOT = "swot", _("SWOT")
    MONEY = "money", _("Financial health")
    POSITION = "position", _("Our position")


class ConfirmationQuerySet(models.QuerySet["Confirmation"]):
    def visible_to(self, user: User) -> Self:
        return of_readable(self, user)

    def editable_by(self, user: User) -> Self:
        return of_readable(self, user, EDIT)

    def of(self, account: Account) -> Self:
        return self.filter(account=account).select_related("by")


@history.tracked()
class Confirmation(models.Model):
    """The last time somebody said that a part is still true."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    part = models.CharField(max_length=8, choices=PlanPart.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "part"], name="confirmation_once")
        ]

    def __str__(self) -> str:
        return f"{self.part} of {self.account_id}"

    @classmethod
    def confirm(cls, account: Account, part: str, *, by: User, at: datetime) -> None:
        with changing(account.pk, f"{part}.confirm", by=by.pk):
            cls.objects.update_or_create(account=account, part=part, defaults={"at": at, "by": by})
