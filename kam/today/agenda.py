"""What needs a person now: late first, then today, then the rest of the week."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from accounts.commerce.periods import site_day
from accounts.models import Account, Contract, Standing, Tier, User
from accounts.stakeholders.relationship_summary import GoingCold, going_cold
from kam.lib.text.dates import is_weekend
from planning.models import Action, Approval
from planning.models.actions import ActionQuerySet
from planning.versions.plan_status import asked_by, waiting_for
from reviews.health.health_summary import course_of, courses
from reviews.models import Review

MOST, CARDS = 30, 5
MINE, TEAM, WATCHED = "mine", "accounts", "watching"


@dataclass(frozen=True)
class AgendaCard:
    """One account in the strip; what is None is not scored. `course` is its health by month."""

    account: Account
    standing: Standing | None
    review: Review | None
    course: list[int]

    @property
    def health(self) -> Decimal | None:
        return self.standing.health if self.standing else None

    @property
    def moved(self) -> int | None:
        """In ninety days."""
        here = self.standing
        if here is None or here.health is None or here.health_before is None:
            return None
        return int(here.health - here.health_before)

    @property
    def course_words(self) -> str:
        return ", ".join(str(point) for point in self.course)

    @property
    def value(self) -> Decimal | None:
        return self.standing.value_now if self.standing else None


@dataclass(frozen=True)
class Agenda:
    day: date
    late: list[Action]
    today: list[Action]
    week: list[Action]
    reviews: list[Review]
    cards: list[AgendaCard]
    unbooked: list[Account]
    # What leads on where nothing is due: no account yet, or one of mine without a plan.
    has_accounts: bool
    planless: Account | None
    cold: GoingCold
    notices: list[Contract]
    approvals: list[Approval]
    asked: list[Approval]
    more: int
    whose: str
    watches: bool

    @property
    def count(self) -> int:
        return len(self.late) + len(self.today) + len(self.week) + self.more

    @property
    def waiting(self) -> int:
        return len(self.approvals) + len(self.asked)

    @property
    def is_weekend(self) -> bool:
        """The week at hand is the coming one."""
        return is_weekend(self.day)


def agenda(user: User, at: datetime, whose: str = MINE) -> Agenda:
    """Bounded lists in a few questions; `more` counts what did not fit.

    `whose` actions: the person's own, all of the accounts they work on, or all of those they watch.
    """
    day = user.today(at)
    return Agenda(
        day=day,
        cold=going_cold(user, at),
        whose=whose if whose in (TEAM, WATCHED) else MINE,
        **_actions(user, whose, day),
        **_accounts(user, at),
        **_waiting(user, day),
    )


def _actions(user: User, whose: str, day: date) -> dict[str, Any]:
    wanted = _moves(user, whose).due_by_end_of_week(day)
    actions = list(wanted.for_list()[:MOST])
    reviews = Review.objects.visible_to(user).coming_this_week(user.zone, day)
    return {
        "late": [action for action in actions if action.due < day],
        "today": [action for action in actions if action.due == day],
        "week": [action for action in actions if action.due > day],
        "more": max(wanted.count() - MOST, 0) if len(actions) == MOST else 0,
        "reviews": list(reviews.in_order().for_list()[:MOST]),
        "watches": Account.objects.visible_to(user).watched_by(user).exists(),
    }


def _accounts(user: User, at: datetime) -> dict[str, Any]:
    """Those the person works on; a card for the first, with its figures and its course."""
    mine = Account.objects.visible_to(user).of_team(user).active().by_name()
    accounts = list(mine.select_related("standing")[:MOST])
    shown = accounts[:CARDS]
    coming = Review.objects.visible_to(user).first_of(accounts, at)
    booked = {review.account_id: review for review in coming}
    known = courses(course_of([account.pk for account in shown], user, site_day(at)))
    return {
        "cards": [
            AgendaCard(a, getattr(a, "standing", None), booked.get(a.pk), known.get(a.pk, []))
            for a in shown
        ],
        "unbooked": [account for account in accounts if account.pk not in booked],
        "has_accounts": bool(accounts),
        "planless": next((a for a in accounts if _lacks_plan(a)), None),
    }


def _lacks_plan(account: Account) -> bool:
    """Only a key account is expected to have one; while nobody counted, nobody judges."""
    standing = getattr(account, "standing", None)
    return bool(account.tier == Tier.KEY and standing and not standing.plan_state)


def _waiting(user: User, day: date) -> dict[str, Any]:
    notices = Contract.objects.visible_to(user).led_by(user).notice_near(day).for_page()
    return {
        "approvals": list(waiting_for(user)),
        "asked": list(asked_by(user)),
        "notices": list(notices[:MOST]),
    }


def _moves(user: User, whose: str) -> ActionQuerySet:
    actions, accounts = Action.objects.visible_to(user).open(), Account.objects.active()
    if whose == TEAM:
        return actions.of_accounts(accounts.of_team(user))
    if whose == WATCHED:
        return actions.of_accounts(accounts.watched_by(user))
    return actions.owned_by(user)
