"""What needs a person now: late first, then today, then the rest of the week."""

from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import Account, User
from planning.models import Action
from reviews.models import Review

MOST = 30


@dataclass(frozen=True)
class Agenda:
    day: date
    late: list[Action]
    today: list[Action]
    week: list[Action]
    reviews: list[Review]
    accounts: list[Account]
    unbooked: list[Account]
    more: int

    @property
    def count(self) -> int:
        return len(self.late) + len(self.today) + len(self.week) + self.more


def agenda(user: User, at: datetime) -> Agenda:
    """Bounded lists in a few queries; `more` counts what did not fit."""
    day = user.today(at)
    mine = Action.objects.visible_to(user).open().owned_by(user).due_by_end_of_week(day)
    actions = list(mine.for_list()[:MOST])
    accounts = list(Account.objects.visible_to(user).of_team(user).active().by_name()[:MOST])
    booked = set(Review.objects.visible_to(user).coming(at).values_list("account_id", flat=True))
    return Agenda(
        day=day,
        late=[action for action in actions if action.due < day],
        today=[action for action in actions if action.due == day],
        week=[action for action in actions if action.due > day],
        reviews=list(
            Review.objects.visible_to(user).coming_this_week(user.zone, day).for_list()[:MOST]
        ),
        accounts=accounts,
        unbooked=[account for account in accounts if account.pk not in booked],
        more=max(mine.count() - MOST, 0) if len(actions) == MOST else 0,
    )
