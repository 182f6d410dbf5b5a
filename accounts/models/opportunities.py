"""Open, won and lost business, and why it was lost."""

from datetime import date, datetime, time, timedelta
from typing import Any, Self

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import Count, F, Q, Sum, Value
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.commerce.periods import Horizon, Period, site_day, site_zone
from accounts.models.people import User
from accounts.models.products import Product
from accounts.models.rows import Days, MoneyRow, RowQuerySet, same_account, times, trading
from accounts.models.units import BusinessUnit
from kam.lib.data import history


class State(models.TextChoices):
    OPEN = "open", pgettext_lazy("opportunity", "Open")
    WON = "won", pgettext_lazy("opportunity", "Won")
    LOST = "lost", pgettext_lazy("opportunity", "Lost")


class Stage(models.TextChoices):
    QUALIFY = "qualify", _("Qualifying")
    DEVELOP = "develop", _("Developing")
    PROPOSE = "propose", _("Proposed")
    NEGOTIATE = "negotiate", _("Negotiating")


class OpportunityQuerySet(RowQuerySet["Opportunity"]):
    def open(self) -> Self:
        return self.filter(state=State.OPEN)

    def in_state(self, state: str) -> Self:
        return self.filter(state=state)

    def in_a_place(self) -> Self:
        """For one business unit and one product."""
        return self.exclude(unit=None).exclude(product=None)

    def telling_of_places(self, horizon: Horizon) -> Self:
        """Open, lost, or won since the trailing twelve months began: later on revenue tells."""
        first = datetime.combine(horizon.now.start, time.min, tzinfo=site_zone())
        return self.exclude(state=State.WON, closed_at__lt=first)

    def won(self) -> Self:
        return self.filter(state=State.WON)

    def won_without_contract(self, horizon: Horizon) -> Self:
        """Won since the trailing twelve months began, and no contract names them."""
        zone = site_zone()
        first = datetime.combine(horizon.now.start, time.min, tzinfo=zone)
        tomorrow = datetime.combine(horizon.day + timedelta(days=1), time.min, tzinfo=zone)
        return self.won().closed_between(first, tomorrow).filter(contracts=None)

    def of_this_year(self, at: datetime) -> Self:
        """Open, or won and lost in the installation's year."""
        year = Horizon(site_day(at)).year
        return self.filter(Q(state=State.OPEN) | self.closed_within(year))

    def for_list(self) -> Self:
        """Open ones by their expected close; closed ones newest first."""
        return self.select_related("unit", "product", "owner").order_by(
            F("closed_at").desc(nulls_first=True), "expected", "pk"
        )

    def with_account(self) -> Self:
        return self.select_related("account")

    def closed_between(self, first: datetime, last: datetime) -> Self:
        """From the first moment, before the last one."""
        return self.filter(closed_at__gte=first, closed_at__lt=last)

    def closed_within(self, period: Period) -> Q:
        """By the installation's clock: a deal of 31 December 23:30 there is of that year."""
        zone = site_zone()
        first = datetime.combine(period.start, time.min, tzinfo=zone)
        end = datetime.combine(period.end, time.min, tzinfo=zone)
        return Q(closed_at__gte=first, closed_at__lt=end)

    def counted_by_account(self, horizon: Horizon) -> Any:
        """Won and lost this year, open, and what the open ones may bring in the twelve months ahead.

        An open one brings nothing before tomorrow, however long ago its close was expected: so
        winning it today never lowers the projection.
        """
        this_year = self.closed_within(horizon.year)
        won, lost = Q(state=State.WON) & this_year, Q(state=State.LOST) & this_year
        is_open = Q(state=State.OPEN)
        ahead = horizon.ahead
        length = Value((ahead.end - ahead.start).days)
        begins = Greatest("expected", Value(horizon.day))
        left = Greatest(Days(Value(ahead.last_day), begins), 0)
        rows = self.with_rates(horizon.day).filter(is_open | won | lost)
        worth = times("value", F("factor"))
        return rows.values("account_id").annotate(
            won_count=Count("pk", filter=won),
            won_sum=Sum(worth, filter=won),
            lost_count=Count("pk", filter=lost),
            lost_sum=Sum(worth, filter=lost),
            open_count=Count("pk", filter=is_open),
            open_sum=Sum(worth, filter=is_open),
            open_weighted=Sum(times(worth, F("probability")) / 100, filter=is_open),
            projected_opportunities=Sum(
                times(worth, F("probability"), left) / (length * 100), filter=is_open
            ),
            no_factor=Count("pk", filter=Q(factor=None)),
            lacking=ArrayAgg("currency", filter=Q(factor=None), distinct=True, default=[]),
        )


