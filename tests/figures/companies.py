"""Twelve awkward companies, each with two managers above its KAM: one reads English, one Spanish."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from accounts.models import Account, Management, Membership, User
from planning.models import Approval, Plan
from planning.versions.version_data import fingerprint, frozen
from tests.base import MONDAY, TODAY
from tests.factories import (
    make_account,
    make_action,
    make_assessment,
    make_interaction,
    make_objective,
    make_plan,
    make_site,
    make_stakeholder,
    make_user,
)
from tests.money import make_opportunity, make_rate, make_receivable, make_revenue, month_back


@dataclass(frozen=True)
class Company:
    """`readers` by language; `beside` are other accounts of the same KAM."""

    key: str
    account: Account
    kam: User
    plan: Plan
    readers: dict[str, User]


def draw_up() -> dict[str, Company]:
    """All of them, as of MONDAY."""
    make_site(fiscal_month=7)
    made = {key: _company(key, fill) for key, fill in COMPANIES.items()}
    Management.objects.rebuild()
    return made


def _company(key: str, fill: Callable[[Company], None]) -> Company:
    english = make_user(f"Eve{key} Stone", language="en", region="en-GB")
    spanish = make_user(f"Ana{key} Ruiz", manager=english, language="es", region="es-MX")
    kam = make_user(f"Kim{key} Lund", manager=spanish)
    account = _account(f"Firm {key}", kam)
    readers = {"en": english, "es": spanish}
    company = Company(key, account, kam, make_plan(account), readers)
    fill(company)
    return company


def _account(name: str, kam: User, **changes: object) -> Account:
    account = make_account(name, **changes)
    Membership.objects.create(account=account, user=kam, role="kam", right="lead")
    return account


def _two_years(account: Account, now: int, before: int, first: int = 24, **more: object) -> None:
    """Monthly amounts; `first` is how many months back the books begin."""
    for back in range(1, first + 1):
        make_revenue(account, month_back(TODAY, back), now if back <= 12 else before, **more)


def _people(company: Company, *, known_for: int = 400) -> None:
    """One warm, one cold, one who is against us and nobody has met; weights 4, 2 and 1."""
    since, kam = MONDAY - timedelta(days=known_for), company.kam
    for name, influence, cadence, disposition, met in [
        ("Paola Herrera", "high", 30, 1, [5, 40, 75]),
        ("Rodrigo Salas", "medium", 45, 0, [60]),
        ("Uma Diaz", "low", 120, -1, []),
    ]:
        facts = {"influence": influence, "cadence": cadence, "owed_since": since}
        person = make_stakeholder(company.account, name, **facts)
        make_assessment(person, disposition, by=kam, on=TODAY - timedelta(days=80))
        for days in met:
            make_interaction(person, by=kam, at=MONDAY - timedelta(days=days))


def _work(company: Company, current: int = 30) -> None:
    """An objective with a measure, begun on 1 January and due in July; and one without."""
    measured = make_objective(
        company.plan, owner=company.kam, title="Seats", measure="seats", baseline=10, target=60,
        current=current, start=date(2026, 1, 1), due=date(2027, 6, 30), priority=2,
    )  # fmt: skip
    make_action(measured, owner=company.kam)
    plain = make_objective(
        company.plan, owner=company.kam, position=2, priority=1, start=date(2026, 6, 1)
    )
    make_action(plain, owner=company.kam, done_at=MONDAY - timedelta(days=9))
    make_action(plain, owner=company.kam, title="Ask the VP", position=2)


def first_week(company: Company) -> None:
    """Everything was imported on Thursday: nobody owes anything yet."""
    _people_without_contacts(company)
    _two_years(company.account, 900, 700)


def _people_without_contacts(company: Company) -> None:
    since = MONDAY - timedelta(days=4)
    for name, cadence in (("Paola Herrera", 30), ("Rodrigo Salas", 21)):
        make_stakeholder(company.account, name, cadence=cadence, owed_since=since)


def eleven_of_twelve(company: Company) -> None:
    """Exactly 24 months, the one that runs among them: 23 full ones, so that eleven pair."""
    _two_years(company.account, 1123, 1000, first=23)
    make_revenue(company.account, month_back(TODAY, 0), 99_999)
    _people(company)
    _work(company)


def no_revenue(company: Company) -> None:
    _people(company)
    _work(company)


def one_year_only(company: Company) -> None:
    _two_years(company.account, 5000, 0, first=12)
    _people(company)


def negative_months(company: Company) -> None:
    """More was given back than bought, in three months of the last year; and invoices are late."""
    for back in range(1, 25):
        facts = {"revenue": 2000 if back <= 12 else 1300}
        if back in (2, 5, 7):
            facts = {"revenue": 0, "rebates": 2500}
        make_revenue(company.account, month_back(TODAY, back), **facts)
    make_receivable(company.account, "R-1", 300, TODAY + timedelta(days=20))
    make_receivable(company.account, "R-2", 100, TODAY - timedelta(days=20))
    _people(company)
    _work(company)


def without_a_rate(company: Company) -> None:
    """The books are in another currency of which no rate is stored; the account's own has one."""
    Account.objects.filter(pk=company.account.pk).update(currency="USD")
    company.account.refresh_from_db()
    make_rate("USD", date(2020, 1, 1), "0.8")
    _two_years(company.account, 10_000, 8_000, currency="COP")
    _people(company)
    _work(company)


