"""The plan as pages: everything a report says, read from a snapshot and never from live rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Self

from django.conf import settings
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext

from accounts.models.team import Role
from kam.lib import dates, money
from kam.lib.pdf import Pdf, render_pdf
from kam.lib.reader import Reader, reading_as
from planning.models.objectives import Horizon
from planning.models.report import Report

ON_ONE_PAGE = 10
NEXT_MOVES = 6


@dataclass(frozen=True)
class Person:
    name: str
    role: str

    @property
    def with_role(self) -> str:
        """Jonas Weber, sales engineering; the two who lead need no explanation."""
        if self.role in ("", Role.KAM, Role.SPONSOR):
            return self.name
        label = str(Role(self.role).label)
        return f"{self.name}, {label[:1].lower()}{label[1:]}"

    @property
    def role_label(self) -> str:
        return str(Role(self.role).label) if self.role else ""


@dataclass(frozen=True)
class Move:
    """An action as it stood on the day of the snapshot."""

    number: int
    title: str
    note: str
    owner: str
    due: date
    done_on: date | None
    waits_for: str
    today: date

    @property
    def days_late(self) -> int:
        return 0 if self.done_on else max(0, (self.today - self.due).days)

    @property
    def when(self) -> str:
        """Done 12 Nov, 5 days late, 4 Dec; with the year as soon as it is another one."""
        if self.done_on:
            return gettext("Done %(day)s") % {"day": self._day(self.done_on)}
        if late := self.days_late:
            return ngettext("%(days)s day late", "%(days)s days late", late) % {"days": late}
        return self._day(self.due)

    def _day(self, value: date) -> str:
        same = value.year == self.today.year
        return dates.day_short(value) if same else dates.day_year(value)


@dataclass(frozen=True)
class Goal:
    """An objective as it stood."""

    pk: int
    title: str
    owner: Person
    due: date
    label: str
    measure: str
    start: str
    share: int | None
    moves: list[Move]
    today: date

    @property
    def anchor(self) -> str:
        return f"o{self.pk}"

    @property
    def late_moves(self) -> int:
        return sum(1 for move in self.moves if move.days_late)

    @property
    def state(self) -> str:
        if self.share == 100:
            return "good"
        if self.due < self.today:
            return "risk"
        return "watch" if self.late_moves or not self.moves else "none"

    @property
    def state_words(self) -> str:
        if self.share == 100:
            return gettext("reached")
        if self.due < self.today:
            return gettext("past its date")
        if late := self.late_moves:
            return ngettext("%(n)s action late", "%(n)s actions late", late) % {"n": late}
        return gettext("on time") if self.moves else gettext("no action")


@dataclass(frozen=True)
class Stage:
    """The objectives of one horizon."""

    key: str
    goals: list[Goal]

    @property
    def label(self) -> str:
        return str(Horizon(self.key).label)

    @property
    def until(self) -> date:
        return max(goal.due for goal in self.goals)


@dataclass(frozen=True)
class PlanPages:
    """What the templates of the report read."""

    company: str
    account: str
    period: tuple[date, date]
    version: int
    today: date
    team: list[Person]
    stages: list[Stage]
    approved_by: str = ""
    approved_on: date | None = None

    @classmethod
    def of(cls, data: dict[str, Any], *, version: int, today: date) -> Self:
        """`today` is the day of the snapshot, so that the pages never age."""
        return cls(**Reading(data, today).pages(), version=version)

    @property
    def period_words(self) -> str:
        """2027 for a calendar year, else from and to."""
        start, end = self.period
        first_to_last = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
        if first_to_last and start.year == end.year:
            return str(start.year)
        if first_to_last:
            return f"{start.year}–{end.year}"
        return f"{dates.month_year(start)} – {dates.month_year(end)}"

    @property
    def kind(self) -> str:
        return gettext("Account plan %(period)s") % {"period": self.period_words}

    @property
    def status(self) -> str:
        if self.approved_on is None:
            return gettext("v%(version)s draft") % {"version": self.version}
        return gettext("v%(version)s, approved by %(name)s on %(day)s") % {
            "version": self.version,
            "name": self.approved_by,
            "day": dates.day_year(self.approved_on),
        }

    @property
    def title(self) -> str:
        return f"{self.account}, {self.kind[:1].lower()}{self.kind[1:]}"

    @cached_property
    def goals(self) -> list[Goal]:
        return [goal for stage in self.stages for goal in stage.goals]

    @property
    def first_goals(self) -> list[Goal]:
        """As many as fit on one page with the next actions."""
        return self.goals[:ON_ONE_PAGE]

    @property
    def more_goals(self) -> int:
        return len(self.goals) - len(self.first_goals)

    @cached_property
    def moves(self) -> list[Move]:
        return [move for goal in self.goals for move in goal.moves]

    @cached_property
    def next_moves(self) -> list[Move]:
        """The first due of what is open, the late ones before all."""
        return sorted((m for m in self.moves if not m.done_on), key=lambda m: m.due)[:NEXT_MOVES]

    @property
    def count_words(self) -> str:
        goals, moves = len(self.goals), len(self.moves)
        return gettext("%(objectives)s with %(actions)s") % {
            "objectives": ngettext("%(n)s objective", "%(n)s objectives", goals) % {"n": goals},
            "actions": ngettext("%(n)s action", "%(n)s actions", moves) % {"n": moves},
        }

    @property
    def done_words(self) -> str:
        done = sum(1 for move in self.moves if move.done_on)
        late = sum(1 for move in self.moves if move.days_late)
        words = ngettext("%(n)s is done", "%(n)s are done", done) % {"n": done}
        if not late:
            return gettext("%(done)s and none is late") % {"done": words}
        more = ngettext("%(n)s is late", "%(n)s are late", late) % {"n": late}
        return gettext("%(done)s and %(late)s") % {"done": words, "late": more}

    def person(self, role: str) -> Person | None:
        return next((person for person in self.team if person.role == role), None)

    @property
    def kam(self) -> Person | None:
        return self.person(Role.KAM)

    @property
    def sponsor(self) -> Person | None:
        return self.person(Role.SPONSOR)


class Reading:
    """Snapshot data, which is JSON, as typed pages."""

    def __init__(self, data: dict[str, Any], today: date) -> None:
        self.data = data
        self.today = today
        self.roles = {member["id"]: member["role"] for member in data["account"]["team"]}

    def pages(self) -> dict[str, Any]:
        account, (start, end) = self.data["account"], self.data["period"]
        approval = self.data.get("approval")
        return {
            "company": self.data.get("company") or settings.COMPANY_NAME,
            "account": account["name"],
            "period": (day(start), day(end)),
            "today": self.today,
            "team": [Person(member["name"], member["role"]) for member in account["team"]],
            "stages": list(self.stages()),
            "approved_by": approval["by"]["name"] if approval else "",
            "approved_on": day(approval["on"]) if approval else None,
        }

    def stages(self) -> Iterator[Stage]:
        for horizon in Horizon.values:
            rows = [row for row in standing(self.data["objectives"]) if row["horizon"] == horizon]
            if rows:
                yield Stage(horizon, [self.goal(row) for row in rows])

    def goal(self, row: dict[str, Any]) -> Goal:
        share = row["progress"]
        owner = row["owner"]
        return Goal(
            pk=row["id"],
            title=row["title"],
            owner=Person(owner["name"], self.roles.get(owner["id"], "")),
            due=day(row["due"]),
            label=row["measure"] if row["target"] is not None else "",
            measure=measure_words(row),
            start=start_words(row),
            share=None if share is None else int(Decimal(share) * 100),
            moves=[
                self.move(number, move)
                for number, move in enumerate(standing(row["actions"]), start=1)
            ],
            today=self.today,
        )

    def move(self, number: int, row: dict[str, Any]) -> Move:
        done_at = row["done_at"] and parse_datetime(row["done_at"])
        return Move(
            number=number,
            title=row["title"],
            note=row["note"],
            owner=row["owner"]["name"],
            due=day(row["due"]),
            done_on=localdate(done_at) if done_at else None,
            waits_for=row["waits_for"],
            today=self.today,
        )


def standing(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was dropped with a reason is frozen too, but is no part of the plan any more."""
    return [row for row in rows if not row.get("dropped")]


