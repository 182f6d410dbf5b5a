"""What the overview of an account says: plan, next moves, next review, what was decided."""

from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import Account, User
from accounts.periods import house_day
from accounts.relations import Relations, relations
from accounts.value import AccountValue, account_value
from planning.business import Glance, glance, gravest_risks
from planning.models import Action, Objective, Plan, Risk
from planning.outline import Outline, outline
from reviews.models import Review
from reviews.vitals import Vitals, vitals

NEXT_MOVES = 6


@dataclass(frozen=True)
class Summary:
    day: date
    plan: Plan | None
    outline: Outline | None
    next_moves: list[Action]
    next_review: Review | None
    last_review: Review | None
    relations: Relations
    vitals: Vitals
    value: AccountValue
    business: Glance
    risks: list[Risk]

    @property
    def objectives(self) -> list[Objective]:
        parts = self.outline.horizons if self.outline else []
        return [objective for part in parts for objective in part.objectives]


def summary(account: Account, user: User, at: datetime) -> Summary:
    """The same few queries whatever the account holds."""
    day = user.today(at)
    plan = Plan.objects.visible_to(user).of(account).current(day).first()
    reviews = Review.objects.visible_to(user).of_account(account)
    return Summary(
        day=day,
        plan=plan,
        outline=outline(plan, day) if plan else None,
        next_moves=list(Action.objects.of_account(account).open().for_list()[:NEXT_MOVES]),
        next_review=reviews.coming(at).first(),
        last_review=reviews.held().first(),
        relations=relations(account, user, at),
        vitals=vitals(account, user, house_day(at)),
        value=account_value(account, at),
        business=glance(account, day),
        risks=gravest_risks(account),
    )
