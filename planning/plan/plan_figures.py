"""How far the plans of many accounts are, as of a moment: sets, no pages."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.db.models.functions import Greatest

from accounts.commerce.periods import site_day
from accounts.models import Account
from kam.lib.data.history import event_model
from planning.models import Action, Approval, CheckIn, Objective, Plan
from planning.objectives.progress import (
    PlanProgress,
    Way,
    moves_made,
    objective_progress,
    plan_progress,
)
from planning.versions.plan_status import APPROVED, DRAFT, SUBMITTED

NO_PROGRESS = PlanProgress(None, [])


@dataclass(frozen=True, slots=True)
class PlanFigures:
    """Of one account: its plan of that day. `state` is empty where there is none.

    `touched_at` is the last time somebody changed plan, objectives, actions or their measures.
    """

    state: str = ""
    touched_at: datetime | None = None
    progress: PlanProgress = field(default=NO_PROGRESS)


def plan_figures(accounts: Sequence[int], at: datetime) -> dict[int, PlanFigures]:
    """Six queries whatever the accounts; one more where a measure was checked after that day."""
    day = site_day(at)
    plans = _plans(accounts, day)
    states, touched = _states([plan["pk"] for plan in plans.values()], at), _touched(accounts)
    ways = _ways(list(plans.values()), day, at)
    return {
        pk: PlanFigures(
            states.get(plan["pk"], DRAFT),
            touched.get(pk),
            plan_progress(ways[plan["pk"]], day),
        )
        if (plan := plans.get(pk))
        else PlanFigures()
        for pk in accounts
    }


def _plans(accounts: Sequence[int], day: date) -> dict[int, dict[str, Any]]:
    """The one that pages show: running that day, else the next, else the last."""
    found = Plan.objects.filter(account__in=accounts).current_of_each(day)
    rows: Any = found.values("pk", "account_id", "period_start")
    return {row["account_id"]: row for row in rows}


def _states(plans: list[int], at: datetime) -> dict[int, str]:
    """The word on the strip of the plan, without looking for changes since the approval."""
    asked = Approval.objects.filter(plan__in=plans, asked_at__lte=at).values("plan")
    rows = asked.annotate(
        waiting=Count("pk", filter=Q(outcome="") | Q(decided_at__gt=at)),
        approved=Count("pk", filter=Q(outcome="approved", decided_at__lte=at)),
    )
    return {
        row["plan"]: SUBMITTED if row["waiting"] else APPROVED if row["approved"] else DRAFT
        for row in rows
    }


def _touched(accounts: Sequence[int]) -> dict[int, datetime]:
    """By the history, so that no way of changing a plan escapes: one lookup a table and account."""
    last = [
        Subquery(
            event_model(model).objects.filter(account=OuterRef("pk")).order_by("-pgh_created_at")
            .values("pgh_created_at")[:1]
        )
        for model in (Plan, Objective, Action, CheckIn)
    ]  # fmt: skip
    rows = Account.objects.filter(pk__in=accounts).annotate(touched=Greatest(*last))
    return dict(rows.exclude(touched=None).values_list("pk", "touched"))


def _ways(plans: list[dict[str, Any]], day: date, at: datetime) -> dict[int, list[Way]]:
    """By plan: its standing objectives as `plan_progress` wants them."""
    starts = {plan["pk"]: plan["period_start"] for plan in plans}
    standing = Q(dropped_at=None) | Q(dropped_at__gt=at)
    rows = list(Objective.objects.filter(standing, plan__in=starts).in_order())
    values = _values_on(rows, day)
    moves = _moves([row.pk for row in rows], day, at)
    ways: dict[int, list[Way]] = defaultdict(list)
    for row in rows:
        made = moves.get(row.pk, NO_MOVES)
        if row.target is None:
            progress = moves_made(made.done, made.moves)
        else:
            progress = objective_progress(row.baseline, row.target, values[row.pk])
        start = row.start or min(starts[row.plan_id], row.due)
        way = Way(
            row.title, progress, start, row.due, row.priority, made.late, made.moves - made.done
        )
        ways[row.plan_id].append(way)
    return ways


@dataclass(frozen=True, slots=True)
class Moves:
    """The actions of one objective as of a moment, without the dropped ones."""

    done: int
    late: int
    moves: int


NO_MOVES = Moves(0, 0, 0)


def _moves(objectives: list[int], day: date, at: datetime) -> dict[int, Moves]:
    alive = Q(dropped_at=None) | Q(dropped_at__gt=at)
    rows = Action.objects.filter(alive, objective__in=objectives).values("objective")
    pending = Q(done_at=None) | Q(done_at__gt=at)
    counted = rows.annotate(
        done=Count("pk", filter=Q(done_at__lte=at)),
        late=Count("pk", filter=pending & Q(due__lt=day)),
        moves=Count("pk"),
    )
    return {row["objective"]: Moves(row["done"], row["late"], row["moves"]) for row in counted}


def _values_on(rows: list[Objective], day: date) -> dict[int, Decimal]:
    """The measures of that day: today's, but where somebody checked in later, those before it."""
    values = {row.pk: row.current for row in rows}
    later = CheckIn.objects.filter(objective__in=values).values("objective")
    moved = {row["objective"] for row in later.annotate(last=Max("on")).filter(last__gt=day)}
    if not moved:
        return values
    values |= {row.pk: row.baseline for row in rows if row.pk in moved}
    known = CheckIn.objects.filter(objective__in=moved, on__lte=day)
    first = known.order_by("objective", "-on", "-pk").distinct("objective")
    return values | dict(first.values_list("objective", "value"))
