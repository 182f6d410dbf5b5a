"""The client's business, risks, versions and comments of the demo's plans."""

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from accounts.models import Account, User
from kam.demo.plan_script import (
    COMMENTS,
    GOALS,
    INITIATIVES,
    LATER,
    POSITION,
    PROFILE,
    RISKS,
    SWOT,
    YEARS,
)
from kam.demo.script import Text
from planning.models import (
    Action,
    Approval,
    CheckIn,
    ClientGoal,
    Comment,
    Confirmation,
    FinancialYear,
    Initiative,
    Objective,
    Plan,
    Profile,
    Risk,
    Standpoint,
    SwotItem,
)
from planning.models.confirmation import PlanPart
from planning.models.items import Item
from planning.versions.version_data import fingerprint, frozen

if TYPE_CHECKING:
    from kam.demo.company import Company


def add(company: "Company") -> None:
    andino = Account.objects.get(name="Grupo Andino Salud")
    plan = Plan.objects.of(andino)[0]
    kam = company.people["MR"]
    plan.change(by=kam, seen={"budget": None}, budget=Decimal(85000))
    _business(company, andino, kam)
    _early_days(company, plan)
    _approve(company, plan, days=21)
    _since_then(company, plan)
    _comments(company, plan)
    helvetia = Account.objects.get(name="Helvetia Pharma")
    renewal = Plan.objects.of(helvetia)[0]
    note = company.say(
        ("The terms are as we discussed on Thursday.", "Los términos son los del jueves.")
    )
    Approval.ask(renewal, by=kam, at=company.at - timedelta(hours=20), note=note)


def _business(company: "Company", account: Account, kam: User) -> None:
    say = company.say
    for field, words in PROFILE.items():
        Profile.write(account, field, seen="", text=say(words), by=kam)
    for model, rows in _rows(company):
        for fields in rows:
            model.add_to(account, by=kam, **fields)
    for part, days in (
        (PlanPart.GOALS, 19),
        (PlanPart.SWOT, 14),
        (PlanPart.MONEY, 14),
        (PlanPart.POSITION, 38),
    ):
        Confirmation.confirm(account, part, by=kam, at=company.at - timedelta(days=days))


def _rows(company: "Company") -> list[tuple[type[Item], list[dict[str, Any]]]]:
    say, year = company.say, company.today.year
    swot = [_point(company, row) for row in SWOT]
    years = [{"year": year - back, "currency": "EUR", **_said(company, f)} for back, f in YEARS]
    position = [
        {"side": side, "text": say(text), "note": say(note), "weight": weight}
        for side, text, note, weight in POSITION
    ]
    return [
        (ClientGoal, [_goal(company, row) for row in GOALS]),
        (Initiative, [_initiative(company, row) for row in INITIATIVES]),
        (FinancialYear, years),
        (SwotItem, swot),
        (Standpoint, position),
        (Risk, [_risk(company, row) for row in RISKS]),
    ]


def _goal(company: "Company", row: dict[str, Any]) -> dict[str, Any]:
    fields = _said(company, row)
    years = fields.pop("years", None)
    return fields | {"due": years and date(company.today.year + years, 12, 31)}


def _initiative(company: "Company", row: dict[str, Any]) -> dict[str, Any]:
    fields = _said(company, row)
    start, end = fields.pop("runs")
    year = company.today.year
    return fields | {
        "currency": "EUR",
        "starts": None if start is None else date(year + start, 1, 1),
        "ends": None if end is None else date(year + end, 12, 31),
    }


def _point(company: "Company", row: tuple[str, Text, int, Text]) -> dict[str, Any]:
    quadrant, text, impact, evidence = row
    words = {"text": company.say(text), "evidence": company.say(evidence)}
    return {"quadrant": quadrant, "impact": impact, **words}


def _risk(company: "Company", row: dict[str, Any]) -> dict[str, Any]:
    fields = _said(company, row)
    due = company.today + timedelta(days=fields["due"])
    return fields | {"owner": company.people[fields["owner"]], "due": due}


def _said(company: "Company", fields: dict[str, Any]) -> dict[str, Any]:
    """Pairs of texts in the company's language, everything else as it is."""
    return {
        name: company.say(value) if _is_text(value) else value for name, value in fields.items()
    }


def _is_text(value: Any) -> bool:
    return isinstance(value, tuple) and all(isinstance(part, str) for part in value)


def _early_days(company: "Company", plan: Plan) -> None:
    """How far the measures were, week by week, and a fifth objective."""
    start = plan.period_start
    for objective in Objective.objects.of_plan(plan):
        objective.change(by=objective.owner, start=start + timedelta(days=60))
        if objective.unit == "%":
            _check_in(company, objective, days=60, value=24)
            _check_in(company, objective, days=30, value=34)
    kam = company.people["MR"]
    vista = Objective.add_to(
        plan,
        by=kam,
        horizon="mid",
        title=company.say(("Vista in Andino Labs and Medellín", "Vista en Andino Labs y Medellín")),
        owner=kam,
        start=company.today - timedelta(days=40),
        due=date(company.today.year + 1, 6, 30),
        measure=company.say(("Value won", "Valor ganado")),
        unit="EUR",
        target=Decimal(260000),
    )
    Action.add_to(
        vista,
        by=kam,
        title=company.say(
            (
                "Show Felipe Arango the turnaround dashboard",
                "Mostrar a Felipe Arango el tablero de tiempos de informe",
            )
        ),
        owner=kam,
        due=company.today + timedelta(days=16),
    )
    _move(company, plan, back=14)


def _move(company: "Company", plan: Plan, *, back: int) -> None:
    """The security review was due two weeks earlier when the plan was approved."""
    review = Objective.objects.of_plan(plan).get(target=7)
    review.change(by=review.owner, due=review.due - timedelta(days=back))


def _check_in(company: "Company", objective: Objective, *, days: int, value: int) -> None:
    CheckIn.write(
        objective,
        by=objective.owner,
        on=company.today - timedelta(days=days),
        value=Decimal(value),
    )


def _approve(company: "Company", plan: Plan, *, days: int) -> None:
    at = company.at - timedelta(days=days)
    asked = Approval.ask(plan, by=company.people["MR"], at=at - timedelta(days=2))
    plan.refresh_from_db()
    asked.approve(by=company.people["HD"], at=at, seen=fingerprint(frozen(plan)))


def _since_then(company: "Company", plan: Plan) -> None:
    """What the page shows as changed since the approved version."""
    kam = company.people["MR"]
    _move(company, plan, back=-14)
    for objective in Objective.objects.of_plan(plan):
        if objective.unit == "%":
            _check_in(company, objective, days=3, value=41)
    for row in LATER:
        SwotItem.add_to(plan.account, by=kam, **_point(company, row))
    year = FinancialYear.rows().of(plan.account).get(year=company.today.year)
    year.change(by=kam, seen={"margin": year.margin}, margin=Decimal("17.8"))


def _comments(company: "Company", plan: Plan) -> None:
    actions = Action.objects.of_plan(plan.pk)
    for who, minutes, words, text in COMMENTS:
        about = next((a for a in actions if a.title.startswith(company.say(words))), None)
        at = company.at - timedelta(minutes=minutes)
        Comment.write(plan, by=company.people[who], at=at, text=company.say(text), about=about)
