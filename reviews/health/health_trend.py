"""The course of an account's health for lists: one figure a month, the newest last."""

from collections.abc import Sequence
from datetime import date, timedelta

from accounts.commerce.periods import add_months, first_of_month
from reviews.models import Reading

MONTHS = 12
Course = list[int | None]


def carried_on(course: Course, last: date, day: date, health: int | None) -> Course:
    """With the figure of `day` in the place of this month's, or after it.

    `last` is the day of the newest figure. Months that nobody saw stay empty.
    """
    months = (day.year - last.year) * 12 + day.month - last.month
    kept = [*course, *[None] * (months - 1)] if months > 0 else course[:-1]
    return [*kept, health][-MONTHS:]


def courses(ids: Sequence[int], day: date) -> dict[int, Course]:
    """By account the course up to `day` as its readings tell it; for those that have none yet."""
    if not ids:
        return {}
    since = first_of_month(add_months(day, 1 - MONTHS))
    rows = Reading.objects.of_accounts(ids).of_months(since, day - timedelta(days=1))
    found: dict[int, tuple[Course, date]] = {}
    for row in rows:
        course, last = found.get(row.account_id, ([None], row.day))
        found[row.account_id] = (carried_on(course, last, row.day, row.health), row.day)
    return {pk: carried_on(course, last, day, None) for pk, (course, last) in found.items()}
