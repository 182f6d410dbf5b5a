"""Makes the readings: what an account's figures are today, kept for every day that was seen."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, Min, Q

from accounts.commerce.periods import site_day
from accounts.models import Account, Standing
from accounts.models.account import forget_rails_of, raise_revisions
from accounts.models.standing import money_figures
from accounts.stakeholders.contact_figures import ContactFigures, contact_figures
from planning.plan.plan_figures import PlanFigures, plan_figures
from reviews.health.health import tenths
from reviews.health.health_trend import Course, carried_on, courses
from reviews.models import Reading, Review, Weights

QUARTER = timedelta(days=90)
AT_ONCE = 200
MADE = [
    field.name
    for field in Reading._meta.concrete_fields
    if field.name not in {"id", "account", "day"}
]
# What pages show of a standing: when one of these moves, what was drawn from it is of the past.
SHOWN = (
    "health", "health_parts", "health_of", "health_before", "health_course", "coverage", "last_contact_at", "plan_state", "plan_touched_at",
    "next_review_at",
)  # fmt: skip
ABOVE = [*SHOWN, "health_course_on", "health_day", "health_revision"]


def keep_due(at: datetime) -> int:
    """Of all whose figures are of another day or older than a change; says how many.

    Harmless to repeat, beside itself too. Days on which nobody asked stay without a reading.
    """
    made, last = 0, 0
    while True:
        ids = list(
            due(at).filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
        )
        made += keep(ids, at)
        if len(ids) < AT_ONCE:
            return made
        last = ids[-1]


def due(at: datetime) -> Any:
    """Once the money of the day is counted; a change of the account asks anew, and so does the
    start of its next review."""
    day = site_day(at)
    fresh = Q(standing__health_day=day, standing__health_revision=F("revision"))
    over = Q(standing__next_review_at__lte=at)
    return Account.objects.active().filter(~fresh | over, standing__day=day)


def keep(ids: Sequence[int], at: datetime) -> int:
    """Readings and standings of these accounts; a constant number of queries.

    What was computed is written only where the account has not changed meanwhile: it stays due.
    """
    if not ids:
        return 0
    seen = dict(Account.objects.filter(pk__in=ids).values_list("pk", "revision"))
    standings = list(Standing.objects.of_accounts(ids))
    readings, news = take(standings, at)
    with transaction.atomic():
        locked = Account.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
        same = {pk for pk, number in locked.values_list("pk", "revision") if seen[pk] == number}
        Reading.objects.bulk_create(
            [reading for reading in readings if reading.account_id in same],
            update_conflicts=True,
            unique_fields=["account", "day"],
            update_fields=MADE,
        )
        rows = [row for row in standings if row.account_id in same]
        _stand(rows, news, {pk: seen[pk] for pk in same}, site_day(at))
    return len(same)


def take(standings: Sequence[Standing], at: datetime) -> tuple[list[Reading], dict[int, Any]]:
    """The readings of that moment, not stored, and by account what its standing says from now on.

    The one place that computes health. `standings` hold the money of the same moment.
    """
    ids = [row.account_id for row in standings]
    day = site_day(at)
    weights = Weights.objects.on(day).of
    people, plans, reviews = contact_figures(ids, at), plan_figures(ids, at), _next_reviews(ids, at)
    told = courses([row.account_id for row in standings if not row.health_course_on], day)
    before = dict(
        Reading.objects.of_accounts(ids).as_of(day - QUARTER).values_list("account", "health")
    )
    readings, news = [], {}
    for row in standings:
        pk = row.account_id
        reading = Reading(account_id=pk, day=day, made_at=at, weights=weights)
        _fill(reading, row, people[pk], plans[pk])
        readings.append(reading)
        news[pk] = {
            "health": reading.health,
            "health_parts": len(reading.sum.scored),
            "health_of": len(reading.sum.weighed),
            "health_before": before.get(pk),
            "health_course": _course(row, told.get(pk), day, reading.health),
            "health_course_on": day,
            "coverage": reading.coverage,
            "last_contact_at": people[pk].last_contact_at,
            "plan_state": plans[pk].state,
            "plan_touched_at": plans[pk].touched_at,
            "next_review_at": reviews.get(pk),
        }
    return readings, news


def take_back_then(ids: Sequence[int], at: datetime) -> list[Reading]:
    """What the dated records say of a moment in the past; for a company that begins with a history."""
    return take(money_figures(list(ids), at), at)[0]


def _fill(reading: Reading, money: Standing, people: ContactFigures, plan: PlanFigures) -> None:
    met, around, ways = people.engagement, people.coverage, plan.progress
    reading.coverage = tenths(_percent(around.share))
    reading.engagement = tenths(_percent(met.share))
    reading.progress = tenths(ways.exact)
    reading.commercial = tenths(money.commercial_trend)
    reading.people, reading.warm = around.people, around.warm_people
    reading.named, reading.kept, reading.first_due = met.people, met.kept, met.first_due
    reading.objectives, reading.on_time = len(ways.parts), ways.on_time
    reading.growth, reading.pairs = money.growth, money.pairs
    reading.overdue_share = money.overdue_share
    reading.value_now = money.value_now_reporting
    reading.health = reading.sum.score


def _course(row: Standing, told: Course | None, day: date, health: int | None) -> Course:
    """A course that was never told begins with what the readings say."""
    if row.health_course_on:
        return carried_on(row.health_course, row.health_course_on, day, health)
    return carried_on(told or [None], day, day, health)


def _percent(share: float | None) -> Decimal | None:
    return None if share is None else Decimal(100 * share)


def _next_reviews(ids: Sequence[int], at: datetime) -> dict[int, datetime]:
    coming = Review.objects.filter(account__in=ids).scheduled().filter(starts_at__gt=at)
    first = coming.values("account").annotate(first=Min("starts_at"))
    return dict(first.values_list("account", "first"))


def _stand(rows: list[Standing], news: dict[int, Any], seen: dict[int, int], day: date) -> None:
    """Pages and rails of an account are drawn anew only where something they show has moved."""
    moved = {
        row.account_id for row in rows if _shown(row) != _shown(Standing(**news[row.account_id]))
    }
    for row in rows:
        for name, value in news[row.account_id].items():
            setattr(row, name, value)
        row.health_day = day
        row.health_revision = seen[row.account_id] + (row.account_id in moved)
    raise_revisions(moved)
    forget_rails_of(moved)
    Standing.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["account"], update_fields=ABOVE
    )


def _shown(row: Standing) -> list[Any]:
    """Moments as their days: within one, nothing that is drawn changes with the hour."""
    values = [getattr(row, name) for name in SHOWN]
    return [site_day(v) if isinstance(v, datetime) else v for v in values]
