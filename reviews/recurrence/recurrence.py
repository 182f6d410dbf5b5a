"""When a series meets: RFC 5545 rules over local wall clocks; and working days.

A rule repeats whole days in the series' own zone; the clock comes from its first start. So a
meeting at 10:00 stays at 10:00 across daylight saving, whatever that is in UTC.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import DAILY, rrule, rrulestr

from kam.lib.site import site

MOST = 500
REFUSED_PARTS = ("BYHOUR", "BYMINUTE", "BYSECOND", "DTSTART", "RDATE", "EXDATE", "BYEASTER")


class BadRule(ValueError):
    """The rule is not one that a review can follow."""


def parsed(rule: str, start: datetime, zone: ZoneInfo) -> rrule:
    """The rule from its local start; BadRule for nonsense and for anything below daily."""
    text = rule.strip().upper().removeprefix("RRULE:")
    if not text.startswith("FREQ=") or "\n" in text or any(f"{p}=" in text for p in REFUSED_PARTS):
        raise BadRule(rule)
    try:
        found = rrulestr(_with_local_until(text, zone), dtstart=start)
    except (ValueError, TypeError, KeyError) as error:
        raise BadRule(rule) from error
    if not isinstance(found, rrule) or found._freq > DAILY or found._interval < 1:  # type: ignore[attr-defined]  # dateutil keeps them so
        raise BadRule(rule)
    return found


def occurrences(
    rule: str, start: datetime, zone: ZoneInfo, first: date, last: date
) -> list[datetime]:
    """Local starts from the day `first` to the day `last`, both included, at most MOST."""
    found = parsed(rule, start, zone).xafter(datetime.combine(first, time.min), inc=True)
    return list(_until(found, datetime.combine(last, time.max)))


def moment(local: datetime, zone: ZoneInfo) -> datetime:
    """The UTC moment of a wall clock: one in the gap moves forward, of two the first."""
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC)


def wall_clock(at: datetime, zone: ZoneInfo) -> datetime:
    """What the clock on the wall of that zone shows, without zone."""
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


def after_working_days(day: date, count: int) -> date:
    """The day that is `count` working days of the installation later."""
    here = site()
    while count:
        day += timedelta(days=1)
        count -= here.works_on(day)
    return day


def working_day_before(day: date) -> date:
    here = site()
    day -= timedelta(days=1)
    while not here.works_on(day):
        day -= timedelta(days=1)
    return day


def _until(found: Iterator[datetime], end: datetime) -> Iterator[datetime]:
    for number, start in enumerate(found):
        if start > end or number >= MOST:
            return
        yield start


def _with_local_until(text: str, zone: ZoneInfo) -> str:
    """UNTIL stands in UTC (RFC 5545) or is a day; dateutil compares it with the local clock."""
    parts = [part.partition("=") for part in text.split(";") if part]
    return ";".join(
        f"UNTIL={_local_until(value, zone)}" if name == "UNTIL" else f"{name}={value}"
        for name, _sign, value in parts
    )


def _local_until(value: str, zone: ZoneInfo) -> str:
    if "T" not in value:
        return f"{value}T235959"
    if not value.endswith("Z"):
        return value
    at = datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return f"{wall_clock(at, zone):%Y%m%dT%H%M%S}"
