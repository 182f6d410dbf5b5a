"""What the client buys by month: revenue, what we give back, what it costs us, what we planned."""

from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.commerce.periods import Horizon, Period, add_months
from accounts.models.products import Product
from accounts.models.rates import ExchangeRate
from accounts.models.rows import MoneyRow, MonthsLater, RowQuerySet, times
from accounts.models.units import BusinessUnit
from kam.lib.data import history

NET = F("revenue") - F("rebates")


class RevenueQuerySet(RowQuerySet["Revenue"]):
    def within(self, period: Period) -> Self:
        return self.filter(month__gte=period.start, month__lt=period.end)

    def since(self, month: date) -> Self:
        return self.filter(month__gte=month)

    def of_month(self, month: date) -> Self:
        return self.filter(month=month)

    def booked(self) -> Self:
        """Without the rows that only say what was planned."""
        return self.exclude(revenue=None)

    def in_a_place(self) -> Self:
        """Booked to a business unit and to a product."""
        return self.exclude(unit=None).exclude(product=None)

    def for_list(self) -> Self:
        return self.select_related("unit", "product").order_by(
            "month",
            F("unit__name").asc(nulls_first=True),
            F("product__name").asc(nulls_first=True),
            "pk",
        )

    def value_by_account(self, horizon: Horizon) -> Any:
        """Two years of net revenue per account, in its own and in the reporting currency.

        `*_constant` take one rate, that of the last full month, for both years: what is left
        is growth, without the currencies' own. `paired_*` sum only the calendar months that both
        years have (accounts/commerce/year_comparison.py): `*_own` in the account's currency, each month at its
        rate, `*_constant` as above; `pairs` counts them. `first_month` is the first ever booked.
        """
        booked = Revenue.objects.booked().filter(account=OuterRef("account_id"))
        now = Q(month__gte=horizon.now.start)
        before = Q(month__lt=horizon.now.start)
        paired = Q(Exists(booked.filter(month=MonthsLater(OuterRef("month"), months=-12)))) & now
        paired_before = Q(Exists(booked.filter(month=MonthsLater(OuterRef("month"), months=12))))
        paired_before &= before
        last_month = add_months(horizon.now.end, -1)
        rows = (
            self.booked()
            .within(Period(horizon.before.start, horizon.now.end))
            .with_rates("month")
            .annotate(last_rate=ExchangeRate.objects.into_reporting("currency", last_month))
        )
        return rows.values("account_id").annotate(
            gross_now=Sum(times("revenue", F("factor")), filter=now),
            rebates_now=Sum(times("rebates", F("factor")), filter=now),
            value_now=Sum(times(NET, F("factor")), filter=now),
            value_before=Sum(times(NET, F("factor")), filter=before),
            value_now_reporting=Sum(times(NET, F("rate")), filter=now),
            now_constant=Sum(times(NET, F("last_rate")), filter=now),
            before_constant=Sum(times(NET, F("last_rate")), filter=before),
            months_now=Count("month", filter=now, distinct=True),
            months_before=Count("month", filter=before, distinct=True),
            no_factor_now=Count("pk", filter=Q(factor=None) & now),
            no_factor_before=Count("pk", filter=Q(factor=None) & before),
            no_rate_now=Count("pk", filter=Q(rate=None) & now),
            no_rate=Count("pk", filter=Q(last_rate=None)),
            lacking=ArrayAgg("currency", filter=Q(rate=None), distinct=True, default=[]),
            paired_now_own=Sum(times(NET, F("factor")), filter=paired),
            paired_before_own=Sum(times(NET, F("factor")), filter=paired_before),
            paired_now_constant=Sum(times(NET, F("last_rate")), filter=paired),
            paired_before_constant=Sum(times(NET, F("last_rate")), filter=paired_before),
            pairs=Count("month", filter=paired, distinct=True),
            first_month=Subquery(booked.order_by("month").values("month")[:1]),
        )

    def months_booked(self, period: Period) -> list[date]:
        """The months of the period in which any of these rows is."""
        months = self.booked().within(period).values_list("month", flat=True)
        return sorted(set(months.distinct()))

    def at_one_rate(self, months: list[date], horizon: Horizon) -> Any:
        """Net revenue of these months and of the same a year before, per account, in the reporting
        currency at the rate of the last full month; `no_rate` counts rows without one."""
        last_month = add_months(horizon.now.end, -1)
        earlier = [add_months(month, -12) for month in months]
        kept = times(NET, F("last_rate"))
        rows = self.booked().filter(month__in=[*months, *earlier])
        return (
            rows.annotate(last_rate=ExchangeRate.objects.into_reporting("currency", last_month))
            .values("account_id")
            .annotate(
                now=Sum(kept, filter=Q(month__in=months), default=Decimal(0)),
                before=Sum(kept, filter=Q(month__in=earlier), default=Decimal(0)),
                no_rate=Count("pk", filter=Q(last_rate=None)),
            )
        )

    def by_month(self) -> Any:
        """Sums in the account's own currency, one row a month; `lacking` counts rows without a rate."""
        return self._summed("month").order_by("-month")

    def by_part(self, part: str, horizon: Horizon) -> Any:
        """Net revenue of two years by unit or by product (`part`), the largest first."""
        now = Q(month__gte=horizon.now.start)
        rows = (
            self.booked().within(Period(horizon.before.start, horizon.now.end)).with_rates("month")
        )
        return (
            rows.values(f"{part}_id", f"{part}__name")
            .annotate(
                now=Sum(times(NET, F("factor")), filter=now),
                before=Sum(times(NET, F("factor")), filter=~now),
                cost=Sum(times("cost", F("factor")), filter=now),
                lacking=Count("pk", filter=Q(factor=None)),
            )
            .order_by(F("now").desc(nulls_last=True), f"{part}__name")
        )

    def reported_by_month(self) -> Any:
        """Net revenue and budget by month and currency, with `rate` into the reporting one or None.

        Added up before they are converted: a rate is looked up once a group, not once a row.
        """
        sums = self.values("month", "currency").annotate(kept=Sum(NET), planned=Sum("budget"))
        rows = list(sums.order_by("month", "currency"))
        rates = ExchangeRate.objects.known({row["currency"] for row in rows})
        return [{**row, "rate": rates(row["currency"], row["month"])} for row in rows]

    def _summed(self, *keys: str) -> Any:
        return (
            self.with_rates("month")
            .values(*keys)
            .annotate(
                gross=Sum(times("revenue", F("factor"))),
                given=Sum(times("rebates", F("factor")), filter=~Q(revenue=None)),
                kept=Sum(times(NET, F("factor"))),
                spent=Sum(times("cost", F("factor"))),
                planned=Sum(times("budget", F("factor"))),
                rows=Count("pk"),
                lacking=Count("pk", filter=Q(factor=None)),
            )
        )


