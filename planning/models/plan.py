"""The account plan: one for an account and a period, with one working version."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, User
from accounts.models.rights import EDIT, readable_accounts
from kam.lib import history


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(account__in=readable_accounts(user))

    def editable_by(self, user: User) -> Self:
        return self.filter(account__in=readable_accounts(user, EDIT))

    def of(self, account: Account) -> Self:
        return self.filter(account=account).order_by("-period_start")

    def current(self, day: date) -> Self:
        """Running on that day; else the next, else the last one that ran."""
        running = Q(period_start__lte=day, period_end__gte=day)
        return self.annotate(runs=models.Case(models.When(running, then=0), default=1)).order_by(
            "runs", "-period_start"
        )

    def for_page(self) -> Self:
        return self.select_related("account")


@history.tracked()
class Plan(models.Model):
    account = models.ForeignKey(Account, models.CASCADE, related_name="plans")
    period_start = models.DateField(_("From"))
    period_end = models.DateField(_("To"))

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(period_end__gt=F("period_start")), name="plan_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.period_start:%Y}"

    def get_absolute_url(self) -> str:
        return reverse("planning:plan", args=[self.account_id])
