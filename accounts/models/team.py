"""The account team: who of ours has which role on an account, and what they may do there."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account
from accounts.models.people import User
from accounts.models.rights import EDIT, LEAD, VIEW, readable_accounts
from kam.lib import history


class Role(models.TextChoices):
    KAM = "kam", _("Key account manager")
    SPONSOR = "sponsor", _("Executive sponsor")
    SALES = "sales", _("Sales")
    SALES_ENGINEERING = "sales_engineering", _("Sales engineering")
    MARKETING = "marketing", _("Marketing")
    SUPPORT = "support", _("Support")
    IMPLEMENTATION = "implementation", _("Implementation")
    FINANCE = "finance", _("Finance")
    OTHER = "other", _("Other")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(account__in=readable_accounts(user))

    def editable_by(self, user: User) -> Self:
        return self.filter(account__in=readable_accounts(user, LEAD))

    def in_order(self) -> Self:
        """KAM first, then the sponsor, then the others as they joined."""
        rank = models.Case(
            models.When(role=Role.KAM, then=0), models.When(role=Role.SPONSOR, then=1), default=2
        )
        return self.select_related("user").order_by(rank, "pk")


@history.tracked()
class Membership(models.Model):
    account = models.ForeignKey(Account, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    role = models.CharField(_("Role"), max_length=20, choices=Role.choices)
    right = models.CharField(
        _("May"),
        max_length=5,
        default=EDIT,
        choices=[(LEAD, _("lead")), (EDIT, _("edit")), (VIEW, _("view"))],
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "user"], name="membership_once"),
            models.UniqueConstraint(
                fields=["account"], name="membership_one_kam", condition=Q(role=Role.KAM)
            ),
            models.UniqueConstraint(
                fields=["account"], name="membership_one_sponsor", condition=Q(role=Role.SPONSOR)
            ),
        ]
        indexes = [models.Index(fields=["user", "account"], name="membership_by_user")]

    def __str__(self) -> str:
        return f"{self.user_id} as {self.role} on {self.account_id}"
