"""The plan on one page: at most twelve lines of plan text, and what could stand there. What people
wrote as a title may take a second line; everything else stands on one.

A line has a key such as "objective:12", so that a choice outlives a change of words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import unescape

from django.utils.translation import gettext as _

from kam.lib.charts.charts import State
from kam.lib.charts.placement import fitted, text_width
from kam.lib.text import dates
from planning.report.client import Danger, Want
from planning.report.objectives import Goal, Move
from planning.report.pages import PlanPages

MOST = 12
ROOM = MOST - 1  # the first line is the conclusion, and always stands
RELATIONS, BUSINESS, OBJECTIVES, NEXT = "1", "2", "3", "4"
# How many of each section stand there when nobody chose; what one leaves free goes to the others.
SHARES = {RELATIONS: 2, BUSINESS: 2, OBJECTIVES: 5, NEXT: 2}
# Width of a line in each section, the size and the weight of its letters, in CSS pixels. Cut here
# rather than by the page: a PDF that cuts by itself hides the rest under the dots, or garbles it.
ROOMS = {
    RELATIONS: (374.0, 12.7, 400),
    BUSINESS: (374.0, 12.7, 400),
    OBJECTIVES: (311.0, 12.7, 600),
    NEXT: (400.0, 12.7, 400),
}
NAME, NOW, SIZE = 92.0, 141.0, 12.7
HEAD = (296.0, 32.0, 400)
# What names the company, an objective or an action may take a second line before it is cut; words
# break where they end, so the second line is not counted full.
TWO_LINES = 1.85
SECOND_LINES = 5  # so many fit on the sheet with all twelve; the titles after them keep to one
LONG_NAME = (600.0, 21.0, 400)  # across the sheet, above who leads it


@dataclass(frozen=True)
class OnePageLine:
    """`when`, `who` and `now` are empty where a section has no such column."""

    key: str
    section: str
    text: str
    when: str = ""
    who: str = ""
    now: str = ""
    state: State = "none"


@dataclass(frozen=True)
class OnePageSection:
    """A section: what stands on the page, and everything that could."""

    section: str
    title: str
    lines: list[OnePageLine]
    all: list[OnePageLine]


@dataclass(frozen=True)
class OnePage:
    plan: PlanPages
    parts: list[OnePageSection]
    is_chosen: bool

    @classmethod
    def of(cls, plan: PlanPages, chosen: Sequence[str]) -> "OnePage":
        """What was chosen and still exists, never more than fit; by itself where nothing was."""
        everything = {key: list(lines) for key, lines in _everything(plan)}
        known = {line.key for lines in everything.values() for line in lines}
        keys = [key for key in chosen if key in known][:ROOM]
        shown = set(keys) if keys else _by_itself(everything)
        second = SECOND_LINES
        parts = []
        for key, title in _titles():
            lines = []
            for line in (line for line in everything[key] if line.key in shown):
                short = _fit(line.text, key)
                second -= short != line.text
                lines.append(line if second >= 0 else replace(line, text=short))
            parts.append(OnePageSection(key, title, lines, everything[key]))
        return cls(plan, parts, bool(keys))

    @property
    def name(self) -> str:
        if not self.has_long_name:
            return self.plan.account
        width, size, weight = LONG_NAME
        return fitted(self.plan.account, width * TWO_LINES, size, weight)

    @property
    def has_long_name(self) -> bool:
        width, size, weight = HEAD
        return text_width(self.plan.account, size, weight) > width

    @property
    def count(self) -> int:
        """The conclusion counts too."""
        return 1 + sum(len(part.lines) for part in self.parts)

    @property
    def left_out(self) -> int:
        return sum(len(part.all) - len(part.lines) for part in self.parts)

    @property
    def keys(self) -> list[str]:
        return [line.key for part in self.parts for line in part.lines]

    def part(self, section: str) -> OnePageSection:
        return next(part for part in self.parts if part.section == section)

    @property
    def upper(self) -> list[OnePageSection]:
        return [self.part(RELATIONS), self.part(BUSINESS)]

    @property
    def objectives(self) -> OnePageSection:
        return self.part(OBJECTIVES)

    @property
    def next(self) -> OnePageSection:
        return self.part(NEXT)


def _titles() -> list[tuple[str, str]]:
    return [
        (RELATIONS, _("Relationships")),
        (BUSINESS, _("Their business")),
        (OBJECTIVES, _("Objectives")),
        (NEXT, _("Next")),
    ]


def _everything(plan: PlanPages) -> Iterator[tuple[str, Iterator[OnePageLine]]]:
    yield RELATIONS, _relations(plan)
    yield BUSINESS, _business(plan)
    goals = sorted(plan.goals, key=lambda goal: (goal.share == 100, goal.due, goal.pk))
    yield OBJECTIVES, (_objective(goal) for goal in goals)
    yield NEXT, (_move(move) for move in plan.open_moves)


def _relations(plan: PlanPages) -> Iterator[OnePageLine]:
    for concern, sentence in zip(plan.people.concerns, plan.all_sentences, strict=True):
        yield OnePageLine(f"concern:{concern.name}", RELATIONS, _fit(unescape(sentence), RELATIONS))


def _business(plan: PlanPages) -> Iterator[OnePageLine]:
    """Their first goal, then what could cost us most, then the rest of both."""
    goals = [_want(goal) for goal in plan.client.goals]
    risks = [_danger(risk) for risk in plan.client.risks]
    yield from (*goals[:1], *risks[:1], *goals[1:], *risks[1:])


def _want(goal: Want) -> OnePageLine:
    words = ": ".join(part for part in (goal.title, goal.measure) if part)
    return OnePageLine(f"goal:{goal.pk}", BUSINESS, _fit(words, BUSINESS))


def _danger(risk: Danger) -> OnePageLine:
    words = ", ".join(part for part in (risk.title, risk.amount) if part)
    return OnePageLine(f"risk:{risk.pk}", BUSINESS, _fit(words, BUSINESS), state=risk.state)


def _objective(goal: Goal) -> OnePageLine:
    return OnePageLine(
        f"objective:{goal.pk}", OBJECTIVES, _fit(goal.title, OBJECTIVES, TWO_LINES), when=_day(goal.due, goal.today),
        who=_name(goal.owner.name), now=_now(goal), state=goal.state,
    )  # fmt: skip


def _now(goal: Goal) -> str:
    """The measure, and what is wrong; where both are too long, what is wrong."""
    said = [part for part in (goal.measure, goal.state_words) if part]
    if goal.state not in ("risk", "watch"):
        return fitted(goal.measure, NOW, SIZE)
    both = ", ".join(said)
    return both if text_width(both, SIZE) <= NOW else fitted(goal.state_words, NOW, SIZE)


def _move(move: Move) -> OnePageLine:
    state: State = "risk" if move.days_late else "none"
    return OnePageLine(
        f"action:{move.pk}",
        NEXT,
        _fit(move.title, NEXT, TWO_LINES),
        who=_name(move.owner),
        now=move.when,
        state=state,
    )


def _day(value: date, today: date) -> str:
    return dates.day_short(value) if value.year == today.year else dates.day_year(value)


def _fit(text: str, section: str, lines: float = 1) -> str:
    width, size, weight = ROOMS[section]
    return fitted(" ".join(text.split()), width * lines, size, weight)


def _name(name: str) -> str:
    return fitted(name, NAME, SIZE)


def _by_itself(everything: dict[str, list[OnePageLine]]) -> set[str]:
    chosen = {key: lines[: SHARES[key]] for key, lines in everything.items()}
    for key in (OBJECTIVES, NEXT, BUSINESS, RELATIONS):
        free = ROOM - sum(len(lines) for lines in chosen.values())
        chosen[key] = everything[key][: len(chosen[key]) + free]
    return {line.key for lines in chosen.values() for line in lines}
