"""A programme of fifty accounts through a year, and the mails that the rules promise for it.

What is promised is counted here once more, in loops over a calendar, with nothing of the product's
own rules: if the two disagree, one of them is wrong.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SEED = 2027
FIRST = datetime(2027, 1, 1, 12, tzinfo=UTC)
LAST = datetime(2027, 12, 31, 12, tzinfo=UTC)
STEP = timedelta(days=1)
# Nobody keeps the clock from Saturday to Tuesday: a Monday and a change of clocks (New York) in it.
OFF = (datetime(2027, 3, 13, 12, tzinfo=UTC), datetime(2027, 3, 16, 12, tzinfo=UTC))
OPTS_OUT = datetime(2027, 6, 15, 12, tzinfo=UTC)  # a salesperson, of reminders
DISABLED = datetime(2027, 9, 10, 12, tzinfo=UTC)  # a KAM
LEAVES = datetime(2027, 4, 1, 12, tzinfo=UTC)  # a salesperson, from the team of one account

BERLIN, BOGOTA, NEW_YORK = "Europe/Berlin", "America/Bogota", "America/New_York"
ZONES = [BERLIN, BERLIN, NEW_YORK, BERLIN, BOGOTA]
KINDS = [
    "review_reminder",
    "review_without_agenda",
    "review_missed",
    "actions_due",
    "weekly_digest",
]
ACCOUNTS, KAMS, SALES = 50, 10, 4
WEEKDAYS = ["MO", "TU", "WE", "TH", "FR"]
MISSING = {
    (1, 2),
    (11, 5),
    (21, 3),
    (31, 9),
    (3, 7),
    (33, 7),
    (13, 4),
    (45, 10),
}  # (account, month)
LEAVER, LEFT = 1, 21  # the salesperson and the account
OPTER, DISABLED_KAM = 3, 1


@dataclass(frozen=True)
class Plan:
    """An account's series: the nth weekday of every month, or of every third."""

    number: int

    @property
    def kam(self) -> int:
        return self.number % KAMS

    @property
    def sales(self) -> int:
        return self.number % SALES

    @property
    def zone(self) -> str:
        return ZONES[self.number % len(ZONES)]

    @property
    def every(self) -> int:
        return 1 if self.number % 10 == 1 else 3

    @property
    def offsets(self) -> tuple[int, ...]:
        return (7, 1) if self.every == 1 else (1,)

    @property
    def agenda(self) -> str:
        return "" if self.number % 5 == 1 else "Numbers"

    @property
    def weekday(self) -> int:
        return self.number % 5

    @property
    def nth(self) -> int:
        return 1 + self.number % 3

    @property
    def rule(self) -> str:
        return f"FREQ=MONTHLY;INTERVAL={self.every};BYDAY={self.nth}{WEEKDAYS[self.weekday]}"

    @property
    def days(self) -> Iterator[date]:
        """The local days from January 2027 to January 2028, found by walking the calendar."""
        for index in range(0, 13, self.every):
            day, seen = date(2027 + index // 12, 1 + index % 12, 1), 0
            while True:
                seen += day.weekday() == self.weekday
                if seen == self.nth:
                    break
                day += timedelta(days=1)
            yield day

    def at(self, day: date) -> datetime:
        return at_clock(day, time(10), self.zone)

    def is_missing(self, day: date) -> bool:
        return day.year == 2027 and (self.number, day.month) in MISSING


@dataclass(frozen=True)
class Task:
    """An action of a KAM; finished at a tick, or never."""

    kam: int
    due: date
    done: datetime | None


def tasks() -> list[Task]:
    chance = random.Random(SEED)  # noqa: S311
    found = []
    for number in range(KAMS * 6):
        due = date(2027, 1, 4) + timedelta(days=chance.randrange(350))
        late = chance.choice([-5, -2, -1, 0, 0, 1, 2, 4, 9, 20, None])
        done = None if late is None else FIRST + timedelta(days=(due - FIRST.date()).days + late)
        found.append(Task(number % KAMS, due, done))
    return found


def at_clock(day: date, clock: time, zone: str) -> datetime:
    return datetime.combine(day, clock, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def ticks() -> list[datetime]:
    found, at = [], FIRST
    while at <= LAST:
        if not OFF[0] < at < OFF[1]:
            found.append(at)
        at += STEP
    return found


# --- What is promised -------------------------------------------------------------------------


@dataclass
class Promise:
    """Counts by (kind, person): to be sent, and to be held back for want of a right."""

    sent: Counter[tuple[str, str]]
    unseen: Counter[tuple[str, str]]


def promised() -> Promise:
    promise = Promise(Counter(), Counter())
    clock = ticks()
    for number in range(ACCOUNTS):
        _of_reviews(Plan(number), clock, promise)
    _of_missed(clock, promise)
    _of_actions(clock, promise)
    _of_digests(promise)
    return promise


def _of_reviews(plan: Plan, clock: list[datetime], promise: Promise) -> None:
    people = [(f"kam{plan.kam}", None), (f"sales{plan.sales}", plan.sales)]
    for day in plan.days:
        start = plan.at(day)
        for days in plan.offsets:
            tick = _tick(start - timedelta(days=days), clock)
            for name, sales in people:
                if tick is None or tick >= start or _is_silent("review_reminder", name, tick):
                    continue
                left = sales == LEAVER and plan.number == LEFT and tick >= LEAVES
                (promise.unseen if left else promise.sent)["review_reminder", name] += 1
        if not plan.agenda:
            owner_zone = ZONES[plan.kam % len(ZONES)]
            eve = start.astimezone(ZoneInfo(owner_zone)).date() - timedelta(days=1)
            tick = _tick(at_clock(eve, time(7), owner_zone), clock)
            if tick and tick < start and not _is_silent("", f"kam{plan.kam}", tick):
                promise.sent["review_without_agenda", f"kam{plan.kam}"] += 1


def _of_missed(clock: list[datetime], promise: Promise) -> None:
    mails = set()
    for number, _month in MISSING:
        plan = Plan(number)
        for day in (day for day in plan.days if plan.is_missing(day)):
            over = at_clock(_after(day, 3) + timedelta(days=1), time(0), plan.zone)
            zone = ZONES[plan.kam % len(ZONES)]
            morning = over.astimezone(ZoneInfo(zone)).date()
            while morning.weekday() > 4 or at_clock(morning, time(7), zone) < over:
                morning += timedelta(days=1)
            tick = _tick(at_clock(morning, time(7), zone), clock)
            if tick and not _is_silent("", f"kam{plan.kam}", tick):
                mails.add((f"kam{plan.kam}", tick))
    promise.sent.update(("review_missed", name) for name, _tick in mails)


def _of_actions(clock: list[datetime], promise: Promise) -> None:
    for kam in range(KAMS):
        mine = [task for task in tasks() if task.kam == kam]
        told = set()
        day = date(2027, 1, 1)
        while day <= LAST.date():
            tick = _tick(at_clock(day, time(7), ZONES[kam % len(ZONES)]), clock)
            if tick and day.weekday() < 5 and not _is_silent("", f"kam{kam}", tick):
                still = [task for task in mine if task.done is None or task.done > tick]
                if any(_is_news(task.due, day) for task in still):
                    told.add(tick)
            day += timedelta(days=1)
        promise.sent["actions_due", f"kam{kam}"] += len(told)


def _is_news(due: date, day: date) -> bool:
    before = day - timedelta(days=3 if day.weekday() == 0 else 1)
    is_late_first = before <= due < day
    is_due = day <= due < _after(day, 1)
    is_soon = _after(day, 1) < due <= _after(day, 2)
    return is_late_first or is_due or is_soon or (day.weekday() == 0 and due < day)


def _of_digests(promise: Promise) -> None:
    """manager0 in Berlin and manager1 in New York on Mondays at 7, manager2 in Bogotá on Fridays at 18."""
    for name, zone, weekday, clock in (
        ("manager0", BERLIN, 0, time(7)),
        ("manager1", NEW_YORK, 0, time(7)),
        ("manager2", BOGOTA, 4, time(18)),
    ):
        day = date(2027, 1, 1)
        while day <= LAST.date():
            if day.weekday() == weekday and FIRST < at_clock(day, clock, zone) <= LAST:
                promise.sent["weekly_digest", name] += 1
            day += timedelta(days=1)


def _tick(moment: datetime, clock: list[datetime]) -> datetime | None:
    """The tick that finds it: the first one at or after it; what was over a day before FIRST is gone."""
    if moment <= FIRST - timedelta(days=1):
        return None
    return next((tick for tick in clock if tick >= moment), None)


def _after(day: date, working_days: int) -> date:
    while working_days:
        day += timedelta(days=1)
        working_days -= day.weekday() < 5
    return day


def _is_silent(kind: str, name: str, tick: datetime) -> bool:
    opted_out = kind == "review_reminder" and name == f"sales{OPTER}" and tick >= OPTS_OUT
    return opted_out or (name == f"kam{DISABLED_KAM}" and tick >= DISABLED)