def measure_words(row: dict[str, Any]) -> str:
    """41 % of 60 %; the actions done where nothing is measured."""
    if row["target"] is None:
        actions = standing(row["actions"])
        done = sum(1 for action in actions if action["done_at"])
        count = {"done": done, "all": len(actions)}
        return gettext("%(done)s of %(all)s actions done") % count if actions else ""
    now, target = amount(row["current"], row["unit"]), amount(row["target"], row["unit"])
    words = gettext("%(now)s of %(target)s") % {"now": now, "target": target}
    return f"{words} {row['unit']}" if is_word(row["unit"]) else words


def start_words(row: dict[str, Any]) -> str:
    """from 12 %, where it did not begin at nothing."""
    if row["target"] is None or not Decimal(row["baseline"]):
        return ""
    return gettext("from %(start)s") % {"start": amount(row["baseline"], row["unit"])}


def amount(value: str, unit: str) -> str:
    if unit == "%":
        return f"{money.number(Decimal(value))}{money.GAP}%"
    if not is_word(unit) and unit:
        return money.money(Decimal(value), unit)
    return money.number(Decimal(value))


def is_word(unit: str) -> bool:
    """A unit that follows the number: seats, h; not % and not a currency such as EUR."""
    currency = len(unit) == 3 and unit.isascii() and unit.isupper()
    return bool(unit) and unit != "%" and not currency


def day(text: str) -> date:
    found = parse_date(text)
    if found is None:
        raise ValueError(f"{text!r} is not a day")
    return found


def pages_of(report: Report) -> PlanPages:
    snapshot = report.snapshot
    return PlanPages.of(snapshot.data, version=snapshot.number, today=localdate(snapshot.taken_at))


def draw(report: Report, *, tell: Callable[[str], None]) -> Pdf:
    """The pages of a report, in its language and region, on the clock of the installation."""
    with reading_as(Reader(report.language, report.region, settings.TIME_ZONE)):
        plan = pages_of(report)
        return render_pdf(
            "reports/plan.html",
            {"plan": plan},
            title=plan.title,
            language=report.region,
            tell=tell,
        )
