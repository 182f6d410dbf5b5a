"""What a sponsor sees of all accounts at once: where to spend time, what moved, what is at risk."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from accounts.commerce.periods import add_months, first_of_month, site_day
from accounts.directory.account_filters import AccountFilters
from accounts.models import Account, Membership, User
from accounts.models.rates import reporting_currency
from planning.models import Risk
from reviews.health.health_explanation import reasons
from reviews.health.health_snapshots import QUARTER
from reviews.models import Reading
from reviews.portfolio.compliance import Compliance, compliance
from reviews.portfolio.matrix import Matrix, matrix

CONSIDERED, MOVERS, RISKS = 300, 5, 5


@dataclass(frozen=True)
class Mover:
    """An account whose health moved in ninety days; `course` by month, today last."""

    account: Account
    now: Reading | None
    before: Reading | None
    course: list[int]

    @property
    def health(self) -> Any:
        return self.account.standing.health

    @property
    def change(self) -> int:
        return moved(self.account) or 0

    @property
    def course_words(self) -> str:
        return ", ".join(str(point) for point in self.course)

    @property
    def why(self) -> list[str]:
        if not (self.before and self.now):
            return []
        return reasons(self.before, self.now, getattr(self.now, "lost", ()))[:2]


def with_kam(rows: QuerySet[Account]) -> QuerySet[Account]:
    """With the name of who answers for it and its parts, in the same query."""
    parts = {name: f"user__{name}" for name in ("name", "given_name", "family_names")}
    kam = Membership.objects.filter(account=OuterRef("pk"), role="kam").values(
        answers=JSONObject(**parts)
    )
    return rows.annotate(kam_named=Subquery(kam[:1]))


def moved(account: Account) -> int | None:
    here = account.standing
    if here.health is None or here.health_before is None:
        return None
    return int(here.health - here.health_before)


class Portfolio:
    """The accounts of a sift, the largest first; at most three hundred of them are drawn."""

    def __init__(self, account_filters: AccountFilters, user: User, at: datetime) -> None:
        self.account_filters, self.user, self.at, self.day = account_filters, user, at, site_day(at)
        self.currency = reporting_currency()

    @cached_property
    def accounts(self) -> list[Account]:
        value = F("standing__value_now_reporting").desc(nulls_last=True)
        rows = self.account_filters.rows().filter(archived_at=None, standing__isnull=False)
        largest = with_kam(rows.select_related("standing")).order_by(value, "sort_key", "pk")
        return list(largest[:CONSIDERED])

    @cached_property
    def matrix(self) -> Matrix:
        return matrix(self.accounts, self._before, self.currency)

    @cached_property
    def movers(self) -> list[Mover]:
        """The largest changes of health in either direction, up before down."""
        found = []
        for account in self._moving:
            course = self._courses.get(account.pk, [])
            points = [r.health for r in course if r.health is not None]
            now = course[-1] if course else None
            found.append(Mover(account, now, self._before.get(account.pk), points))
        return sorted(found, key=lambda mover: -mover.change)

    @cached_property
    def compliance(self) -> Compliance:
        return compliance(self.accounts, self.user, self.at, self.day)

    @cached_property
    def risks(self) -> list[Risk]:
        """The gravest open ones of all these accounts."""
        rows = Risk.objects.visible_to(self.user).filter(
            account__in=self.account_filters.rows().values("pk")
        )
        found: list[Risk] = list(rows.open().for_page().by_weight()[:RISKS])
        return found

    @cached_property
    def _moving(self) -> list[Account]:
        changed = [account for account in self.accounts if moved(account)]
        return sorted(changed, key=lambda a: (-abs(moved(a) or 0), a.pk))[:MOVERS]

    @cached_property
    def _courses(self) -> dict[int, list[Reading]]:
        """Of those that moved the last reading of each month; today's is the end."""
        mine = Reading.objects.visible_to(self.user).of_accounts([a.pk for a in self._moving])
        rows = mine.with_lost(QUARTER).of_months(
            add_months(first_of_month(self.day), -12), self.day
        )
        return {pk: list(group) for pk, group in groupby(rows, key=lambda r: r.account_id)}

    @cached_property
    def _before(self) -> dict[int, Reading]:
        mine = Reading.objects.visible_to(self.user).of_accounts([a.pk for a in self.accounts])
        return {reading.account_id: reading for reading in mine.as_of(self.day - QUARTER)}
