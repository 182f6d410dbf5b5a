"""The parts of a rule, and the plain choices of the editor as a rule. No words for people here."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext_lazy as _

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKING = list(DAYS[:5])
OWN, ONCE = "own", "once"
CHOICES = {
    "weekly": _("Week"),
    "fortnightly": _("2 weeks"),
    "monthly": _("Month"),
    "quarterly": _("Quarter"),
    "yearly": _("Year"),
    ONCE: _("Only once"),
    OWN: _("In your words"),
}
PATTERNS = {
    "weekly": "FREQ=WEEKLY;BYDAY={day}",
    "fortnightly": "FREQ=WEEKLY;INTERVAL=2;BYDAY={day}",
    "monthly": "FREQ=MONTHLY;{on}",
    "quarterly": "FREQ=MONTHLY;INTERVAL=3;{on}",
    "yearly": "FREQ=YEARLY;BYMONTH={month};{on}",
    ONCE: "FREQ=DAILY;COUNT=1",
}
# What stands for a day besides the weekdays: any working day, or the day's number in the month.
WORKDAY, NUMBER = "workday", "number"


def rule_of(choice: str, start: datetime, nth: str = "", day: str = "") -> str:
    """The rule for plain choices and the first day, which says what is left open.

    `nth` is 1 to 4 or -1 (the last), `day` a code of DAYS, WORKDAY or NUMBER. A fifth weekday of a
    month means the last one, since not every month has a fifth.
    """
    code = day if day in DAYS else DAYS[start.weekday()]
    return PATTERNS[choice].format(day=code, month=start.month, on=_on(start, nth, day, code))


def _on(start: datetime, nth: str, day: str, code: str) -> str:
    own = (start.day - 1) // 7 + 1
    number = nth or str(own if own < 5 else -1)
    if day == NUMBER:
        return f"BYMONTHDAY={-1 if nth == '-1' else start.day}"
    if day == WORKDAY:
        return f"BYDAY={','.join(WORKING)};BYSETPOS={nth or '1'}"
    return f"BYDAY={number}{code}"


@dataclass(frozen=True)
class Parts:
    """A rule taken apart. `rest` names what no sentence of ours can say."""

    freq: str
    interval: int = 1
    days: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    months: list[int] = field(default_factory=list)
    nth: int = 0
    count: int = 0
    rest: frozenset[str] = frozenset()

    @classmethod
    def of(cls, rule: str) -> "Parts":
        found = dict(part.partition("=")[::2] for part in rule.removeprefix("RRULE:").split(";"))
        return cls(
            freq=found.pop("FREQ", ""),
            interval=int(found.pop("INTERVAL", "1")),
            days=_listed(found.pop("BYDAY", "")),
            numbers=[int(n) for n in _listed(found.pop("BYMONTHDAY", ""))],
            months=[int(n) for n in _listed(found.pop("BYMONTH", ""))],
            nth=int(found.pop("BYSETPOS", "0").partition(",")[0]),
            count=int(found.pop("COUNT", "0")),
            rest=frozenset(found) - {"WKST", "UNTIL", ""},
        )

    @property
    def on_working_days(self) -> bool:
        return sorted(self.days) == sorted(WORKING)

    def choices(self) -> dict[str, str]:
        """What the editor shows for this rule: the opposite of `rule_of`."""
        names = {
            ("WEEKLY", 1): "weekly",
            ("WEEKLY", 2): "fortnightly",
            ("MONTHLY", 1): "monthly",
            ("MONTHLY", 3): "quarterly",
            ("YEARLY", 1): "yearly",
        }
        if self.count == 1:
            return {"repeats": ONCE}
        repeats = names.get((self.freq, self.interval))
        on = self._on()
        if repeats is None or on is None or self.count or self.rest or len(self.months) > 1:
            return {"repeats": OWN}
        return {"repeats": repeats, **on}

    def _on(self) -> dict[str, str] | None:
        if self.nth and self.on_working_days and self.freq != "WEEKLY":
            return {"nth": str(self.nth), "on": WORKDAY}
        if self.nth or len(self.days) + len(self.numbers) > 1:
            return None
        if self.numbers:
            return {"nth": "-1" if self.numbers == [-1] else "", "on": NUMBER}
        if not self.days:
            return {} if self.freq == "WEEKLY" else {"on": NUMBER}
        return {"nth": self.days[0][:-2].lstrip("+"), "on": self.days[0][-2:]}


def _listed(text: str) -> list[str]:
    return [part for part in text.split(",") if part]
