"""What moved in a plan since the last held review: its snapshot against the plan of today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from kam.lib.text.money import number, signed

Plan = dict[str, Any]  # a frozen plan, as planning.versions.version_data makes it
MOST_NAMED = 2


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    now: str
    change: str
    state: str
    why: str = ""


def changes(before: Plan, day_before: date, now: Plan, today: date) -> list[Change]:
    """One row a measured objective, then what was done and what is late."""
    return [*_measures(before, now), _done(before, now), _late(before, day_before, now, today)]


def _measures(before: Plan, now: Plan) -> Iterable[Change]:
    earlier = {objective["id"]: objective for objective in before["objectives"]}
    for objective in now["objectives"]:
        old = earlier.get(objective["id"])
        if old is None or objective["target"] is None:
            continue
        was, is_now = _decimal(old["current"]), _decimal(objective["current"])
        closer = _decimal(objective["progress"] or 0) - _decimal(old["progress"] or 0)
        unit = f" {objective['unit']}" if objective["unit"] else ""
        yield Change(
            label=objective["measure"] or objective["title"],
            before=number(was) + unit,
            now=number(is_now) + unit,
            change=signed(is_now - was),
            state=_state(closer),
            why=_named(_finished([old], [objective])),
        )


def _done(before: Plan, now: Plan) -> Change:
    done = _finished(before["objectives"], now["objectives"])
    count = sum(bool(a["done_at"]) for a in _actions(before["objectives"]))
    return Change(
        label=_("Actions done"),
        before=str(count),
        now=str(count + len(done)),
        change=signed(len(done)),
        state=_state(Decimal(len(done))),
        why=_named(done),
    )


def _late(before: Plan, day_before: date, now: Plan, today: date) -> Change:
    was = len(_late_on(before["objectives"], day_before))
    late = _late_on(now["objectives"], today)
    return Change(
        label=_("Late actions"),
        before=str(was),
        now=str(len(late)),
        change=signed(len(late) - was),
        state=_state(Decimal(was - len(late))),
        why=_named(late),
    )


def _finished(before: list[Plan], now: list[Plan]) -> list[dict[str, Any]]:
    done_before = {action["id"] for action in _actions(before) if action["done_at"]}
    return [a for a in _actions(now) if a["done_at"] and a["id"] not in done_before]


def _late_on(objectives: list[Plan], day: date) -> list[dict[str, Any]]:
    open_actions = (a for a in _actions(objectives) if not a["done_at"])
    return [a for a in open_actions if str(a["due"]) < day.isoformat()]


def _actions(objectives: list[Plan]) -> list[dict[str, Any]]:
    return [action for objective in objectives for action in objective["actions"]]


def _named(actions: list[dict[str, Any]]) -> str:
    words = [f"{a['title']}, {a['owner']['name']}" for a in actions[:MOST_NAMED]]
    more = len(actions) - MOST_NAMED
    return "; ".join([*words, *([f"+{more}"] if more > 0 else [])])


def _state(better: Decimal) -> str:
    return "good" if better > 0 else "risk" if better < 0 else ""


def _decimal(value: object) -> Decimal:
    return Decimal(str(value))
