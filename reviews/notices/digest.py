"""What a manager must know this week, gathered in a few set queries. No words, no HTML."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.commerce.periods import site_day
from accounts.models import Account, Contract, Tier, User
from accounts.models.standing import parts_words
from kam.lib.charts.charts import state_of
from planning.models import Action, Approval, Risk
from planning.plan.freshness import StalePlan, stale_plans
from reviews.calendar.overdue_counts import Lateness, lateness
from reviews.health.health_explanation import reasons
from reviews.models import Decision, Reading, Review
from reviews.models.review import ReviewState
from reviews.portfolio.deal_changes import Deals, deals, new_risks

WEEK = timedelta(days=7)
MISSED_BACK = timedelta(days=60)
# From the worst mark to the best.
RANKS = ["risk", "watch", "good"]


@dataclass(frozen=True)
class AccountRow:
    """`now` and `before` are the readings of today and of a week ago, where there are any."""

    account: Account
    now: Reading | None
    before: Reading | None
    lost: list[str]
    next_review: Review | None
    missed: Review | None
    late: int
    # A plan of it waits for the reader, and so many of the reader's own actions are due.
    plan_waits: bool = False
    own_actions: int = 0

    @property
    def health(self) -> int | None:
        """None while it is not scored."""
        return self.now.health if self.now else None

    @property
    def rests_on(self) -> str:
        """ "3 of 6 parts", where it is scored."""
        if self.now is None or self.now.health is None:
            return ""
        return parts_words(len(self.now.sum.scored), len(self.now.sum.weighed))

    @property
    def moved(self) -> int | None:
        """Whole points within the week; None where one of both is not scored."""
        before = self.before.health if self.before else None
        return None if self.health is None or before is None else self.health - before

    @property
    def why(self) -> list[str]:
        """What moved it, in the language of whoever reads it now."""
        return reasons(self.before, self.now, self.lost) if self.moved else []  # type: ignore[arg-type]  # both are there when it moved

    @property
    def mark(self) -> str:
        """The worse of the health, where it is scored, and of what calls for a look."""
        health = state_of(self.health) if self.health is not None else "good"
        return min(health, self.state, key=RANKS.index)

    @property
    def needs(self) -> list[str]:
        """What the reader has to look at or to decide, in words; the subject counts these rows."""
        said = [
            (self.plan_waits, _("its plan waits for your word")),
            (self.missed is not None, _("a review was missed")),
            (self.own_actions > 0, _("an action of yours is due")),
            (
                self.health is not None and state_of(self.health) == "risk",
                _("its health is at risk"),
            ),
        ]
        return [words for holds, words in said if holds]

    @property
    def lacks_review(self) -> bool:
        """Only key accounts are expected to have the next one booked."""
        return self.next_review is None and self.account.tier == Tier.KEY

    @property
    def state(self) -> str:
        return "risk" if self.missed else "watch" if self.late or self.lacks_review else "good"


@dataclass(frozen=True)
class Waiting:
    """A plan that waits for approval; `mine` when the reader may decide."""

    approval: Approval
    days: int
    mine: bool


@dataclass(frozen=True)
class Digest:
    reader: User
    at: datetime
    day: date
    accounts: list[AccountRow]
    waiting: list[Waiting] = field(default_factory=list)
    stale: list[StalePlan] = field(default_factory=list)
    own_actions: list[Action] = field(default_factory=list)
    held: list[Review] = field(default_factory=list)
    missed: list[Review] = field(default_factory=list)
    coming: list[Review] = field(default_factory=list)
    late: Lateness = field(default_factory=Lateness)
    deals: Deals = field(default_factory=lambda: Deals([], [], []))
    risks: list[Risk] = field(default_factory=list)
    notices: list[Contract] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)

    @property
    def week(self) -> int:
        return self.day.isocalendar().week

    @property
    def uneasy(self) -> list[AccountRow]:
        """The accounts that moved or call for a look; the others are only counted."""
        return [row for row in self.accounts if row.moved or row.needs or row.mark != "good"]

    @property
    def has_health(self) -> bool:
        return any(row.health is not None for row in self.uneasy)

    @property
    def at_ease(self) -> int:
        return len(self.accounts) - len(self.uneasy)

    @property
    def missed_lately(self) -> int:
        """Those of the last seven days: what `due` counts."""
        return sum(review.starts_at >= self.at - WEEK for review in self.missed)

    @property
    def due(self) -> int:
        return len(self.held) + self.missed_lately

    @property
    def to_decide(self) -> list[Waiting]:
        return [waiting for waiting in self.waiting if waiting.mine]

    @property
    def needing(self) -> list[AccountRow]:
        """The rows that say what the reader has to look at or to decide."""
        return [row for row in self.accounts if row.needs]

    @property
    def is_quiet(self) -> bool:
        """Nothing happened, nothing is late, nothing waits, nothing is coming."""
        return not (
            self.waiting or self.stale or self.own_actions or self.held or self.missed
            or self.coming or self.late or self.deals.count or self.risks or self.decisions or self.notices
            or self.needing or any(row.moved for row in self.accounts)
        )  # fmt: skip


def watched_accounts(user: User) -> list[Account]:
    """Those of the KAMs below the person, those they sponsor, and their own."""
    return list(Account.objects.visible_to(user).active().watched_by(user).by_name())


def gather(user: User, at: datetime) -> Digest | None:
    """The digest as of `at`, or None when the person watches over nothing any more.

    What the reader may see was asked once, with the accounts; the rest is of those accounts.
    """
    accounts = watched_accounts(user)
    if not accounts:
        return None
    ids, day, since = [account.pk for account in accounts], user.today(at), at - WEEK
    waiting = _waiting(user, ids, day)
    reviews = _reviews(ids, at)
    actions = Action.objects.open().filter(account__in=ids)
    late = lateness(ids, day)
    missed = [r for r in reviews if r.is_missed]
    news = deals(ids, since, at, day)
    own = list(actions.owned_by(user).due_by_end_of_week(day).for_list())
    rows = _rows(accounts, at, missed, late, news)
    return Digest(
        reader=user,
        at=at,
        day=day,
        accounts=sorted((_asking(row, waiting, own) for row in rows), key=_urgency),
        waiting=waiting,
        stale=stale_plans(accounts, day),
        own_actions=own,
        held=[r for r in reviews if r.is_held],
        missed=missed,
        coming=[r for r in reviews if r.state == ReviewState.SCHEDULED],
        late=late,
        deals=news,
        risks=new_risks(ids, since, at),
        notices=list(Contract.objects.of_accounts(ids).notice_near(day).for_page()),
        decisions=list(Decision.objects.made_since(since).filter(account__in=ids)),
    )


def _reviews(ids: list[int], at: datetime) -> list[Review]:
    lately = Q(state=ReviewState.HELD, held_at__gte=at - WEEK, held_at__lte=at)
    missed = Q(state=ReviewState.MISSED, starts_at__gte=at - MISSED_BACK)
    coming = Q(state=ReviewState.SCHEDULED, starts_at__gt=at, starts_at__lt=at + WEEK)
    found = Review.objects.filter(lately | missed | coming, account__in=ids)
    return list(found.select_related("account", "series__owner").in_order())


def _waiting(user: User, ids: list[int], day: date) -> list[Waiting]:
    """The longest waiting first."""
    waiting = list(Approval.objects.waiting().filter(account__in=ids).for_list())
    if not waiting:
        return []
    mine = set(Approval.objects.editable_by(user).waiting().values_list("pk", flat=True))
    return [Waiting(a, (day - user.today(a.asked_at)).days, a.pk in mine) for a in waiting]


def _rows(
    accounts: list[Account], at: datetime, missed: list[Review], late: Lateness, lost: Deals
) -> list[AccountRow]:
    ids, day = [account.pk for account in accounts], site_day(at)
    readings = Reading.objects.of_accounts(ids)
    now_of = {reading.account_id: reading for reading in readings.as_of(day)}
    before_of = {reading.account_id: reading for reading in readings.as_of(day - WEEK)}
    next_of = Review.objects.next_of(accounts, at)
    missed_of = {review.account_id: review for review in missed}
    lost_of: dict[int, list[str]] = defaultdict(list)
    for deal in lost.lost:
        lost_of[deal.account_id].append(deal.title)
    return [
        AccountRow(
            account=account,
            now=now_of.get(account.pk),
            before=before_of.get(account.pk),
            lost=lost_of[account.pk],
            next_review=next_of.get(account.pk),
            missed=missed_of.get(account.pk),
            late=late.of_accounts[account.pk],
        )
        for account in accounts
    ]


def _asking(row: AccountRow, waiting: list[Waiting], own: list[Action]) -> AccountRow:
    pk = row.account.pk
    return replace(
        row,
        plan_waits=any(w.mine and w.approval.account_id == pk for w in waiting),
        own_actions=sum(action.account_id == pk for action in own),
    )


def _urgency(row: AccountRow) -> tuple[bool, int, int, int, str]:
    """Those that need the reader first, then those that fell furthest, then the worse marks."""
    return (
        not row.needs,
        min(row.moved or 0, 0),
        RANKS.index(row.mark),
        -row.late,
        row.account.name,
    )
