"""Where an account stood in the programme, since when and why."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account, Tier
from accounts.models.people import User
from accounts.models.rights import LEAD, of_readable
from kam.lib.data import history


class TierChangeQuerySet(models.QuerySet["TierChange"]):
    def visible_to(self, user: User) -> Self:
        return of_readable(self, user)

    def editable_by(self, user: User) -> Self:
        return of_readable(self, user, LEAD)

    def of_account(self, account: Account) -> Self:
        """Newest first, with who decided."""
        return self.filter(account=account).select_related("by").order_by("-on", "-pk")


@history.tracked()
class TierChange(models.Model):
    account = models.ForeignKey(Account, models.CASCADE, related_name="tier_changes")
    # Empty where the account was entered: that is a beginning and no decision.
    from_tier = models.CharField(max_length=13, blank=True, choices=Tier.choices)
    to_tier = models.CharField(_("Tier"), max_length=13, choices=Tier.choices)
    reason = models.CharField(_("Reason"), max_length=300, blank=True)
    on = models.DateField(_("Since"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TierChangeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["account", "-on"], name="tier_change_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_tier="") | ~Q(reason=""), name="tier_change_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(from_tier=models.F("to_tier")), name="tier_change_changes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.to_tier} {self.on}"
