"""A rule in plain words: Every 3 months on the second Tuesday, 09:00 in Bogota, 60 min."""

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from kam.lib.text import dates
from kam.lib.text.listed import listed
from kam.lib.text.reader import language_locale
from kam.lib.text.zone_names import zone_city
from reviews.recurrence.rule_parts import DAYS, Parts


def cadence(rule: str) -> str:
    """One word for a list: Weekly, Every 2 weeks, Monthly, Quarterly."""
    parts = Parts.of(rule)
    if parts.count == 1:
        return pgettext("cadence", "Once")
    names = {
        ("DAILY", 1): pgettext("cadence", "Daily"),
        ("WEEKLY", 1): pgettext("cadence", "Weekly"),
        ("WEEKLY", 2): pgettext("cadence", "Every 2 weeks"),
        ("MONTHLY", 1): pgettext("cadence", "Monthly"),
        ("MONTHLY", 3): pgettext("cadence", "Quarterly"),
        ("YEARLY", 1): pgettext("cadence", "Yearly"),
    }
    return names.get((parts.freq, parts.interval)) or every(parts)


def every(parts: Parts) -> str:
    n = parts.interval
    if parts.freq == "WEEKLY":
        return ngettext("Every week", "Every %(n)s weeks", n) % {"n": n}
    if parts.freq == "MONTHLY":
        return ngettext("Every month", "Every %(n)s months", n) % {"n": n}
    if parts.freq == "YEARLY":
        return ngettext("Every year", "Every %(n)s years", n) % {"n": n}
    return ngettext("Every day", "Every %(n)s days", n) % {"n": n}


def in_words(rule: str, start: datetime) -> str:
    """Every week on Thursday; Every year on the last working day of November; Once on Thursday."""
    parts = Parts.of(rule)
    if parts.count == 1:
        return _("Once on %(day)s") % {"day": dates.day_long(start)}
    said = _by_day(parts, start) if _can_say(parts) else _("By a rule of its own: %(rule)s")
    said %= {"every": every(parts), "rule": rule, **_places(parts, start)}
    if parts.count:
        times = ngettext("%(n)s time", "%(n)s times", parts.count) % {"n": parts.count}
        return f"{said}, {times}"
    return said


def sentence(rule: str, start: datetime, zone: str, length: int, until: date | None = None) -> str:
    """The rule as people say it: Every week on Thursday, 10:00 in Bogota, 30 min, until 31 Dec 2026."""
    said = _("%(rule)s, %(time)s in %(place)s, %(minutes)s min") % {
        "rule": in_words(rule, start),
        "time": dates.time(start.time()),
        "place": place(zone),
        "minutes": length,
    }
    if until:
        return _("%(said)s, until %(day)s.") % {"said": said, "day": dates.day_year(until)}
    return f"{said}."


def place(zone: str) -> str:
    """The city of a zone as the reader calls it."""
    return zone_city(zone)


def _can_say(parts: Parts) -> bool:
    if parts.rest or len(parts.months) > 1 or (parts.months and parts.freq != "YEARLY"):
        return False
    if parts.freq == "DAILY" and (parts.days or parts.numbers):
        return False
    if any(number < -1 for number in parts.numbers):
        return False
    if parts.nth:
        return parts.on_working_days and parts.freq in ("MONTHLY", "YEARLY")
    return not (parts.days and parts.numbers) and len(parts.numbers) < 2


def _by_day(parts: Parts, start: datetime) -> str:
    """The pattern of the sentence; `_places` fills it."""
    if parts.freq == "DAILY":
        return "%(every)s"
    if parts.freq == "WEEKLY":
        if parts.on_working_days:
            return _("%(every)s on working days")
        return _("%(every)s on %(days)s")
    if parts.numbers == [-1]:
        return (
            _("%(every)s on the last day")
            if parts.freq == "MONTHLY"
            else _("%(every)s on the last day of %(month)s")
        )
    if parts.freq == "MONTHLY":
        return _("%(every)s on the %(days)s") if parts.days else _("%(every)s on day %(number)s")
    return _("%(every)s on the %(days)s of %(month)s") if parts.days else _("%(every)s on %(date)s")


def _places(parts: Parts, start: datetime) -> dict[str, object]:
    month = parts.months[0] if parts.months else start.month
    number = parts.numbers[0] if parts.numbers else start.day
    name = str(language_locale().months["format"]["wide"][month])
    days = (
        [_ordinal(parts.nth, _("working day"))]
        if parts.nth
        else [_weekday(day) for day in parts.days or [DAYS[start.weekday()]]]
    )
    date_words = _("%(number)s %(month)s") % {"number": number, "month": name}
    return {"days": listed(days), "number": number, "month": name, "date": date_words}


def _weekday(code: str) -> str:
    """TH is Thursday, 2TH the second Thursday, -1FR the last Friday."""
    name = str(language_locale().days["format"]["wide"][DAYS.index(code[-2:])])
    nth = code[:-2].lstrip("+")
    return _ordinal(int(nth), name) if nth else name


def _ordinal(nth: int, name: str) -> str:
    patterns = {
        1: _("first %(day)s"),
        2: _("second %(day)s"),
        3: _("third %(day)s"),
        4: _("fourth %(day)s"),
        5: _("fifth %(day)s"),
        -1: _("last %(day)s"),
    }
    return patterns.get(nth, f"{nth}. %(day)s") % {"day": name}
