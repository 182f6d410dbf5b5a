"""Whether the programme is kept up: reviews held against due, plans that somebody touches."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from accounts.commerce.periods import site_day
from accounts.models import Account, User
from kam.lib.text.dates import day_year
from planning.versions.plan_status import APPROVED, DRAFT, SUBMITTED
from reviews.health.health_snapshots import QUARTER
from reviews.models import Review
from reviews.models.review import ReviewState

STATES = {
    DRAFT: pgettext_lazy("plan", "draft"),
    SUBMITTED: pgettext_lazy("plan", "waits for approval"),
    APPROVED: pgettext_lazy("plan", "approved"),
}
LAST, ROWS = 12, 8
LONGEST = timedelta(days=400)
STALE_AFTER = 30  # days


@dataclass(frozen=True, slots=True)
class Square:
    """One review that was due."""

    pk: int
    account_id: int
    state: str
    starts_at: datetime

    @property
    def is_held(self) -> bool:
        return self.state == ReviewState.HELD

    @property
    def url(self) -> str:
        return f"{_reviews_url()}{self.pk}/"

    @property
    def words(self) -> str:
        return f"{ReviewState(self.state).label}, {day_year(self.starts_at)}"

    @property
    def was_due(self) -> bool:
        """Skipped ones, which have a reason, are not asked for."""
        return self.state != ReviewState.SKIPPED


@dataclass(frozen=True)
class ComplianceRow:
    """`squares` the last twelve reviews, the oldest first."""

    account: Account
    squares: list[Square]
    day: date

    @property
    def held(self) -> int:
        return sum(square.is_held for square in self.squares)

    @property
    def due(self) -> int:
        return sum(square.was_due for square in self.squares)

    @property
    def is_stale(self) -> bool:
        return is_stale(self.account, self.day)

    @property
    def plan_words(self) -> str:
        return str(STATES.get(self.account.standing.plan_state, ""))


@dataclass(frozen=True)
class Compliance:
    """`held` of `due` in the last ninety days, of all accounts; `rows` those that need it most."""

    held: int
    due: int
    planned: int
    stale: int
    oldest: int | None
    rows: list[ComplianceRow]

    @property
    def missed(self) -> int:
        return self.due - self.held

    @property
    def fresh(self) -> int:
        return self.planned - self.stale


def compliance(accounts: Sequence[Account], user: User, at: datetime, day: date) -> Compliance:
    """`accounts` with their standings; one query."""
    planned = [account for account in accounts if account.standing.plan_state]
    ages = [age for account in planned if (age := plan_age(account, day)) is not None]
    squares = _squares(accounts, user, at)
    lately = [s for mine in squares.values() for s in mine if s.starts_at >= at - QUARTER]
    return Compliance(
        held=sum(square.is_held for square in lately),
        due=sum(square.was_due for square in lately),
        planned=len(planned),
        stale=sum(is_stale(account, day) for account in planned),
        oldest=max(ages, default=None),
        rows=[ComplianceRow(a, squares[a.pk][-LAST:], day) for a in _needy(planned, day)[:ROWS]],
    )


@cache
def _reviews_url() -> str:
    """In rows no address is reversed."""
    return reverse("reviews:reviews")


def plan_age(account: Account, day: date) -> int | None:
    """Days since somebody changed the plan, its objectives, actions or measures."""
    touched: datetime | None = account.standing.plan_touched_at
    return None if touched is None else (day - site_day(touched)).days


def is_stale(account: Account, day: date) -> bool:
    age = plan_age(account, day)
    return age is not None and age > STALE_AFTER


def _needy(accounts: Sequence[Account], day: date) -> list[Account]:
    """Nothing booked first, and of those the plan that nobody touched longest."""

    def need(account: Account) -> tuple[bool, int, str]:
        booked = account.standing.next_review_at is not None
        return booked, -(plan_age(account, day) or 0), account.name

    return sorted(accounts, key=need)


def _squares(accounts: Sequence[Account], user: User, at: datetime) -> dict[int, list[Square]]:
    """The last twelve of each account, and all of the last ninety days; the oldest first."""
    place = Window(RowNumber(), partition_by=F("account_id"), order_by=[F("starts_at").desc()])
    past = Review.objects.visible_to(user).filter(
        account__in=[account.pk for account in accounts],
        starts_at__range=(at - LONGEST, at),
        state__in=[ReviewState.HELD, ReviewState.MISSED, ReviewState.SKIPPED],
    )
    numbered = past.annotate(place=place).filter(
        Q(place__lte=LAST) | Q(starts_at__gte=at - QUARTER)
    )
    found: dict[int, list[Square]] = defaultdict(list)
    rows = numbered.order_by("starts_at", "pk").values_list(
        "pk", "account_id", "state", "starts_at"
    )
    for row in rows:
        square = Square(*row)
        found[square.account_id].append(square)
    return found
