"""What a snapshot of a plan holds: everything the reader of a report may ask for, by value."""

from typing import Any

from django.conf import settings

from accounts.models import Account, User
from planning.models.actions import Action
from planning.models.objectives import Objective
from planning.models.plan import Plan

SCHEMA = 1


def frozen(plan: Plan) -> dict[str, Any]:
    objectives = Objective.objects.of_plan(plan).with_actions()
    return {
        "schema": SCHEMA,
        "company": settings.COMPANY_NAME,
        "account": _account(plan.account),
        "period": [plan.period_start, plan.period_end],
        "objectives": [_objective(objective) for objective in objectives],
    }


def _account(account: Account) -> dict[str, Any]:
    return {
        "id": account.pk,
        "name": account.name,
        "industry": account.industry,
        "city": account.city,
        "currency": account.currency,
        "team": [{**_person(m.user), "role": m.role} for m in account.team],
    }


def _objective(objective: Objective) -> dict[str, Any]:
    return {
        "id": objective.pk,
        "horizon": objective.horizon,
        "title": objective.title,
        "owner": _person(objective.owner),
        "due": objective.due,
        "measure": objective.measure,
        "unit": objective.unit,
        "baseline": objective.baseline,
        "target": objective.target,
        "current": objective.current,
        "progress": objective.progress,
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
        "waits_for": action.waits_for.title if action.waits_for else "",
    }


def _person(person: User) -> dict[str, Any]:
    return {"id": person.pk, "name": person.name}
