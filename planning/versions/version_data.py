"""What a snapshot of a plan holds: everything the reader of a report may ask for, by value.

Only ever add keys, and raise SCHEMA when you do: snapshots of older schemas stay as they are, and
whoever reads them asks with `.get`.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from accounts.models import Account, User
from kam.lib.site import site
from planning.models.actions import Action
from planning.models.business import PROFILE_TEXTS, ClientGoal, FinancialYear, Initiative, Profile
from planning.models.check_ins import CheckIn
from planning.models.confirmation import Confirmation
from planning.models.objectives import Objective
from planning.models.plan import Plan
from planning.models.snapshot import as_json, content_hash
from planning.models.swot_risks import Risk, Standpoint, SwotItem

SCHEMA = 4
# What approval covers, besides period and budget: a later change to these asks for a new one.
GOVERNED = (
    "horizon", "title", "owner", "start", "due", "measure", "unit", "baseline", "target", "priority",
)  # fmt: skip


def frozen(plan: Plan) -> dict[str, Any]:
    """The same number of queries whatever the plan holds."""
    account = plan.account
    objectives = Objective.objects.of_plan(plan).with_actions()
    checked = _by_objective(CheckIn.objects.of_plan(plan.pk).select_related("by"))
    risks = Risk.rows().of(account).select_related("owner", "account")
    return {
        "schema": SCHEMA,
        "company": site().heading,
        "account": _account(account),
        "period": [plan.period_start, plan.period_end],
        "budget": plan.budget,
        "one_page": plan.one_page,
        "objectives": [_objective(o, checked[o.pk]) for o in objectives],
        "business": _business(account),
        "risks": [_risk(risk) for risk in risks],
    }


def frozen_for_one_page(plan: Plan) -> dict[str, Any]:
    """Of `frozen()` what a page of twelve lines may say."""
    account = plan.account
    objectives = Objective.objects.of_plan(plan).with_actions()
    goals = ClientGoal.rows().of(account)
    risks = Risk.rows().of(account).select_related("owner", "account")
    return {
        "schema": SCHEMA,
        "company": site().heading,
        "account": _account(account),
        "period": [plan.period_start, plan.period_end],
        "budget": plan.budget,
        "one_page": plan.one_page,
        "objectives": [_objective(o, []) for o in objectives],
        "business": {"goals": [_values(row, GOAL) for row in goals]},
        "risks": [_risk(risk) for risk in risks],
    }


def fingerprint(data: dict[str, Any]) -> str:
    """Of what approval covers: it stays the same while only daily work goes on."""
    rows = [row for row in data["objectives"] if not row.get("dropped")]
    governed = [{name: row.get(name) for name in ("id", *GOVERNED)} for row in rows]
    covered = {"period": data["period"], "budget": data.get("budget"), "objectives": governed}
    return content_hash(as_json(covered))


def _account(account: Account) -> dict[str, Any]:
    return {
        "id": account.pk,
        "name": account.name,
        "industry": account.industry,
        "city": account.city,
        "currency": account.currency,
        "team": [{**_person(m.user), "role": m.role} for m in account.team],
    }


def _objective(objective: Objective, check_ins: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": objective.pk,
        "horizon": objective.horizon,
        "title": objective.title,
        "owner": _person(objective.owner),
        "start": objective.start,
        "due": objective.due,
        "priority": objective.priority,
        "measure": objective.measure,
        "unit": objective.unit,
        "baseline": objective.baseline,
        "target": objective.target,
        "current": objective.current,
        "progress": objective.progress,
        "serves": objective.serves.title if objective.serves else "",
        "dropped": _dropped(objective),
        "check_ins": check_ins,
        "actions": [_action(action) for action in objective.moves],
    }


def _action(action: Action) -> dict[str, Any]:
    return {
        "id": action.pk,
        "title": action.title,
        "note": action.note,
        "owner": _person(action.owner),
        "due": action.due,
        "done_at": action.done_at,
        "dropped": _dropped(action),
        "result": action.result,
        "lesson": action.lesson,
        "waits_for": action.waits_for.title if action.waits_for else "",
        "stakeholder": action.stakeholder.name if action.stakeholder else "",
    }


def _dropped(row: Objective | Action) -> dict[str, Any] | None:
    return {"on": row.dropped_at, "reason": row.drop_reason} if row.is_dropped else None


def _by_objective(check_ins: Iterable[CheckIn]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in check_ins:
        found[row.objective_id].append(
            {
                "id": row.pk,
                "on": row.on,
                "value": row.value,
                "note": row.note,
                "by": _person(row.by),
            }
        )
    return found


def _business(account: Account) -> dict[str, Any]:
    profile = Profile.objects.of(account)
    confirmed = Confirmation.objects.of(account).order_by("part")
    return {
        "profile": {name: getattr(profile, name) for name in PROFILE_TEXTS},
        "goals": [_values(row, GOAL) for row in ClientGoal.rows().of(account)],
        "initiatives": [_values(row, INITIATIVE) for row in Initiative.rows().of(account)],
        "years": [_values(row, YEAR) for row in FinancialYear.rows().of(account)],
        "swot": [_values(row, SWOT) for row in SwotItem.rows().of(account)],
        "standpoints": [_values(row, STANDPOINT) for row in Standpoint.rows().of(account)],
        "confirmed": [{"part": c.part, "at": c.at, "by": _person(c.by)} for c in confirmed],
    }


GOAL = ("title", "voice", "source", "due", "unit", "baseline", "current", "target")
INITIATIVE = ("title", "sponsor", "budget", "currency", "starts", "ends", "our_part", "is_joint")
YEAR = (
    "year", "is_expected", "currency", "revenue", "growth", "margin", "net_debt", "solvency",
    "rating", "source",
)  # fmt: skip
SWOT = ("quadrant", "text", "impact", "evidence", "source_date")
STANDPOINT = ("side", "text", "note", "weight")
RISK = ("title", "severity", "likelihood", "mitigation", "due", "amount", "outcome")


def _risk(risk: Risk) -> dict[str, Any]:
    owner = _person(risk.owner) if risk.owner else None
    money = {"currency": risk.account.currency}
    return {**_values(risk, RISK), **money, "owner": owner, "closed_at": risk.closed_at}


def _values(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {"id": row.pk, **{name: getattr(row, name) for name in names}}


def _person(person: User) -> dict[str, Any]:
    return {"id": person.pk, "name": person.name}
