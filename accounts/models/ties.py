"""Who of theirs leans on whom, and who of ours knows whom how well."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.account import Account, changing
from accounts.models.people import User
from accounts.models.rights import EDIT, of_readable
from accounts.models.stakeholders import Stakeholder
from kam.lib.data import history


class Strength(models.IntegerChoices):
    WEAK = 1, pgettext_lazy("influence", "weak")
    MEDIUM = 2, pgettext_lazy("influence", "medium")
    STRONG = 3, pgettext_lazy("influence", "strong")


class Level(models.IntegerChoices):
    NONE = 0, pgettext_lazy("level", "none")
    CONTACT = 1, pgettext_lazy("level", "contact")
    SOURCE = 2, _("credible source")
    SOLVER = 3, _("problem solver")
    ADVISER = 4, _("trusted adviser")


class TieQuerySet(models.QuerySet["Tie"]):
    def visible_to(self, user: User) -> Self:
        return of_readable(self, user)

    def editable_by(self, user: User) -> Self:
        return of_readable(self, user, EDIT)

    def of_accounts(self, accounts: Any) -> Self:
        return self.filter(account__in=accounts)

    def of(self, person: Stakeholder) -> Self:
        both = Q(influencer=person) | Q(influenced=person)
        return (
            self.filter(both).select_related("influencer", "influenced").order_by("-strength", "pk")
        )


@history.tracked()
class Tie(models.Model):
    """`influencer` moves `influenced`."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    influencer = models.ForeignKey(Stakeholder, models.CASCADE, related_name="influences")
    influenced = models.ForeignKey(Stakeholder, models.CASCADE, related_name="influenced_by")
    strength = models.PositiveSmallIntegerField(
        _("Strength"), choices=Strength.choices, default=Strength.MEDIUM
    )

    objects = TieQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["account"], name="tie_of_account")]
        constraints = [
            models.UniqueConstraint(fields=["influencer", "influenced"], name="tie_once"),
            models.CheckConstraint(
                condition=~Q(influencer=models.F("influenced")), name="tie_between_two"
            ),
            models.CheckConstraint(condition=Q(strength__range=(1, 3)), name="tie_strength_known"),
        ]

    def __str__(self) -> str:
        return f"{self.influencer_id} moves {self.influenced_id}"

    @classmethod
    def set(
        cls, influencer: Stakeholder, influenced: Stakeholder, *, strength: int, by: User
    ) -> "Tie":
        """Once more only changes the strength."""
        if influencer.account_id != influenced.account_id or influencer.pk == influenced.pk:
            raise ValidationError(_("Choose somebody else of the same account."))
        with changing(influencer.account_id, "tie.set", by=by.pk):
            tie, _created = cls.objects.update_or_create(
                influencer=influencer,
                influenced=influenced,
                defaults={"strength": strength, "account_id": influencer.account_id},
            )
            return tie

    def remove(self, *, by: User) -> None:
        with changing(self.account_id, "tie.remove", by=by.pk):
            Tie.objects.filter(pk=self.pk).delete()


class AcquaintanceQuerySet(models.QuerySet["Acquaintance"]):
    def visible_to(self, user: User) -> Self:
        return of_readable(self, user)

    def editable_by(self, user: User) -> Self:
        return of_readable(self, user, EDIT)

    def of_accounts(self, accounts: Any) -> Self:
        return self.filter(account__in=accounts)

    def of(self, person: Stakeholder) -> Self:
        return (
            self.filter(stakeholder=person)
            .select_related("user")
            .order_by("-level", "-wanted", "pk")
        )


@history.tracked()
class Acquaintance(models.Model):
    """One of ours and one of theirs: how well they know each other, now and wanted."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    stakeholder = models.ForeignKey(Stakeholder, models.CASCADE, related_name="acquaintances")
    level = models.PositiveSmallIntegerField(_("Now"), choices=Level.choices, default=Level.NONE)
    wanted = models.PositiveSmallIntegerField(
        _("Wanted"), choices=Level.choices, default=Level.NONE
    )

    objects = AcquaintanceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["account"], name="acquaintance_of_account")]
        constraints = [
            models.UniqueConstraint(fields=["user", "stakeholder"], name="acquaintance_once"),
            models.CheckConstraint(
                condition=Q(level__range=(0, 4), wanted__range=(0, 4)),
                name="acquaintance_levels_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} and {self.stakeholder_id}: {self.level}"

    @classmethod
    def set(
        cls, user: User, person: Stakeholder, *, level: int, wanted: int, by: User
    ) -> "Acquaintance":
        with changing(person.account_id, "acquaintance.set", by=by.pk):
            pair, _created = cls.objects.update_or_create(
                user=user,
                stakeholder=person,
                defaults={"level": level, "wanted": wanted, "account_id": person.account_id},
            )
            return pair
