"""The figures once more, from the raw rows and in plain Python: nothing of the app's is used.

Read beside "Calculations" of the product. Money is in the account's own currency unless said.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from accounts.models import (
    Account,
    Assessment,
    ExchangeRate,
    Interaction,
    Opportunity,
    Receivable,
    Revenue,
    Stakeholder,
)
from planning.models import Action, Objective
from tests.base import MONDAY, TODAY
from tests.money import BERLIN, month_back

WEIGHTS = {"high": 4, "medium": 2, "low": 1}
HEALTH = {"coverage": 25, "engagement": 20, "progress": 15, "commercial": 15}
NOT_YET = {"loyalty": 15, "issues": 10}
LAST = [month_back(TODAY, back) for back in range(1, 13)]


@dataclass(frozen=True)
class Computed:
    """None is not scored. Shares are of 1, scores of 100."""

    value: Fraction | None
    value_reporting: Fraction | None
    pairs: int
    growth: Fraction | None
    parts: dict[str, Fraction | None]
    won_this_year: int

    @property
    def scored(self) -> int:
        return sum(score is not None for score in self.parts.values())

    @property
    def health(self) -> int | None:
        weight = sum(HEALTH[key] for key, score in self.parts.items() if score is not None)
        if 2 * weight < sum(HEALTH.values()) + sum(NOT_YET.values()):
            return None
        scored = {key: score for key, score in self.parts.items() if score is not None}
        points = sum((HEALTH[key] * tenth(score) for key, score in scored.items()), Fraction(0))
        return half_up(points / weight)


def half_up(number: Fraction) -> int:
    return int(number + Fraction(1, 2)) if number >= 0 else -half_up(-number)


def tenth(number: Fraction) -> Fraction:
    """Parts are kept with one decimal."""
    return Fraction(half_up(number * 10), 10)


def computed(account: Account) -> Computed:
    sums, growth_rate = by_month(account), growth_of([account])
    booked = [sums[month] for month in LAST if month in sums]
    now = [amount for amount in booked if amount is not None]
    value = sum(now, Fraction(0)) if now and len(now) == len(booked) else None
    rate = rate_of(account.currency, LAST[0])
    return Computed(
        value=value,
        value_reporting=None if value is None or rate is None else value * rate,
        pairs=len(pairs_of([account])),
        growth=growth_rate,
        parts={
            "coverage": coverage(account),
            "engagement": engagement(account),
            "progress": progress(account),
            "commercial": commercial(account, growth_rate),
        },
        won_this_year=won_since_july(account),
    )


# --- Money -----------------------------------------------------------------------------------


def rate_of(currency: str, month: date) -> Fraction | None:
    """Into euros: the newest one of that month or before."""
    if currency == "EUR":
        return Fraction(1)
    rows = [r for r in ExchangeRate.objects.filter(currency=currency) if r.month <= month]
    return Fraction(max(rows, key=lambda r: r.month).rate) if rows else None


def by_month(account: Account, into: str = "") -> dict[date, Fraction | None]:
    """Net of rebates; None where a rate is missing."""
    found: dict[date, Fraction | None] = {}
    wanted = into or account.currency
    for row in Revenue.objects.filter(account=account, revenue__isnull=False):
        net = Fraction(row.revenue or 0) - Fraction(row.rebates)
        if row.currency != wanted:
            rates = rate_of(row.currency, row.month), rate_of(wanted, row.month)
            if rates[0] is None or rates[1] is None:
                found[row.month] = None
                continue
            net *= rates[0] / rates[1]
        so_far = found.get(row.month, Fraction(0))
        found[row.month] = None if so_far is None else so_far + net
    return found


def year_before(month: date) -> date:
    return month.replace(year=month.year - 1)


def pairs_of(accounts: list[Account]) -> list[date]:
    """Months of the last twelve that have figures in both years."""
    booked = {month for account in accounts for month in by_month(account)}
    return [month for month in LAST if month in booked and year_before(month) in booked]


def compared(account: Account, pairs: list[date]) -> tuple[Fraction, Fraction] | None:
    """Both years over these months in euros at one rate; here one currency has one rate."""
    sums = by_month(account, "EUR")
    if any(sums.get(m, 0) is None for month in pairs for m in (month, year_before(month))):
        return None
    now = sum((sums.get(month) or Fraction(0) for month in pairs), Fraction(0))
    before = sum((sums.get(year_before(m)) or Fraction(0) for m in pairs), Fraction(0))
    return now, before


def growth_of(accounts: list[Account]) -> Fraction | None:
    pairs = pairs_of(accounts)
    both = [found for account in accounts if (found := compared(account, pairs))]
    now, before = sum(n for n, _b in both), sum(b for _n, b in both)
    return Fraction(now) / before - 1 if len(pairs) >= 6 and before > 0 else None


def retention_of(accounts: list[Account]) -> tuple[Fraction | None, Fraction | None]:
    """NRR and GRR in percent."""
    pairs = pairs_of(accounts)
    both = [found for account in accounts if (found := compared(account, pairs))]
    bought = [(now, before) for now, before in both if before > 0]
    before = sum(b for _n, b in bought)
    if len(pairs) < 6 or not before:
        return None, None
    net, gross = sum(n for n, _b in bought), sum(min(n, b) for n, b in bought)
    return Fraction(100) * net / before, Fraction(100) * gross / before


def concentration_of(accounts: list[Account]) -> Fraction | None:
    values = [v for a in accounts if (v := computed(a).value_reporting) is not None]
    return 100 * max(values) / sum(values) if values and sum(values) > 0 else None


def commercial(account: Account, growth: Fraction | None) -> Fraction | None:
    """0.8 → 0, 1.0 → 60, 1.2 → 100, less the share of what is owed that is overdue."""
    if growth is None:
        return None
    ratio = growth + 1
    if ratio <= 1:
        points = max(Fraction(0), (ratio - Fraction(4, 5)) * 300)
    else:
        points = min(Fraction(100), 60 + (ratio - 1) * 200)
    owed = list(Receivable.objects.filter(account=account, paid_at=None))
    total, late = sum(r.amount for r in owed), sum(r.amount for r in owed if r.due < TODAY)
    return max(Fraction(0), points - (100 * Fraction(late) / Fraction(total) if total else 0))


def won_since_july(account: Account) -> int:
    deals = Opportunity.objects.filter(account=account, state="won")
    days = [deal.closed_at.astimezone(BERLIN).date() for deal in deals if deal.closed_at]
    return sum(day >= date(2026, 7, 1) for day in days)


# --- People ----------------------------------------------------------------------------------


def met_on(person: Stakeholder) -> set[date]:
    talks = Interaction.objects.filter(their_parts__stakeholder=person, is_two_way=True)
    return {talk.at.astimezone(BERLIN).date() for talk in talks if talk.kind != "note"}


def coverage(account: Account) -> Fraction | None:
    people = list(Stakeholder.objects.filter(account=account, left_at=None))
    warm = [person for person in people if is_warm(person)]
    whole = sum(WEIGHTS[p.influence] for p in people)
    return Fraction(100 * sum(WEIGHTS[p.influence] for p in warm), whole) if whole else None


def is_warm(person: Stakeholder) -> bool:
    opinions = Assessment.objects.filter(stakeholder=person).order_by("-made_on", "-pk")
    days = [(TODAY - day).days for day in met_on(person)]
    in_touch = bool(days) and min(days) < (person.cadence or 0)
    return in_touch and bool(opinions) and opinions[0].disposition >= 0


def engagement(account: Account) -> Fraction | None:
    """Owed from the day of entering, and by nobody of whom no contact has fallen due yet."""
    met, called_for = Fraction(0), Fraction(0)
    for person in Stakeholder.objects.filter(account=account, left_at=None):
        known = (TODAY - person.owed_since.astimezone(BERLIN).date()).days
        cadence = person.cadence or 0
        if known < cadence:
            continue
        owed = Fraction(min(90, known), cadence)
        took_place = len([day for day in met_on(person) if day > TODAY - timedelta(days=90)])
        share = min(Fraction(1), took_place / owed)
        if cadence > 90:
            share = Fraction(any((TODAY - day).days < cadence for day in met_on(person)))
        met += WEIGHTS[person.influence] * owed * share
        called_for += WEIGHTS[person.influence] * owed
    return 100 * met / called_for if called_for else None


# --- Work ------------------------------------------------------------------------------------


def progress(account: Account) -> Fraction | None:
    points, weight = Fraction(0), 0
    for objective in Objective.objects.filter(account=account, dropped_at=None):
        start, way = objective.start or date(2026, 1, 1), made(objective)
        expected = Fraction((TODAY - start).days, (objective.due - start).days)
        if way is None or expected <= 0:
            continue
        points += objective.priority * min(Fraction(100), 100 * way / min(expected, Fraction(1)))
        weight += objective.priority
    return points / weight if weight else None


def made(objective: Objective) -> Fraction | None:
    if objective.target is not None:
        gone, way = objective.current - objective.baseline, objective.target - objective.baseline
        return min(Fraction(1), max(Fraction(0), Fraction(gone) / Fraction(way)))
    actions = list(Action.objects.filter(objective=objective, dropped_at=None))
    done = [action for action in actions if action.done_at and action.done_at <= MONDAY]
    return Fraction(len(done), len(actions)) if actions else None
