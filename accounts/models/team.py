"""The account team: who of ours has which role on an account, and what they may do there."""

from collections.abc import Iterable
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account, changing
from accounts.models.people import User
from accounts.models.rights import EDIT, LEAD, VIEW, of_readable, readable_accounts
from kam.lib.data import history


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


# Exactly one person has these; whoever gives them up names the next one.
NAMED = (Role.KAM, Role.SPONSOR)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, user: User) -> Self:
        return of_readable(self, user)

    def editable_by(self, user: User) -> Self:
        return of_readable(self, user, LEAD)

    def of_account(self, account: Account) -> Self:
        return self.filter(account=account)

    def of_accounts(self, ids: Iterable[int]) -> Self:
        return self.filter(account__in=list(ids))

    def of_person(self, user: User) -> Self:
        return self.filter(user=user).for_hand_over()

    def of_self_or_led(self) -> "OwnMemberships":
        """The door to naming a deputy: one's own membership, or one of an account one leads."""
        return OwnMemberships(self.model, using=self.db).for_hand_over()

    def named(self) -> Self:
        """The roles that must be handed over before their holder goes."""
        return self.filter(role__in=NAMED)

    def for_hand_over(self) -> Self:
        return self.select_related("account", "user").order_by("account__name", "pk")

    def in_order(self) -> Self:
        """KAM first, then the sponsor, then the others as they joined."""
        rank = models.Case(
            models.When(role=Role.KAM, then=0), models.When(role=Role.SPONSOR, then=1), default=2
        )
        return self.select_related("user__invitation").order_by(rank, "pk")


class OwnMemberships(MembershipQuerySet):
    def editable_by(self, user: User) -> Self:
        own = Q(user=user, account__in=readable_accounts(user))
        return self.filter(own | Q(account__in=readable_accounts(user, LEAD)))


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
            models.CheckConstraint(
                condition=~Q(role=Role.KAM) | Q(right=LEAD), name="membership_kam_leads"
            ),
        ]
        indexes = [models.Index(fields=["user", "account"], name="membership_by_user")]

    def __str__(self) -> str:
        return f"{self.user_id} as {self.role} on {self.account_id}"

    @property
    def is_named(self) -> bool:
        return self.role in NAMED

    def change(self, *, role: str, right: str, by: User) -> None:
        """Another role or right; the two named roles move by `hand_over` alone."""
        if role != self.role and (self.is_named or role in NAMED):
            raise ValidationError(
                {"role": _("This role is handed over from one person to another.")}
            )
        with changing(self.account_id, "team.change", by=by.pk):
            self.role = role
            self.right = LEAD if role == Role.KAM else right
            self.save(update_fields=["role", "right"])
            User.objects.filter(pk=self.user_id).forget_rails()

    def leave(self, *, by: User) -> None:
        """Off the team; what they own on the account keeps their name."""
        if self.is_named:
            words = _("%(name)s is the %(role)s. Hand the role over first.")
            raise ValidationError(words % {"name": self.user.name, "role": self.get_role_display()})
        with changing(self.account_id, "team.remove", by=by.pk):
            gone = Q(pk=self.user_id) | Q(deputising__membership=self.pk)
            User.objects.filter(pk__in=User.objects.filter(gone).values("pk")).forget_rails()
            Membership.objects.filter(pk=self.pk).delete()

    def hand_over(self, to: User, *, by: User) -> None:
        """The role to somebody else; who had it stays on the team and may still edit."""
        with changing(self.account_id, "team.hand_over", by=by.pk):
            team = Membership.objects.filter(account=self.account_id).select_for_update()
            members = {member.user_id: member for member in team}
            self._refuse_hand_over(members, to)
            given, right = self.role, LEAD if self.role == Role.KAM else VIEW
            Membership.objects.filter(pk=self.pk).update(role=Role.OTHER, right=EDIT)
            if there := members.get(to.pk):
                right = LEAD if self.role == Role.KAM else there.right
            Membership.objects.update_or_create(
                account_id=self.account_id, user=to, defaults={"role": given, "right": right}
            )
            User.objects.filter(pk__in=[self.user_id, to.pk]).forget_rails()

    def _refuse_hand_over(self, members: dict[int, "Membership"], to: User) -> None:
        mine, theirs = members.get(self.user_id), members.get(to.pk)
        if mine is None or mine.role != self.role or not self.is_named:
            raise ValidationError(
                _("The role was handed over a moment ago. Look at the team again.")
            )
        if theirs is not None and theirs.is_named:
            raise ValidationError({"to": theirs.named_already(to)})

    def named_already(self, person: User) -> str:
        words = _("%(name)s is the %(role)s. Choose somebody else.")
        return words % {"name": person.name, "role": self.get_role_display()}
