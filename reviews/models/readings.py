"""What the figures of an account were on a day: one wide row, in the installation's time zone."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import TruncMonth

from accounts.commerce.periods import add_months, first_of_month
from accounts.models import Account, Opportunity, User
from accounts.models.rights import of_readable
from kam.lib.charts.charts import state_of
from reviews.health.health import PARTS, Health, health

DAILY_MONTHS = 13
# A reading stands for a day on which none was made when it is at most this much older.
SLACK = timedelta(days=31)


class ReadingQuerySet(models.QuerySet["Reading"]):
    def visible_to(self, user: User) -> Self:
        return of_readable(self, user)

    def editable_by(self, user: User) -> Self:
        return self.none()

    def of_account(self, account: Account) -> Self:
        return self.filter(account=account)

    def of_accounts(self, accounts: Any) -> Self:
        return self.filter(account__in=accounts)

    def of_active(self) -> Self:
        return self.filter(account__archived_at=None)

    def with_account(self) -> Self:
        return self.select_related("account")

    def of_months(self, start: date, day: date) -> Self:
        """Of each account the last one of every month from `start` until the day, in order."""
        within = self.filter(day__gte=start, day__lte=day).annotate(month=TruncMonth("day"))
        last = within.order_by("account_id", "month", "-day")
        return last.distinct("account_id", "month")

    def with_lost(self, within: timedelta) -> Self:
        """`lost`: the titles of the deals that the account lost in that time before each."""
        closed = Opportunity.objects.filter(
            account=OuterRef("account"),
            state="lost",
            closed_at__gt=OuterRef("made_at") - within,
            closed_at__lte=OuterRef("made_at"),
        )
        return self.annotate(lost=ArraySubquery(closed.order_by("-value", "pk").values("title")))

    def near(self, days: Iterable[date]) -> Self:
        """All that may stand for one of these days."""
        windows = [Q(day__gt=day - SLACK, day__lte=day) for day in days]
        return self.filter(reduce(or_, windows))

    def as_of(self, day: date) -> Self:
        """Of each account the newest one of that day or shortly before: a gap stays a gap."""
        near = self.filter(day__lte=day, day__gt=day - SLACK)
        return near.order_by("account_id", "-day").distinct("account_id")

    def thin(self, day: date) -> int:
        """After thirteen months the last one of a month stays for its month."""
        later = self.model.objects.filter(
            account=OuterRef("account"),
            day__gt=OuterRef("day"),
            day__year=OuterRef("day__year"),
            day__month=OuterRef("day__month"),
        )
        old = self.filter(day__lt=add_months(first_of_month(day), -DAILY_MONTHS))
        return old.filter(Exists(later)).delete()[0]


def part() -> models.DecimalField[Any, Any]:
    return models.DecimalField(max_digits=4, decimal_places=1, null=True)


class Reading(models.Model):
    account = models.ForeignKey(Account, models.CASCADE, related_name="readings")
    day = models.DateField()
    made_at = models.DateTimeField()

    # Whole, 0 to 100; NULL is not scored.
    health = models.PositiveSmallIntegerField(null=True)
    coverage = part()
    engagement = part()
    loyalty = part()
    progress = part()
    commercial = part()
    issues = part()
    # The weights it was made with, so that it says the same for ever.
    weights = models.JSONField()

    # What the parts are made of: how a change is told.
    people = models.PositiveIntegerField(default=0)
    warm = models.PositiveIntegerField(default=0)
    named = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    # Where no contact has fallen due yet: when the first one will.
    first_due = models.DateField(null=True)
    objectives = models.PositiveIntegerField(default=0)
    on_time = models.PositiveIntegerField(default=0)
    growth = models.DecimalField(max_digits=24, decimal_places=4, null=True)
    # How many months of both years it rests on; NULL in readings made before this was kept.
    pairs = models.PositiveSmallIntegerField(null=True)
    overdue_share = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    # In the reporting currency.
    value_now = models.DecimalField(max_digits=20, decimal_places=2, null=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["day"], name="reading_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["account", "day"], name="reading_once_a_day"),
            models.CheckConstraint(
                condition=Q(health=None) | Q(health__lte=100), name="reading_health_percent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} on {self.day}: {self.health}"

    @property
    def sum(self) -> Health:
        """The health once more, with all that gave it."""
        return health({key: getattr(self, key) for key in PARTS}, self.weights)

    @property
    def state(self) -> str:
        return state_of(self.health)