@history.tracked()
class Revenue(MoneyRow):
    item_type = "revenue"

    unit = models.ForeignKey(
        BusinessUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Business unit"),
    )
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Product")
    )
    month = models.DateField(_("Month"))
    currency = models.CharField(_("Currency"), max_length=3)
    # Empty where a month is only planned yet: that is not a month without revenue.
    revenue = models.DecimalField(
        _("Revenue"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    rebates = models.DecimalField(
        _("Discounts and rebates"), max_digits=14, decimal_places=2, default=0
    )
    cost = models.DecimalField(
        _("Direct cost"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    budget = models.DecimalField(
        _("Budget"), max_digits=14, decimal_places=2, null=True, blank=True
    )

    objects = RevenueQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["account", "month"], name="revenue_by_month")]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "month", "unit", "product", "currency"],
                name="revenue_once",
                nulls_distinct=False,
                violation_error_message=_(
                    "This month, unit, product and currency have a row already. Edit that one."
                ),
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="revenue_month_is_first_day"),
            models.CheckConstraint(
                condition=Q(rebates__gte=0), name="revenue_rebates_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(revenue__isnull=False)
                | Q(budget__isnull=False)
                | Q(cost__isnull=False),
                name="revenue_says_something",
            ),
            models.CheckConstraint(
                condition=Q(currency__regex="^[A-Z]{3}$"), name="revenue_currency_code"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.month:%Y-%m}"

    @property
    def net(self) -> Any:
        return None if self.revenue is None else self.revenue - self.rebates

    def get_absolute_url(self) -> str:
        return f"{reverse('accounts:revenue', args=[self.account_id])}?month={self.month:%Y-%m}"
