"""A year of reviews that were held, and some that nobody held."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import F

from accounts.models import changing
from reviews.models import Review, Series
from reviews.models.review import ReviewState

if TYPE_CHECKING:
    from kam.demo.company import Company

WEEKS = 12
# Every so manyth of these was missed.
MISSED = {"Ferrovía Sur": 5, "Helvetia Pharma": 3, "Grupo Andino Salud": 7}
# The last two of Grupo Andino Salud are held as meetings, with minutes and decisions.
AS_MEETINGS = timedelta(days=15)


def first_day(day: date, rule: str) -> date:
    """A quarter earlier for a weekly series, else a year, on the same day of the month."""
    if "WEEKLY" in rule:
        return day - timedelta(weeks=WEEKS)
    return day.replace(year=day.year - 1, day=min(day.day, 28))


def record(company: "Company", series: Series) -> None:
    series.extend(company.at)
    until = company.at - (AS_MEETINGS if "WEEKLY" in series.rule else timedelta(0))
    past = list(Review.objects.of_series(series).scheduled().before(until))
    every = MISSED.get(series.account.name, 0)
    missed = [r.pk for n, r in enumerate(past) if every and n % every == every - 1]
    with changing(series.account_id, "review.hold", by=series.owner_id):
        held = Review.objects.filter(pk__in=[r.pk for r in past]).exclude(pk__in=missed)
        held.update(
            state=ReviewState.HELD,
            held_at=F("starts_at") + timedelta(minutes=40),
            held_by=series.owner,
        )
        Review.objects.filter(pk__in=missed).update(state=ReviewState.MISSED)
