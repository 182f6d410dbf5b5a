"""What is signed: how much a year, until when, and how likely it goes on."""

from datetime import date, timedelta
from typing import Any, Self

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest, Least
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.commerce.periods import Period
from accounts.models.account import Account
from accounts.models.people import User
from accounts.models.rights import LEAD
from accounts.models.rows import Days, MoneyRow, RowQuerySet, times
from accounts.models.units import BusinessUnit
from kam.lib.data import history

# So long before and after its notice date a contract asks for a decision.
NOTICE_AHEAD, NOTICE_BEHIND = timedelta(days=90), timedelta(days=30)


class ContractQuerySet(RowQuerySet["Contract"]):
    def running(self, day: date) -> Self:
        return self.filter(Q(end=None) | Q(end__gte=day))

    def ended(self, day: date) -> Self:
        return self.filter(end__lt=day)

    def notice_near(self, day: date) -> Self:
        """Contracts to be renewed or ended now: their notice date comes within NOTICE_AHEAD, or
        passed within NOTICE_BEHIND while they run. Those that another one renews are settled."""
        settled = Contract.objects.filter(renews=OuterRef("pk"))
        near = self.filter(notice__gte=day - NOTICE_BEHIND, notice__lte=day + NOTICE_AHEAD)
        return near.running(day).exclude(Exists(settled)).order_by("notice", "pk")

    def led_by(self, user: User) -> Self:
        """Of accounts that the person answers for."""
        leads = Account.objects.filter(memberships__user=user, memberships__right=LEAD)
        return self.filter(account__in=leads.active().values("pk"))

    def for_list(self) -> Self:
        return self.select_related("unit").order_by(F("end").asc(nulls_last=True), "pk")

    def renewable(self, *, besides: int | None = None) -> Self:
        """Contracts that a new one could follow."""
        return self.exclude(pk=besides).for_list()

    def projected_by_account(self, period: Period, day: date) -> Any:
        """What contracts bring in a period: signed days in full, days after the end by chance.

        `value` is for a year, so the period is one: each day counts as its share of it.
        A contract that another one renews, or that ended before the period, brings nothing more.
        """
        first, last = Value(period.start), Value(period.last_day)
        until = Least(Coalesce("end", last), last)
        signed = Greatest(Days(until, Greatest("start", first)) + 1, 0)
        beyond = Greatest(Days(last, Greatest("end", Value(period.start - timedelta(days=1)))), 0)
        length = Value((period.end - period.start).days)
        going_on = Q(end__gte=period.start, renewed=False)
        rows = self.with_rates(day).annotate(
            renewed=Exists(Contract.objects.filter(renews=OuterRef("pk"))),
            brings=times("value", F("factor"), signed) / length,
            may_bring=Case(
                When(
                    going_on,
                    then=times("value", F("factor"), beyond, F("renewal")) / (length * 100),
                ),
                default=times(Value(0), F("factor")),
            ),
        )
        return rows.values("account_id").annotate(
            projected_contracts=Sum("brings"),
            projected_renewals=Sum("may_bring"),
            contracts=Count("pk"),
            contract_end=Min("end", filter=Q(end__gte=day, renewed=False)),
            notice_on=Min(
                "notice",
                filter=Q(notice__gte=day - NOTICE_BEHIND, renewed=False)
                & (Q(end=None) | Q(end__gte=day)),
            ),
            no_factor=Count("pk", filter=Q(factor=None)),
            lacking=ArrayAgg("currency", filter=Q(factor=None), distinct=True, default=[]),
        )


@history.tracked()
class Contract(MoneyRow):
    item_type = "contract"

    title = models.CharField(_("Contract"), max_length=160)
    unit = models.ForeignKey(
        BusinessUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Business unit"),
    )
    value = models.DecimalField(_("Value a year"), max_digits=14, decimal_places=2)
    currency = models.CharField(_("Currency"), max_length=3)
    start = models.DateField(_("Start"))
    end = models.DateField(_("End"), null=True, blank=True)
    notice = models.DateField(_("Notice until"), null=True, blank=True)
    renewal = models.PositiveSmallIntegerField(_("Renewal probability"), default=100)
    adjustment = models.CharField(_("Price adjustment"), max_length=160, blank=True)
    renews = models.OneToOneField(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="renewed_by",
        verbose_name=_("Renews"),
    )

    # The deal that it signs: what a contract names is not projected a second time.
    opportunity = models.ForeignKey(
        "accounts.Opportunity",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="contracts",
        verbose_name=_("Opportunity it signs"),
    )

    objects = ContractQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["account", "end"], name="contract_by_end")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="contract_has_title"),
            models.CheckConstraint(condition=Q(value__gte=0), name="contract_value_not_negative"),
            models.CheckConstraint(condition=Q(renewal__lte=100), name="contract_renewal_percent"),
            models.CheckConstraint(
                condition=Q(end=None) | Q(end__gte=F("start")), name="contract_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(notice=None) | Q(end=None) | Q(notice__lte=F("end")),
                name="contract_notice_before_end",
            ),
            models.CheckConstraint(condition=~Q(renews=F("id")), name="contract_not_own_renewal"),
            models.CheckConstraint(
                condition=Q(currency__regex="^[A-Z]{3}$"), name="contract_currency_code"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("accounts:contracts", args=[self.account_id])
