"""Objectives and actions as the pages of a report say them, read from frozen data alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext

from accounts.models.team import Role
from kam.lib.charts.charts import State
from kam.lib.text import dates
from kam.lib.text.units import bare, part_of
from planning.models.objectives import Horizon, Priority
from planning.objectives.progress import Verdict, Way


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

    pk: int
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
    verdict: Verdict
    moves: list[Move]
    today: date

    @property
    def anchor(self) -> str:
        return f"o{self.pk}"

    @property
    def late_moves(self) -> int:
        return sum(1 for move in self.moves if move.days_late)

    @property
    def state(self) -> State:
        return self.verdict.state

    @property
    def state_words(self) -> str:
        return self.verdict.words(self.late_moves)


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


class Objectives:
    """The objectives of a snapshot; `today` is its day, so that the pages never age."""

    def __init__(self, data: dict[str, Any], today: date) -> None:
        self.rows = standing(data["objectives"])
        self.today = today
        self.starts = day(data["period"][0])
        self.roles = {member["id"]: member["role"] for member in data["account"]["team"]}

    def stages(self) -> Iterator[Stage]:
        for horizon in Horizon.values:
            rows = [row for row in self.rows if row["horizon"] == horizon]
            if rows:
                yield Stage(horizon, [self.goal(row) for row in rows])

    def goal(self, row: dict[str, Any]) -> Goal:
        share = row["progress"]
        owner = row["owner"]
        moves = [
            self.move(number, move) for number, move in enumerate(standing(row["actions"]), start=1)
        ]
        return Goal(
            pk=row["id"],
            title=row["title"],
            owner=Person(owner["name"], self.roles.get(owner["id"], "")),
            due=day(row["due"]),
            label=row["measure"] if row["target"] is not None else "",
            measure=measure_words(row),
            start=start_words(row),
            share=None if share is None else int(Decimal(share) * 100),
            verdict=self.way(row, moves).verdict(self.today),
            moves=moves,
            today=self.today,
        )

    def way(self, row: dict[str, Any], moves: list[Move]) -> Way:
        """As `Objective.way` makes it; a snapshot of the first schemas knows no start."""
        due, start = day(row["due"]), row.get("start")
        return Way(
            title=row["title"],
            progress=None if row["progress"] is None else Decimal(row["progress"]),
            start=day(start) if start else min(self.starts, due),
            due=due,
            weight=row.get("priority", Priority.NORMAL),
            late=sum(1 for move in moves if move.days_late),
            pending=sum(1 for move in moves if not move.done_on),
        )

    def move(self, number: int, row: dict[str, Any]) -> Move:
        done_at = row["done_at"] and parse_datetime(row["done_at"])
        return Move(
            pk=row["id"],
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
    return part_of(Decimal(row["current"]), Decimal(row["target"]), row["unit"])


def start_words(row: dict[str, Any]) -> str:
    """from 12 %, where it did not begin at nothing."""
    if row["target"] is None or not Decimal(row["baseline"]):
        return ""
    return gettext("from %(start)s") % {"start": bare(Decimal(row["baseline"]), row["unit"])}


def day(text: str) -> date:
    found = parse_date(text)
    if found is None:
        raise ValueError(f"{text!r} is not a day")
    return found