def one_of_99_percent(company: Company) -> None:
    _two_years(company.account, 99_000, 90_000)
    _two_years(_account("Tiny of 99", company.kam), 1_000, 2_000)
    _people(company)
    _work(company)


def archived(company: Company) -> None:
    """Who left, and was archived, counts in what was kept; not among the accounts of the list."""
    _two_years(company.account, 3_000, 3_000)
    left = _account("Left of archived", company.kam)
    for back in range(13, 25):
        make_revenue(left, month_back(TODAY, back), 1_000)
    left.archive(by=company.kam, at=MONDAY)
    _people(company)


def everything_dropped(company: Company) -> None:
    _two_years(company.account, 4_000, 4_400)
    _people(company)
    _work(company)
    for objective in company.plan.objectives.all():
        objective.drop(reason="No budget", by=company.kam, at=MONDAY)


def approved_without_change(company: Company) -> None:
    _two_years(company.account, 6_300, 6_000)
    _people(company)
    _work(company, current=60)
    asked = Approval.ask(company.plan, by=company.kam, at=MONDAY - timedelta(days=3))
    boss, seen = company.readers["es"], fingerprint(frozen(company.plan))
    asked.approve(by=boss, at=MONDAY - timedelta(days=2), seen=seen)


def hidden_child(company: Company) -> None:
    """The child belongs to somebody else's KAM: it neither shows nor counts."""
    _two_years(company.account, 8_000, 7_000)
    stranger = make_user("Stranger Strand")
    child = _account("Hidden child", stranger, parent=company.account)
    _two_years(child, 50_000, 10_000)
    _people(company)


def fiscal_july(company: Company) -> None:
    """The site's year begins in July: what was won in June is of the year before."""
    _two_years(company.account, 7_000, 7_700)
    for title, value, closed in (("June", 111_000, 160), ("August", 222_000, 100)):
        at = MONDAY - timedelta(days=closed)
        facts = {"title": title, "state": "won", "closed_at": at}
        make_opportunity(company.account, Decimal(value), owner=company.kam, **facts)
    _people(company)


COMPANIES: dict[str, Callable[[Company], None]] = {
    made.__name__.replace("_", ""): made
    for made in (
        first_week, eleven_of_twelve, no_revenue, one_year_only, negative_months, without_a_rate,
        one_of_99_percent, archived, everything_dropped, approved_without_change, hidden_child,
        fiscal_july,
    )
}  # fmt: skip
