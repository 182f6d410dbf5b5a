"""A programme of many accounts, straight into the tables."""

from datetime import date, datetime, timedelta
from itertools import islice

from django.utils.timezone import now

from accounts.models import Account, Management, Membership, Opportunity, Revenue, User
from accounts.models.standing import refresh
from planning.models import Action, Objective, Plan
from reviews.models import Review, Series
from tests.bench.contacts import meet
from tests.money import month_back

OBJECTIVES, ACTIONS = 6, 3  # actions for each objective: 18 a plan
MONTHS, OPPORTUNITIES = 24, 5
KAMS = 20
BATCH = 5000
PASSWORD = "a password of the bench"


def fill(accounts: int) -> User:
    """So many accounts in all, each with a plan of 6 objectives and 18 actions, 24 months of
    revenue, 5 opportunities, 10 stakeholders and 20 interactions; returns a KAM of 5 % of them."""
    today = now().date()
    people = _people()
    first = Account.objects.filter(industry="Energy").count()
    made = Account.objects.bulk_create(
        Account(name=f"Account {n:05d}", industry="Energy", city="Lima", tier="key")
        for n in range(first, accounts)
    )
    Membership.objects.bulk_create(
        (
            Membership(account=account, user=user, role=role, right=right)
            for n, account in enumerate(made)
            for user, role, right in _team(people, n)
        ),
        batch_size=BATCH,
    )
    plans = Plan.objects.bulk_create(
        Plan(
            account=a, period_start=date(today.year, 1, 1), period_end=date(today.year + 1, 12, 31)
        )
        for a in made
    )
    _strategy(plans, people, today)
    _money(made, people, today)
    meet(made, people, now())
    refresh([account.pk for account in made], at=now())
    return people[0]


def _money(accounts: list[Account], people: list[User], today: date) -> None:
    months = [month_back(today, n) for n in range(1, MONTHS + 1)]
    Revenue.objects.bulk_create(
        (
            Revenue(account=a, month=month, revenue=1000 + n * 7 % 500, rebates=0, currency="EUR")
            for n, a in enumerate(accounts)
            for month in months
        ),
        batch_size=BATCH,
    )
    Opportunity.objects.bulk_create(
        (
            Opportunity(
                account=a, title=f"Opportunity {n}", owner=people[(a.pk + n) % KAMS], value=5000,
                currency="EUR", probability=50, expected=today + timedelta(days=30 * n + 10),
            )
            for a in accounts
            for n in range(OPPORTUNITIES)
        ),
        batch_size=BATCH,
    )  # fmt: skip


def _people() -> list[User]:
    known = User.objects.filter(email__startswith="kam", email__endswith="@bench.example")
    if known.exists():
        return list(known.order_by("pk"))
    manager = User.objects.create_user("manager@bench.example", None, name="Manager")
    people = [
        User.objects.create_user(
            f"kam{n}@bench.example", PASSWORD, name=f"Person {n}", manager=manager
        )
        for n in range(KAMS)
    ]
    Management.objects.rebuild()
    return people


def _team(people: list[User], n: int) -> list[tuple[User, str, str]]:
    kam, sponsor, helper = (people[(n + step) % KAMS] for step in range(3))
    return [(kam, "kam", "lead"), (sponsor, "sponsor", "view"), (helper, "sales", "edit")]


def _strategy(plans: list[Plan], people: list[User], today: date) -> None:
    objectives = [
        Objective(
            account_id=plan.account_id, plan=plan, horizon=("short", "mid", "long")[n % 3],
            title=f"Objective {n} of the plan", owner=people[n % KAMS], position=n,
            due=today + timedelta(days=30 * (n + 1)), measure="Seats", target=100, current=10 * n,
        )
        for plan in plans
        for n in range(OBJECTIVES)
    ]  # fmt: skip
    Objective.objects.bulk_create(objectives, batch_size=BATCH)
    rows = (
        Action(
            account_id=objective.account_id, objective=objective, position=n,
            title=f"Action {n} of the objective", owner=people[(objective.pk + n) % KAMS],
            due=today + timedelta(days=7 * n - 10),
        )
        for objective in objectives
        for n in range(ACTIONS)
    )  # fmt: skip
    while batch := list(islice(rows, BATCH)):
        Action.objects.bulk_create(batch)


def book_reviews(kam: User, at: datetime, most: int = 50) -> None:
    """A weekly review of some accounts, so that today and the reviews page have rows."""
    if Series.objects.filter(owner=kam).exists():
        return
    for account in Account.objects.of_team(kam).by_name()[:most]:
        start = datetime.combine(at.date(), datetime.min.time()) + timedelta(days=1, hours=10)
        Series.schedule(
            account, by=kam, at=at, attendees=[kam], kind="internal", rule="FREQ=WEEKLY",
            starts=start, time_zone=kam.time_zone, length=30, owner=kam,
        )  # fmt: skip
    assert Review.objects.exists()
