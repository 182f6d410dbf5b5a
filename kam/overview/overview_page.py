"""What the overview of an account says: plan, next moves, next review, what was decided."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from accounts.commerce.account_value import AccountValue, value_of
from accounts.commerce.periods import site_day
from accounts.models import Account, Membership, User
from accounts.stakeholders.relationship_summary import RelationshipSummary, relations
from kam.lib.together import Asking, first, together
from planning.business.business_summary import Glance, glance, gravest_risks
from planning.models import Action, Objective, Plan, Risk
from planning.plan.plan_structure import PlanStructure, plan_structure_of
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
    """Of an account that the person may see: the same few questions whatever it holds."""
    day = user.today(at)
    own, people, score, value, business = together(
        _own(account, day, at),
        relations(account, user, at),
        health_summary(account, user, site_day(at)),
        value_of(account, at),
        glance(account, day),
    )
    return Summary(
        day=day, relations=people, health_summary=score, value=value, business=business, **own
    )


def _own(account: Account, day: date, at: datetime) -> Asking[dict[str, Any]]:
    reviews = Review.objects.of_account(account).select_related("series")
    plans, moves, coming, held, risks, team = yield [
        Plan.objects.of(account).current(day)[:1],
        Action.objects.of_account(account).open().for_list()[:NEXT_MOVES],
        reviews.coming(at)[:1],
        reviews.held()[:1],
        gravest_risks(account),
        Membership.objects.of_account(account).in_order(),
    ]
    account.team = team
    plan, plan_structure = first(plans), None
    if plan:
        (objectives,) = yield [Objective.objects.of_plan(plan).with_actions()]
        plan_structure = plan_structure_of(objectives, day)
    return {
        "plan": plan,
        "plan_structure": plan_structure,
        "next_moves": moves,
        "next_review": first(coming),
        "last_review": first(held),
        "risks": risks,
    }
