"""The account plan: one for an account and a period, with one working version."""

from datetime import date
from decimal import Decimal
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.validators import MinValueValidator
from django.db import IntegrityError, models
from django.db.models import F, Func, Prefetch, Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, Membership, User, changing
from accounts.models.rights import EDIT, of_readable
from kam.lib.data import history
from kam.lib.data.seen import compare_and_set_all


class PeriodTaken(Exception):
    """Another plan of the account runs in these days already."""


def _first_running(day: date) -> models.Case:
    """0 for those that run on that day, 1 for the others."""
    running = Q(period_start__lte=day, period_end__gte=day)
    return models.Case(models.When(running, then=0), default=1)


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, user: User) -> Self:
        return of_readable(self, user)

    def editable_by(self, user: User) -> Self:
        return of_readable(self, user, EDIT)

    def of(self, account: Account) -> Self:
        return self.filter(account=account).order_by("-period_start")

    def current(self, day: date) -> Self:
        """Running on that day; else the next, else the last one that ran."""
        return self.order_by(_first_running(day), "-period_start")

    def current_of_each(self, day: date) -> Self:
        """The same of every account: one each."""
        found = self.order_by("account_id", _first_running(day), "-period_start")
        return found.distinct("account_id")

    def for_page(self) -> Self:
        return self.select_related("account")

    def with_team(self) -> Self:
        """With the account and its team, for the head of a page."""
        team = Prefetch("account__memberships", Membership.objects.in_order(), to_attr="team")
        return self.select_related("account").prefetch_related(team)


@history.tracked()
class Plan(models.Model):
    account = models.ForeignKey(Account, models.CASCADE, related_name="plans")
    period_start = models.DateField(_("From"))
    period_end = models.DateField(_("To"))
    budget = models.DecimalField(
        _("Budget"), max_digits=14, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )  # fmt: skip
    # What goes on its one page, such as "objective:12"; empty leaves the choice to us.
    one_page = models.JSONField(default=list, blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(period_end__gt=F("period_start")), name="plan_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(budget=None) | Q(budget__gte=0), name="plan_budget_not_negative"
            ),
            # An account is a range of one number here: plain equality would need btree_gist.
            ExclusionConstraint(
                name="plan_periods_apart",
                expressions=[
                    (Func("account_id", "account_id", Value("[]"), function="int8range"), "&&"),
                    (Func("period_start", "period_end", Value("[]"), function="daterange"), "&&"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.period_start:%Y}"

    def get_absolute_url(self) -> str:
        return address(self.account_id, self.pk)

    @property
    def period_words(self) -> str:
        """2027 for a calendar year, 2026–2027 for two."""
        start, end = self.period_start.year, self.period_end.year
        return str(start) if start == end else f"{start}–{end}"

    def runs_on(self, day: date) -> bool:
        return self.period_start <= day <= self.period_end

    @classmethod
    def start(cls, account: Account, *, by: User, period_start: date, period_end: date) -> "Plan":
        """An empty plan; PeriodTaken when another one runs in these days, also a moment ago."""
        try:
            with changing(account.pk, "plan.start", by=by.pk):
                _one_at_a_time(account.pk)
                return cls.objects.create(
                    account=account, period_start=period_start, period_end=period_end
                )
        except IntegrityError as error:
            raise _named(error) from error

    def change(self, *, by: User, seen: dict[str, object], **fields: object) -> None:
        """The period or the budget; StaleFields where somebody else was faster."""
        try:
            with changing(self.account_id, "plan.change", by=by.pk):
                _one_at_a_time(self.account_id)
                compare_and_set_all(Plan.objects.all(), self, seen=seen, values=fields)
        except IntegrityError as error:
            raise _named(error) from error

    def choose_lines(self, keys: list[str], *, by: User) -> None:
        """What stands on the one page; nothing chosen leaves the choice to us."""
        with changing(self.account_id, "plan.choose_lines", by=by.pk):
            Plan.objects.filter(pk=self.pk).update(one_page=keys)
        self.one_page = keys


def address(account_id: int, plan_id: int) -> str:
    """The page of a plan; without the query it is the one of today."""
    return f"{reverse('planning:plan', args=[account_id])}?plan={plan_id}"


def _one_at_a_time(account_id: int) -> None:
    """Two rows that exclude each other, written at once, would wait for each other for ever."""
    Account.objects.select_for_update().get(pk=account_id)


def _named(error: IntegrityError) -> Exception:
    return PeriodTaken() if "plan_periods_apart" in str(error) else error
