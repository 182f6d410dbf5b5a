"""The health of one account as its overview shows it: parts, change, reasons, trend."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.urls import reverse

from accounts.commerce.periods import add_months, first_of_month
from accounts.models import Account, Standing, User
from accounts.models.standing import parts_words
from kam.lib.charts.charts import GOOD_FROM, WATCH_FROM, state_of
from reviews.health.health import Health, HealthPart
from reviews.health.health_explanation import because, lacking, reasons
from reviews.health.health_snapshots import QUARTER
from reviews.models import Reading
from reviews.models.readings import SLACK

POINTS = 13
# Where the input of a part is entered.
ENTERED_ON = {
    "coverage": "accounts:stakeholders",
    "engagement": "accounts:stakeholders",
    "progress": "planning:plan",
    "commercial": "accounts:money",
}


@dataclass(frozen=True)
class HealthLine:
    """One part: `moved` against a quarter ago in whole points, `why` only where it is weak."""

    part: HealthPart
    moved: int | None
    why: str

    @property
    def score(self) -> int:
        return _whole(self.part.score)

    @property
    def is_weak(self) -> bool:
        return self.score < GOOD_FROM


@dataclass(frozen=True)
class Missing:
    """A part that weighs and is not scored; `why` names the input, `url` where to enter it."""

    part: HealthPart
    why: str
    url: str


@dataclass(frozen=True)
class HealthSummary:
    """`now` is None while no reading was made; `before` while there is none of a quarter ago.

    `standing` is that of the account, whose money says why there is no commercial trend.
    """

    now: Reading | None
    before: Reading | None
    year_ago: Reading | None
    trend: list[Reading]
    standing: Standing

    @property
    def health(self) -> Health | None:
        return self.now.sum if self.now else None

    @property
    def score(self) -> int | None:
        return self.now.health if self.now else None

    @property
    def state(self) -> str:
        return state_of(self.score)

    @property
    def moved(self) -> int | None:
        return _difference(self.now, self.before, "health")

    @property
    def why(self) -> list[str]:
        if not (self.before and self.now and self.moved):
            return []
        return reasons(self.before, self.now, getattr(self.now, "lost", ()))

    @property
    def lines(self) -> list[HealthLine]:
        if self.now is None:
            return []
        return [
            HealthLine(
                part, _difference(self.now, self.before, part.key), because(part.key, self.now)
            )
            for part in self.now.sum.scored
        ]

    @property
    def rests_on(self) -> str:
        """ "3 of 6 parts": said wherever a health stands."""
        if self.health is None:
            return ""
        return parts_words(len(self.health.scored), len(self.health.weighed))

    @property
    def missing(self) -> list[Missing]:
        """The parts that weigh and are not scored, each with its true reason."""
        if self.now is None:
            return []
        return [self._missing(part, self.now) for part in self.now.sum.missing]

    def _missing(self, part: HealthPart, now: Reading) -> Missing:
        why = lacking(
            part.key, now, self.standing.compared, has_plan=bool(self.standing.plan_state)
        )
        page = ENTERED_ON.get(part.key)
        return Missing(part, why, reverse(page, args=[self.standing.account_id]) if page else "")

    @property
    def engagement_year_ago(self) -> int | None:
        """Its trend: against the same quarter of last year."""
        score = self.year_ago.engagement if self.year_ago else None
        return None if score is None else _whole(score)

    @property
    def points(self) -> list[int]:
        """The last one of each month, as far as it is known; today's is the end."""
        return [reading.health for reading in self.trend if reading.health is not None]

    @property
    def points_words(self) -> str:
        return ", ".join(str(point) for point in self.points)

    @property
    def bounds(self) -> dict[str, int]:
        return {"good": GOOD_FROM, "watch": WATCH_FROM, "below": GOOD_FROM - 1}


def health_summary(account: Account, user: User, day: date) -> HealthSummary:
    """The year of readings, one a month, and the two that are compared with."""
    readings = Reading.objects.visible_to(user).of_account(account)
    first_month = add_months(first_of_month(day), 1 - POINTS)
    trend = list(readings.with_lost(QUARTER).of_months(first_month, day))
    then = list(readings.near([day - QUARTER, _year_before(day)]))
    standing = Standing.objects.visible_to(user).of_account(account).first()
    return HealthSummary(
        now=trend[-1] if trend and trend[-1].day > day - SLACK else None,
        before=_as_of(then, day - QUARTER),
        year_ago=_as_of(then, _year_before(day)),
        trend=trend,
        standing=standing or Standing(account=account),
    )


def course_of(accounts: Sequence[int], user: User, day: date) -> QuerySet[Reading]:
    """The last reading of each month of a year, today's last."""
    rows = Reading.objects.visible_to(user).of_accounts(accounts)
    return rows.of_months(add_months(first_of_month(day), 1 - POINTS), day)


def courses(readings: Iterable[Reading]) -> dict[int, list[int]]:
    """By account its health in their order."""
    found: dict[int, list[int]] = defaultdict(list)
    for reading in readings:
        if reading.health is not None:
            found[reading.account_id].append(reading.health)
    return found


def _as_of(readings: list[Reading], day: date) -> Reading | None:
    found = [r for r in readings if day - SLACK < r.day <= day]
    return max(found, key=lambda r: r.day) if found else None


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def _difference(now: Reading | None, before: Reading | None, name: str) -> int | None:
    """Of what is shown: whole points against whole points."""
    a = getattr(now, name) if now else None
    b = getattr(before, name) if before else None
    return None if a is None or b is None else _whole(a) - _whole(b)


def _whole(score: Decimal | int | None) -> int:
    return 0 if score is None else int(Decimal(score) + Decimal("0.5"))
