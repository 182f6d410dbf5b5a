"""Departments, sites, countries and subsidiaries of a client: where we land and expand."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account, changing
from accounts.models.people import User
from accounts.models.rights import EDIT, of_readable
from accounts.models.trees import makes_ring, one_mover_at_a_time
from kam.lib.data import history
from kam.lib.data.seen import compare_and_set_all


class UnitKind(models.TextChoices):
    DEPARTMENT = "department", _("Department")
    SITE = "site", _("Site")
    COUNTRY = "country", _("Country")
    SUBSIDIARY = "subsidiary", _("Subsidiary")


class UnitQuerySet(models.QuerySet["BusinessUnit"]):
    def visible_to(self, user: User) -> Self:
        return of_readable(self, user)

    def editable_by(self, user: User) -> Self:
        return of_readable(self, user, EDIT)

    def of_account(self, account: Account) -> Self:
        return self.filter(account=account).order_by(Lower("name"), "pk")

    def choosable(self, account: Account, *, besides: int | None = None) -> Self:
        """Those still there, and the one a row holds already."""
        return self.of_account(account).filter(Q(closed=False) | Q(pk=besides))

    def for_page(self) -> Self:
        return self.select_related("account")


@history.tracked()
class BusinessUnit(models.Model):
    account = models.ForeignKey(Account, models.CASCADE, related_name="units")
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("Part of"),
    )
    name = models.CharField(_("Business unit"), max_length=160)
    kind = models.CharField(
        _("Kind"), max_length=10, choices=UnitKind.choices, default=UnitKind.DEPARTMENT
    )
    closed = models.BooleanField(_("No longer exists"), default=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "account",
                "parent",
                Lower("name"),
                name="unit_once_in_its_place",
                nulls_distinct=False,
                violation_error_message=_("There is a unit of this name in this place already."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="unit_has_name"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="unit_not_below_itself"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('accounts:structure', args=[self.account_id])}#businessunit-{self.pk}"

    @classmethod
    def add_to(cls, account: Account, *, by: User, **fields: Any) -> "BusinessUnit":
        with changing(account.pk, "unit.add", by=by.pk):
            _same_account(account.pk, fields.get("parent"))
            return cls.objects.create(account=account, **fields)

    def change(self, *, by: User, seen: dict[str, Any] | None = None, **fields: Any) -> None:
        """Write the given fields where nobody was faster; a place below itself is refused."""
        with changing(self.account_id, "unit.change", by=by.pk):
            if parent := fields.get("parent"):
                one_mover_at_a_time(BusinessUnit)
                _same_account(self.account_id, parent)
                if makes_ring(BusinessUnit, self.pk, parent.pk):
                    raise ValidationError({"parent": ring_words(self.name, parent.name)})
            compare_and_set_all(BusinessUnit.objects.all(), self, seen=seen, values=fields)


def ring_words(name: str, parent: str) -> str:
    return _("%(parent)s is part of %(name)s already. Choose one above it.") % {
        "parent": parent,
        "name": name,
    }


def _same_account(account_id: int, parent: BusinessUnit | None) -> None:
    if parent and parent.account_id != account_id:
        raise ValidationError({"parent": _("This unit belongs to another account.")})
