"""Money of an account for tests, and the same figures once more in plain Python."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from accounts.models import Account, Contract, ExchangeRate, Opportunity, Receivable, Revenue, User
from accounts.models.standing import refresh

BERLIN = ZoneInfo("Europe/Berlin")


def make_revenue(account: Account, month: date, revenue: Any, **changes: Any) -> Revenue:
    fields = {"currency": account.currency, "rebates": 0, **changes}
    return Revenue.objects.create(account=account, month=month, revenue=revenue, **fields)


def make_two_years(account: Account, day: date, now: Any, before: Any, **changes: Any) -> None:
    """The same amount in each of the last twelve full months, and another in the twelve before."""
    for back in range(1, 25):
        amount = Decimal(now if back <= 12 else before) / 12
        make_revenue(account, month_back(day, back), amount.quantize(Decimal("0.01")), **changes)


def make_contract(
    account: Account, value: Any, start: date, end: date | None, **changes: Any
) -> Contract:
    fields = {"title": "Frame contract", "currency": account.currency, "renewal": 80, **changes}
    return Contract.objects.create(account=account, value=value, start=start, end=end, **fields)


def make_opportunity(account: Account, value: Any, *, owner: User, **changes: Any) -> Opportunity:
    fields = {
        "title": "Vault for imaging",
        "currency": account.currency,
        "probability": 50,
        "expected": date(2027, 3, 31),
        **changes,
    }
    return Opportunity.objects.create(account=account, value=value, owner=owner, **fields)


def make_receivable(
    account: Account, invoice: str, amount: Any, due: date, **changes: Any
) -> Receivable:
    fields = {"currency": account.currency, "issued": due - timedelta(days=30), **changes}
    return Receivable.objects.create(
        account=account, invoice=invoice, amount=amount, due=due, **fields
    )


def make_rate(currency: str, month: date, rate: str) -> ExchangeRate:
    return ExchangeRate.objects.create(
        currency=currency, into="EUR", month=month, rate=Decimal(rate)
    )


def figures(account: Account, at: datetime) -> Any:
    """The standing after a refresh."""
    refresh([account.pk], at=at)
    account.__dict__.pop("standing", None)
    account.refresh_from_db()
    return account.standing


def month_back(day: date, count: int) -> date:
    """Independent of the app: step back from the first, one month at a time."""
    month = day.replace(day=1)
    for _step in range(count):
        month = (month - timedelta(days=1)).replace(day=1)
    return month


def net_of(account: Account, first: date, end: date) -> Decimal | None:
    """Net revenue of the months from `first` up to, without, `end`, added one by one."""
    rows = [r for r in Revenue.objects.filter(account=account) if first <= r.month < end]
    booked = [r.revenue - r.rebates for r in rows if r.revenue is not None]
    return sum(booked, Decimal(0)) if booked else None


def days_in(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def projected_of(account: Account, first: date, last: date, today: date) -> Decimal:
    """Day by day: what is signed, what may be renewed, what may be won, what was won."""
    days = days_in(first, last)
    contracts = list(Contract.objects.filter(account=account))
    named = {c.opportunity_id for c in contracts if c.opportunity_id}
    deals = list(Opportunity.objects.filter(account=account).exclude(pk__in=named))
    total = sum((signed_on(day, first, contracts) for day in days), Decimal(0))
    total += sum((sold_on(day, today, deals) for day in days), Decimal(0))
    return total / len(days)


def signed_on(day: date, first: date, contracts: list[Contract]) -> Decimal:
    renewed, total = {c.renews_id for c in contracts}, Decimal(0)
    for c in contracts:
        if c.start <= day and (c.end is None or day <= c.end):
            total += c.value
        elif c.end and first <= c.end < day and c.pk not in renewed:
            total += c.value * c.renewal / 100
    return total


def sold_on(day: date, today: date, deals: list[Opportunity]) -> Decimal:
    total = Decimal(0)
    for deal in deals:
        if deal.state == "open" and day > max(deal.expected, today):
            total += Decimal(deal.value) * deal.probability / 100
        elif deal.state == "won" and deal.closed_at:
            won_on = deal.closed_at.astimezone(BERLIN).date()
            if month_back(today, 12) <= won_on <= today and day > won_on:
                total += max(deal.value - flowing_from(deal, won_on, today), Decimal(0))
    return total


def flowing_from(deal: Opportunity, won_on: date, today: date) -> Decimal:
    """More bought in the deal's place in the full months since, than in the same a year before."""
    if not (deal.unit_id and deal.product_id):
        return Decimal(0)
    more = Decimal(0)
    for row in Revenue.objects.filter(
        account=deal.account, unit=deal.unit, product=deal.product, revenue__isnull=False
    ):
        net = (row.revenue or Decimal(0)) - row.rebates
        a_year_on = row.month.replace(year=row.month.year + 1)
        if won_on.replace(day=1) < row.month < today.replace(day=1):
            more += net
        if won_on.replace(day=1) < a_year_on < today.replace(day=1):
            more -= net
    return max(more, Decimal(0))