@history.tracked()
class Opportunity(MoneyRow):
    item_type = "opportunity"

    title = models.CharField(_("Opportunity"), max_length=160)
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
    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Owner"))
    value = models.DecimalField(_("Value a year"), max_digits=14, decimal_places=2)
    currency = models.CharField(_("Currency"), max_length=3)
    probability = models.PositiveSmallIntegerField(_("Probability"), default=50)
    stage = models.CharField(_("Stage"), max_length=9, choices=Stage.choices, default=Stage.QUALIFY)
    expected = models.DateField(_("Expected close"))
    state = models.CharField(max_length=4, choices=State.choices, default=State.OPEN)
    closed_at = models.DateTimeField(_("Closed"), null=True, blank=True)
    reason = models.CharField(_("Reason"), max_length=300, blank=True)

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "opportunities"
        indexes = [
            models.Index(fields=["account", "state", "expected"], name="opportunity_by_state")
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="opportunity_has_title"),
            models.CheckConstraint(condition=Q(value__gte=0), name="opportunity_not_negative"),
            models.CheckConstraint(condition=Q(probability__lte=100), name="opportunity_percent"),
            models.CheckConstraint(
                condition=Q(state=State.OPEN, closed_at=None)
                | Q(state__in=[State.WON, State.LOST], closed_at__isnull=False),
                name="opportunity_closed_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.LOST) | ~Q(reason=""), name="opportunity_lost_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(currency__regex="^[A-Z]{3}$"), name="opportunity_currency_code"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("accounts:opportunities", args=[self.account_id])

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    def is_late(self, day: date) -> bool:
        return self.is_open and self.expected < day

    def win(
        self, *, by: User, at: datetime, closed_at: datetime, reason: str = "",
        contract: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        """Won, and where it is signed already, the `contract` that names it: the fields of one."""
        self._close(State.WON, by=by, at=at, closed_at=closed_at, reason=reason, contract=contract)

    def lose(self, *, by: User, at: datetime, closed_at: datetime, reason: str) -> None:
        self._close(State.LOST, by=by, at=at, closed_at=closed_at, reason=reason)

    def reopen(self, *, by: User, at: datetime) -> None:
        with trading(self.account_id, "opportunity.reopen", by=by.pk, at=at):
            Opportunity.objects.filter(pk=self.pk).update(
                state=State.OPEN, closed_at=None, reason=""
            )
        self.refresh_from_db(fields=["state", "closed_at", "reason"])

    def _close(
        self, state: State, *, by: User, at: datetime, closed_at: datetime, reason: str,
        contract: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        """Two people closing at once close it once: the first one's word stays."""
        action = "opportunity.win" if state == State.WON else "opportunity.lose"
        with trading(self.account_id, action, by=by.pk, at=at):
            closed = Opportunity.objects.filter(pk=self.pk, state=State.OPEN).update(
                state=state, closed_at=closed_at, reason=reason
            )
            if closed and contract:
                same_account(self.account_id, contract.get("unit"))
                self.contracts.create(account_id=self.account_id, **contract)
        self.refresh_from_db(fields=["state", "closed_at", "reason"])
