"""Stored exchange rates into the reporting currency of the installation."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import Case, Expression, F, OuterRef, Q, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from kam.lib.data import history
from kam.lib.site import site

SMALLEST = Decimal("0.00000001")
RATE = models.DecimalField(max_digits=20, decimal_places=8)


def reporting_currency() -> str:
    return site().currency


class RateQuerySet(models.QuerySet["ExchangeRate"]):
    def visible_to(self, user: User) -> Self:
        return self

    def editable_by(self, user: User) -> Self:
        return self if user.is_admin else self.none()

    def newest_first(self) -> Self:
        return self.filter(into=reporting_currency()).order_by("-month", "currency")

    def known(self, currencies: set[str]) -> Callable[[str, date], Decimal | None]:
        """The same in Python, for a few sums: one query, none where all are reporting currency."""
        into = reporting_currency()
        stored: dict[str, list[tuple[date, Decimal]]] = {code: [] for code in currencies - {into}}
        if stored:
            rows = self.filter(into=into, currency__in=stored).order_by("month")
            for code, month, rate in rows.values_list("currency", "month", "rate"):
                stored[code].append((month, rate))

        def rate_of(currency: str, month: date) -> Decimal | None:
            if currency == into:
                return Decimal(1)
            before = [rate for day, rate in stored[currency] if day <= month]
            return before[-1] if before else None

        return rate_of

    def lacking_into(self, code: str, before: str) -> set[str]:
        """Currencies in use that would have no rate if `code` were reported in instead of `before`."""
        from accounts.models.account import Account
        from accounts.models.rows import MoneyRow

        used = set(Account.objects.values_list("currency", flat=True).distinct())
        for model in MoneyRow.__subclasses__():
            rows: Any = model._default_manager
            used |= set(rows.order_by().values_list("currency", flat=True).distinct())
        known = set(self.filter(into=code).values_list("currency", flat=True))
        old = set(self.filter(into=before).values_list("currency", flat=True))
        if code in old:
            known |= old | {before}
        return used - known - {code}

    def carry_over(self, before: str, code: str) -> None:
        """Rates into `code` from those into `before`, where the month has both; none is overwritten."""
        stored: dict[date, dict[str, Decimal]] = {}
        for currency, month, rate in self.filter(into=before).values_list(
            "currency", "month", "rate"
        ):
            stored.setdefault(month, {})[currency] = rate
        made = []
        for month, rates in stored.items():
            if per_unit := rates.get(code):
                rates = rates | {before: Decimal(1)}
                made += [
                    ExchangeRate(currency=currency, into=code, month=month, rate=crossed)
                    for currency, rate in rates.items()
                    if currency != code and (crossed := (rate / per_unit).quantize(SMALLEST))
                ]
        ExchangeRate.objects.bulk_create(made, ignore_conflicts=True)

    def into_reporting(self, currency: str, month: Any) -> Expression:
        """The rate of a row: of its month, or the last one known before. NULL when there is none.

        `currency` names a column; `month` names one too, or is a day.
        """
        into = reporting_currency()
        until = OuterRef(month) if isinstance(month, str) else month
        stored = self.filter(currency=OuterRef(currency), into=into, month__lte=until)
        newest = stored.order_by("-month").values("rate")[:1]
        return Case(
            When(**{currency: into}, then=Value(Decimal(1), RATE)),
            default=Subquery(newest, output_field=RATE),
            output_field=RATE,
        )


@history.tracked()
class ExchangeRate(models.Model):
    """One unit of `currency` was worth `rate` units of `into` in that month."""

    currency = models.CharField(_("Currency"), max_length=3)
    into = models.CharField(max_length=3)
    month = models.DateField(_("Month"))
    rate = models.DecimalField(_("Rate"), max_digits=20, decimal_places=8)

    objects = RateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["currency", "into", "month"], name="rate_once_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="rate_month_is_first_day"),
            models.CheckConstraint(condition=Q(rate__gt=0), name="rate_positive"),
            models.CheckConstraint(condition=~Q(currency=F("into")), name="rate_between_two"),
        ]

    def __str__(self) -> str:
        return f"1 {self.currency} = {self.rate} {self.into} ({self.month:%Y-%m})"

    @classmethod
    def store(cls, *, by: User, currency: str, month: Any, rate: Decimal) -> "ExchangeRate":
        """Once more for the same month corrects it."""
        from accounts.models.standing import forget

        with history.action("rate.store", by=by.pk):
            stored, _created = cls.objects.update_or_create(
                currency=currency, into=reporting_currency(), month=month, defaults={"rate": rate}
            )
            forget(currency)
        return stored
