"""A rule in plain words, and plain choices as a rule."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from kam.lib import dates
from kam.lib.reader import language_locale

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
CHOICES = {
    "weekly": gettext_lazy("Week"),
    "fortnightly": gettext_lazy("2 weeks"),
    "monthly": gettext_lazy("Month"),
    "quarterly": gettext_lazy("Quarter"),
    "once": gettext_lazy("Only once"),
}
PATTERNS = {
    "weekly": "FREQ=WEEKLY;BYDAY={day}",
    "fortnightly": "FREQ=WEEKLY;INTERVAL=2;BYDAY={day}",
    "monthly": "FREQ=MONTHLY;BYDAY={nth}{day}",
    "quarterly": "FREQ=MONTHLY;INTERVAL=3;BYDAY={nth}{day}",
    "once": "FREQ=DAILY;COUNT=1",
}


def rule_of(choice: str, start: datetime) -> str:
    """The rule for a plain choice and the first time: its weekday, and which one of the month."""
    nth = (start.day - 1) // 7 + 1
    return PATTERNS[choice].format(day=DAYS[start.weekday()], nth=nth if nth < 5 else -1)


@dataclass(frozen=True)
class Parts:
    freq: str
    interval: int
    days: list[str]
    count: int

    @classmethod
    def of(cls, rule: str) -> "Parts":
        found = dict(part.partition("=")[::2] for part in rule.removeprefix("RRULE:").split(";"))
        return cls(
            freq=found.get("FREQ", ""),
            interval=int(found.get("INTERVAL", "1")),
            days=[day for day in found.get("BYDAY", "").split(",") if day],
            count=int(found.get("COUNT", "0")),
        )


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
    """Every week on Thursday; every 3 months on the second Tuesday; once on Thursday 26 November."""
    parts = Parts.of(rule)
    if parts.count == 1:
        return _("Once on %(day)s") % {"day": dates.day_long(start)}
    if parts.freq in ("DAILY", "YEARLY"):
        return every(parts)
    if parts.freq == "MONTHLY" and not parts.days:
        return _("%(every)s on day %(number)s") % {"every": every(parts), "number": start.day}
    days = _and([_weekday(day) for day in parts.days or [DAYS[start.weekday()]]])
    pattern = (
        _("%(every)s on the %(days)s") if parts.freq == "MONTHLY" else _("%(every)s on %(days)s")
    )
    return pattern % {"every": every(parts), "days": days}


def sentence(rule: str, start: datetime, zone: str, length: int) -> str:
    """The rule as people say it: Every week on Thursday, 10:00 in Bogota, 30 min."""
    return _("%(rule)s, %(time)s in %(place)s, %(minutes)s min.") % {
        "rule": in_words(rule, start),
        "time": dates.time(start.time()),
        "place": place(zone),
        "minutes": length,
    }


def place(zone: str) -> str:
    """The last word of a zone's name: America/Bogota is Bogota."""
    return zone.rpartition("/")[2].replace("_", " ")


def _weekday(code: str) -> str:
    """TH is Thursday, 2TH the second Thursday, -1FR the last Friday."""
    name = str(language_locale().days["format"]["wide"][DAYS.index(code[-2:])])
    nth = code[:-2].lstrip("+")
    patterns = {
        "1": _("first %(day)s"),
        "2": _("second %(day)s"),
        "3": _("third %(day)s"),
        "4": _("fourth %(day)s"),
        "5": _("fifth %(day)s"),
        "-1": _("last %(day)s"),
    }
    return patterns[nth] % {"day": name} if nth in patterns else name


def _and(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
