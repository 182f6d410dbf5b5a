"""What the money records of an account share: who may see them, and what follows a change."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, ClassVar, Self, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Expression, F, Func, IntegerField, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account, changing
from accounts.models.people import User
from accounts.models.rates import RATE, ExchangeRate
from accounts.models.rights import EDIT, of_readable
from accounts.models.units import BusinessUnit
from kam.lib.data.seen import compare_and_set_all

M = TypeVar("M", bound=models.Model)


class RowQuerySet(models.QuerySet[M]):
    def visible_to(self, user: User) -> Self:
        return of_readable(self, user)

    def editable_by(self, user: User) -> Self:
        return of_readable(self, user, EDIT)

    def of_account(self, account: Account) -> Self:
        return self.filter(account=account)

    def of_accounts(self, account_ids: Any) -> Self:
        return self.filter(account__in=account_ids)

    def for_list(self) -> Self:
        """With what a row shows and in its order; each kind says its own."""
        return self

    def for_page(self) -> Self:
        return self.select_related("account")

    def with_rates(self, month: Any) -> Self:
        """`rate` into the reporting currency and `factor` into the account's own, or NULL."""
        rates = ExchangeRate.objects
        own = rates.into_reporting("account__currency", month)
        return self.annotate(
            rate=rates.into_reporting("currency", month),
            own_rate=own,
            factor=Case(
                When(currency=F("account__currency"), then=Value(1, RATE)),
                default=F("rate") / F("own_rate"),
                output_field=RATE,
            ),
        )


class MoneyRow(models.Model):
    """One record of money at an account. Every change refreshes the account's standing."""

    item_type: ClassVar[str]

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """The list in which it stands."""
        raise NotImplementedError

    @classmethod
    def add_to(cls, account: Account, *, by: User, at: datetime, **fields: Any) -> Self:
        with trading(account.pk, f"{cls.item_type}.add", by=by.pk, at=at):
            same_account(account.pk, fields.get("unit"))
            row: Self = cls._default_manager.create(account=account, **fields)
        return row

    def change(
        self, *, by: User, at: datetime, seen: dict[str, Any] | None = None, **fields: Any
    ) -> None:
        """Write the given fields, and only those; StaleFields where somebody was faster."""
        with trading(self.account_id, f"{self.item_type}.change", by=by.pk, at=at):
            same_account(self.account_id, fields.get("unit"))
            compare_and_set_all(type(self)._default_manager.all(), self, seen=seen, values=fields)

    def remove(self, *, by: User, at: datetime) -> None:
        """Gone from the figures; the history keeps it."""
        with trading(self.account_id, f"{self.item_type}.remove", by=by.pk, at=at):
            type(self)._default_manager.filter(pk=self.pk).delete()


@contextmanager
def trading(account_id: int, action: str, *, by: int, at: datetime) -> Iterator[None]:
    """An action on the account's money. One at a time, or each would sum without the other's row."""
    from accounts.models.standing import refresh

    with changing(account_id, action, by=by):
        list(Account.objects.select_for_update().filter(pk=account_id).values_list("pk"))
        yield
        refresh([account_id], at=at)


class Days(Func):
    """Days from the second date to the first: whole days, as PostgreSQL subtracts dates."""

    template = "(%(expressions)s)"
    arg_joiner = " - "
    output_field = IntegerField()


class MonthsLater(Func):
    """The first day of a month so many months later (or earlier), as PostgreSQL counts months."""

    template = "((%(expressions)s) + interval '%(months)s months')::date"
    output_field = models.DateField()


def times(amount: str | Expression, *factors: Any) -> Expression:
    """A product as an exact amount."""
    product: Any = F(amount) if isinstance(amount, str) else amount
    for factor in factors:
        product = product * factor
    return models.ExpressionWrapper(product, models.DecimalField(max_digits=30, decimal_places=8))


def same_account(account_id: int, unit: BusinessUnit | None) -> None:
    if unit and unit.account_id != account_id:
        raise ValidationError({"unit": _("This unit belongs to another account.")})
