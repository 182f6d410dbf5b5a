"""What a manager must know this week, gathered in a few set queries. No words, no HTML."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q

from accounts.models import Account, User
from accounts.models.team import Role
from planning.models import Action
from reviews.models import Decision, Review
from reviews.models.review import State

WEEK = timedelta(days=7)
MISSED_BACK = timedelta(days=60)
MOST_ROWS = 25
MOST_YOURS = 8
MOST_LATE = 12


@dataclass(frozen=True)
class AccountRow:
    account: Account
    next_review: Review | None
    missed: Review | None
    late: int

    @property
    def state(self) -> str:
        return "risk" if self.missed else "watch" if self.late or not self.next_review else "good"


@dataclass(frozen=True)
class LatePerson:
    person: User
    actions: list[Action]

    @property
    def oldest(self) -> Action:
        return self.actions[0]


@dataclass(frozen=True)
class Digest:
    reader: User
    at: datetime
    day: date
    accounts: list[AccountRow] = field(default_factory=list)
    hidden_accounts: int = 0
    own_actions: list[Action] = field(default_factory=list)
    held: list[Review] = field(default_factory=list)
    missed: list[Review] = field(default_factory=list)
    coming: list[Review] = field(default_factory=list)
    late: list[Action] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)

    @property
    def week(self) -> int:
        return self.day.isocalendar().week

    @property
    def missed_lately(self) -> int:
        """Those of the last seven days: what `due` counts."""
        return sum(review.starts_at >= self.at - WEEK for review in self.missed)

    @property
    def due(self) -> int:
        return len(self.held) + self.missed_lately

    @property
    def needing(self) -> list[Account]:
        """The accounts on which the reader has something to do or to decide."""
        found = [a.account for a in self.own_actions] + [r.account for r in self.missed]
        return list(dict.fromkeys(found))

    @property
    def late_by_person(self) -> list[LatePerson]:
        """Who is behind, most actions first; each with the longest late one first."""
        found: dict[User, list[Action]] = defaultdict(list)
        for action in self.late:
            found[action.owner].append(action)
        people = [LatePerson(person, actions) for person, actions in found.items()]
        return sorted(people, key=lambda p: (-len(p.actions), p.oldest.due, p.person.name))[
            :MOST_LATE
        ]

    @property
    def is_quiet(self) -> bool:
        """Nothing happened, nothing is late, nothing is coming."""
        return not (
            self.own_actions
            or self.held
            or self.missed
            or self.coming
            or self.late
            or self.decisions
        )


def watched_accounts(user: User) -> list[Account]:
    """Those of the KAMs below the person, those they sponsor, and their own."""
    below = Q(memberships__role=Role.KAM, memberships__user__above__manager=user)
    own = Q(memberships__role__in=[Role.KAM, Role.SPONSOR], memberships__user=user)
    watched = Account.objects.filter(below | own).values("pk")
    return list(Account.objects.visible_to(user).active().filter(pk__in=watched).by_name())


def gather(user: User, at: datetime) -> Digest | None:
    """The digest as of `at`, or None when the person watches over nothing any more."""
    accounts = watched_accounts(user)
    if not accounts:
        return None
    ids = [account.pk for account in accounts]
    day = user.today(at)
    reviews = _reviews(user, ids, at)
    actions = Action.objects.visible_to(user).open().filter(account__in=ids)
    late = list(actions.due_before(day).for_list())
    missed = [r for r in reviews if r.is_missed]
    coming = [r for r in reviews if r.state == State.SCHEDULED and at < r.starts_at < at + WEEK]
    return Digest(
        reader=user,
        at=at,
        day=day,
        accounts=_rows(accounts, user, at, missed, late)[:MOST_ROWS],
        hidden_accounts=max(0, len(accounts) - MOST_ROWS),
        own_actions=list(actions.owned_by(user).due_by_end_of_week(day).for_list()[:MOST_YOURS]),
        held=[r for r in reviews if r.is_held],
        missed=missed,
        coming=coming,
        late=late,
        decisions=list(
            Decision.objects.visible_to(user).made_since(at - WEEK).filter(account__in=ids)
        ),
    )


def _reviews(user: User, ids: list[int], at: datetime) -> list[Review]:
    lately = Q(state=State.HELD, starts_at__gte=at - WEEK, starts_at__lt=at)
    missed = Q(state=State.MISSED, starts_at__gte=at - MISSED_BACK)
    coming = Q(state=State.SCHEDULED, starts_at__gt=at, starts_at__lt=at + WEEK)
    found = Review.objects.visible_to(user).filter(lately | missed | coming, account__in=ids)
    return list(found.for_list().in_order())


def _rows(
    accounts: list[Account], user: User, at: datetime, missed: list[Review], late: list[Action]
) -> list[AccountRow]:
    """Those that need somebody first."""
    ids = [account.pk for account in accounts]
    following = Review.objects.visible_to(user).coming(at).filter(account__in=ids)
    first = following.order_by("account", "starts_at").distinct("account")
    next_of = {review.account_id: review for review in first.select_related("series")}
    missed_of = {review.account_id: review for review in missed}
    late_of: dict[int, int] = defaultdict(int)
    for action in late:
        late_of[action.account_id] += 1
    rows = [AccountRow(a, next_of.get(a.pk), missed_of.get(a.pk), late_of[a.pk]) for a in accounts]
    rank = {"risk": 0, "watch": 1, "good": 2}
    return sorted(rows, key=lambda row: (rank[row.state], -row.late, row.account.name))
