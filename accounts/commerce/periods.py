"""The months that figures look back on and ahead to, by the installation's clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kam.lib.site import site


def site_day(at: datetime) -> date:
    """The day on the wall of the installation: figures of all readers turn at its midnight."""
    return at.astimezone(site().zone).date()


def site_zone() -> ZoneInfo:
    return site().zone


def moment_on(day: date, at: datetime) -> datetime:
    """Now when the day is today; else noon of that day, which is that day everywhere near."""
    if day == site_day(at):
        return at
    return datetime.combine(day, time(12), tzinfo=site_zone())


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def add_months(month: date, count: int) -> date:
    """The first day of the month that many months later (or earlier)."""
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def months_between(start: date, end: date) -> Iterator[date]:
    """The first days of the months from `start` up to, without, `end`."""
    month = first_of_month(start)
    while month < end:
        yield month
        month = add_months(month, 1)


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day `start` to the last day before `end`."""

    start: date
    end: date

    @property
    def last_day(self) -> date:
        return self.end - timedelta(days=1)

    @property
    def months(self) -> list[date]:
        return list(months_between(self.start, self.end))


def fiscal_year(day: date) -> Period:
    """The installation's year in which the day lies; it begins in the month that the site says."""
    first = date(day.year, site().fiscal_month, 1)
    start = first if first <= day else add_months(first, -12)
    return Period(start, add_months(start, 12))


def fiscal_year_of(number: int) -> Period:
    """The installation's year that begins in the calendar year of that number."""
    return fiscal_year(date(number, site().fiscal_month, 1))


def year_words(period: Period) -> str:
    """2026, or 2026/27 for a year that ends in the next one."""
    first, last = period.start.year, period.last_day.year
    return str(first) if first == last else f"{first}/{last % 100:02}"


@dataclass(frozen=True, slots=True)
class Horizon:
    """Twelve full months back, the twelve before them, and twelve ahead, seen from one day."""

    day: date

    @property
    def now(self) -> Period:
        month = first_of_month(self.day)
        return Period(add_months(month, -12), month)

    @property
    def before(self) -> Period:
        month = first_of_month(self.day)
        return Period(add_months(month, -24), add_months(month, -12))

    @property
    def ahead(self) -> Period:
        month = first_of_month(self.day)
        return Period(month, add_months(month, 12))

    @property
    def eve(self) -> date:
        """The day before the twelve months ahead."""
        return self.ahead.start - timedelta(days=1)

    @property
    def year(self) -> Period:
        """The installation's year: what was won and lost "this year" is of this one."""
        return fiscal_year(self.day)
