"""What the overview of an account says: plan, next moves, next review, what was decided."""

from dataclasses import dataclass
from datetime import date, datetime

from accounts.commerce.account_value import AccountValue, account_value
from accounts.commerce.periods import site_day
from accounts.models import Account, User
from accounts.stakeholders.relationship_summary import RelationshipSummary, relations
from planning.business.business_summary import Glance, glance, gravest_risks
from planning.models import Action, Objective, Plan, Risk
from planning.plan.plan_structure import PlanStructure, plan_structure
from reviews.health.health_summary import HealthSummary, health_summary
from reviews.models import Review

NEXT_MOVES = 6


@dataclass(frozen=True)
class Summary:
    day: date
    plan: Plan | None
    plan_structure: PlanStructure | None
    next_moves: list[Action]
    next_review: Review | None
    last_review: Review | None
    relations: RelationshipSummary
    health_summary: HealthSummary
    value: AccountValue
    business: Glance
    risks: list[Risk]

    @property
    def objectives(self) -> list[Objective]:
        parts = self.plan_structure.horizons if self.plan_structure else []
        return [objective for part in parts for objective in part.objectives]


def summary(account: Account, user: User, at: datetime) -> Summary:
    """Of an account that the person may see: the same questions whatever it holds."""
    day = user.today(at)
    reviews = Review.objects.of_account(account).select_related("series")
    plan = Plan.objects.of(account).current(day).first()
    return Summary(
        day=day,
        plan=plan,
        plan_structure=plan_structure(plan, day) if plan else None,
        next_moves=list(Action.objects.of_account(account).open().for_list()[:NEXT_MOVES]),
        next_review=reviews.coming(at).first(),
        last_review=reviews.held().first(),
        relations=relations(account, user, at),
        health_summary=health_summary(account, user, site_day(at)),
        value=account_value(account, at),
        business=glance(account, day),
        risks=list(gravest_risks(account)),
    )
