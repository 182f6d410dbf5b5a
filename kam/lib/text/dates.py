"""Dates and times in the reader's words: the month's name by language, the order by region."""

import datetime as dt
from functools import cache

from babel import Locale
from babel.dates import format_time
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from kam.lib.text.reader import language_locale, region_locale

Day = dt.date | dt.datetime
NEAR = 7  # days: up to here time is relative, beyond it is a date


def end_of_week(value: dt.date) -> dt.date:
    """The Sunday that ends the working week at hand: on a Saturday or Sunday, of the coming one."""
    ahead = 6 - value.weekday()
    return value + dt.timedelta(days=ahead if ahead > 1 else ahead + NEAR)


def is_weekend(value: dt.date) -> bool:
    return value.weekday() > 4


def day(value: Day) -> str:
    """Thu 26 Nov, jue 26 nov; with the year as soon as it is not this one."""
    return f"{weekday(value)} {day_of_year(value)}"


def weekday(value: Day) -> str:
    """Thu, jue."""
    return _weekdays(language_locale())[_local(value).weekday()]


def day_number(value: Day) -> str:
    """26: the day of the month, where the month is known."""
    return str(_local(value).day)


def day_short(value: Day) -> str:
    """26 Nov; Nov 26 where the month comes first."""
    date = _local(value)
    month = _months(language_locale())[date.month]
    return f"{month} {date.day}" if _month_first(region_locale()) else f"{date.day} {month}"


def day_year(value: Day) -> str:
    """31 Jan 2027; Jan 31, 2027 where the month comes first."""
    comma = "," if _month_first(region_locale()) else ""
    return f"{day_short(value)}{comma} {_local(value).year}"


def day_long(value: Day) -> str:
    """Monday 23 November, lunes 23 de noviembre."""
    date, words = _local(value), language_locale()
    weekday = words.days["format"]["wide"][date.weekday()]
    month = words.months["format"]["wide"][date.month]
    if words.language == "es":
        return f"{weekday} {date.day} de {month}"
    if _month_first(region_locale()):
        return f"{weekday}, {month} {date.day}"
    return f"{weekday} {date.day} {month}"


def month_year(value: Day) -> str:
    """Sep 2027, sep 2027."""
    date = _local(value)
    return f"{_months(language_locale())[date.month]} {date.year}"


def time(value: dt.datetime | dt.time) -> str:
    """14:30, or 2:30 pm where the region counts to twelve; in the reader's time zone."""
    if isinstance(value, dt.datetime):
        value = _at_home(value).time()
    pattern = region_locale().time_formats["short"]
    return format_time(value.replace(tzinfo=None), pattern.pattern, locale=language_locale())


def moment(value: dt.datetime) -> str:
    """Thu 26 Nov, 10:00; with the year as soon as it is not this one."""
    return f"{weekday(value)} {day_of_year(value)}, {time(value)}"


def day_of_year(value: Day, today: dt.date | None = None) -> str:
    """4 Dec; with the year as soon as it is not this one."""
    date, today = _local(value), today or timezone.localdate()
    return day_short(date) if date.year == today.year else day_year(date)


def relative_day(value: Day, today: dt.date | None = None) -> str:
    """When something is due: 5 days late, Today, Tomorrow, Wed 25 Nov; far away 4 Dec.

    With the year as soon as it is not this one.
    """
    date, today = _local(value), today or timezone.localdate()
    days = (date - today).days
    if -NEAR <= days < 0:
        return ngettext("%(days)s day late", "%(days)s days late", -days) % {"days": -days}
    if days == 0:
        return gettext("Today")
    if days == 1:
        return gettext("Tomorrow")
    return _plain(date, today)


def days_left(value: dt.date, today: dt.date) -> str:
    """How long there is until a date on which something must be settled."""
    left = (value - today).days
    if left < 0:
        return gettext("passed on %(day)s") % {"day": day_year(value)}
    if left == 0:
        return gettext("today")
    words = ngettext("%(day)s, %(n)s day left", "%(day)s, %(n)s days left", left)
    return words % {"day": day_year(value), "n": left}


def ago(value: Day, today: dt.date | None = None) -> str:
    """When something happened: today, yesterday, 6 days ago; longer ago 12 Oct."""
    date, today = _local(value), today or timezone.localdate()
    days = (today - date).days
    if days == 0:
        return gettext("today")
    if days == 1:
        return gettext("yesterday")
    if 1 < days <= NEAR:
        return ngettext("%(days)s day ago", "%(days)s days ago", days) % {"days": days}
    return _plain(date, today)


def urgency(value: Day | None, today: dt.date | None = None) -> str:
    """The CSS class of a due date: late, soon (today) or due."""
    if value is None:
        return "due"
    days = (_local(value) - (today or timezone.localdate())).days
    return "late" if days < 0 else "soon" if days == 0 else "due"


def _plain(date: dt.date, today: dt.date) -> str:
    return day(date) if abs((date - today).days) <= NEAR else day_of_year(date, today)


def _local(value: Day) -> dt.date:
    return _at_home(value).date() if isinstance(value, dt.datetime) else value


def _at_home(value: dt.datetime) -> dt.datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


@cache
def _months(locale: Locale) -> dict[int, str]:
    names = locale.months["format"]["abbreviated"]
    return {number: names[number].rstrip(".")[:3] for number in range(1, 13)}


@cache
def _weekdays(locale: Locale) -> dict[int, str]:
    names = locale.days["format"]["abbreviated"]
    return {number: names[number].rstrip(".") for number in range(7)}


@cache
def _month_first(locale: Locale) -> bool:
    pattern: str = locale.date_formats["short"].pattern
    return pattern.index("M") < pattern.index("d")
