"""Products, units, three years of revenue, contracts, invoices and deals of the demo company."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from accounts.commerce.periods import Horizon, Period, add_months, first_of_month
from accounts.models import (
    Account,
    BusinessUnit,
    Contract,
    ExchangeRate,
    Membership,
    Opportunity,
    Product,
    Receivable,
    Revenue,
    TierChange,
    User,
    changing,
)
from accounts.models.rates import reporting_currency
from accounts.models.standing import refresh
from kam.demo.commerce_script import (
    ANDINO,
    DEALS,
    FACTS,
    GROWTH,
    MARKETS,
    MORE,
    PRODUCTS,
    RATES,
    REASONS,
    SEASON,
    SITES,
    VALUES,
)

if TYPE_CHECKING:
    from kam.demo.company import Company

WHOLE = Decimal(1)


def add(company: "Company") -> None:
    admin = company.people["IH"]
    families = [
        Product.add(by=admin, name=name, family=company.say(family)) for name, family in PRODUCTS
    ]
    products = {product.name: product for product in families}
    month = first_of_month(company.today)
    for code, rates in RATES.items():
        for back, rate in enumerate(rates):
            ExchangeRate.store(
                by=admin, currency=code, month=add_months(month, -8 * back), rate=Decimal(rate)
            )
    accounts = {account.name: account for account in Account.objects.all()}
    for account in accounts.values():
        _place(company, account)
    _more(company, accounts)
    _andino(company, accounts[ANDINO], products)
    for name, thousands in VALUES.items():
        _sell(company, accounts[name], thousands)
    refresh(Account.objects.values_list("pk", flat=True), at=company.at)


def _place(company: "Company", account: Account) -> None:
    kam = account.kam or company.people["IH"]
    market, country, currency = MARKETS.get(account.name, ("", "", reporting_currency()))
    account.change(
        by=kam, at=company.at, region=market, country=country, currency=currency,
        **_facts(account),
    )  # fmt: skip
    since = company.today - timedelta(days=400)
    with changing(account.pk, "account.tier", by=kam.pk):
        TierChange.objects.create(account=account, to_tier="candidate", on=since, by=kam)
        if reason := REASONS.get(account.tier):
            TierChange.objects.create(
                account=account, from_tier="candidate", to_tier=account.tier,
                reason=company.say(reason), on=since + timedelta(days=60), by=company.people["PN"],
            )  # fmt: skip


def _facts(account: Account) -> dict[str, Any]:
    names = ("website", "phone", "tax_number", "street", "postal_code", "state", "employees")
    if not (said := FACTS.get(account.name)):
        return {}
    return {**dict(zip(names, said, strict=False)), "turnover": 1_000_000 * Decimal(said[-1])}


def _more(company: "Company", accounts: dict[str, Account]) -> None:
    """The many small ones behind the few."""
    kam, since = company.people["DS"], company.today - timedelta(days=300)
    for name, industry, city, country, tier, thousands, growth in MORE:
        account = Account.open(
            by=company.people["PN"], at=company.at, on=since, kam=kam, name=name,
            industry=company.say(industry), city=city, country=country, tier=tier,
            region="DACH" if country in ("DE", "CH") else "Andes" if country in ("PE", "BO", "CO") else "Cono Sur",
            currency=reporting_currency(), parent=accounts[ANDINO] if name == "Seguros Andino" else None,
        )  # fmt: skip
        if name == "Seguros Andino":
            Membership.objects.create(
                account=account, user=company.people["MR"], role="sales", right="edit"
            )
        _revenue(company, account, thousands, growth, kam)
        if tier == "former":
            account.archive(by=kam, at=company.at)


def _andino(company: "Company", account: Account, products: dict[str, Product]) -> None:
    kam = company.people["MR"]
    units = {
        name: BusinessUnit.add_to(account, by=kam, name=company.say((name, spanish)), kind=kind)
        for name, spanish, kind, _cells in SITES
    }
    for name, _spanish, _kind, cells in SITES:
        for product, thousands in cells.items():
            growth = Decimal("0.11")
            _revenue(
                company,
                account,
                thousands,
                growth,
                kam,
                unit=units[name],
                product=products[product],
            )
    for title, unit, product, owner, state, value, probability, days, reason in DEALS:
        deal = Opportunity.add_to(
            account, by=kam, at=company.at, title=company.say(title), unit=units[unit],
            product=products[product], owner=company.people[owner], value=Decimal(value * 1000),
            currency=account.currency, probability=probability, stage="propose" if probability >= 50 else "develop",
            expected=company.today + timedelta(days=days),
        )  # fmt: skip
        if state != "open":
            closed = datetime.combine(
                company.today + timedelta(days=days), time(12), tzinfo=company.at.tzinfo
            )
            close = deal.win if state == "won" else deal.lose
            close(by=kam, at=company.at, closed_at=closed, reason=company.say(reason))


def _sell(company: "Company", account: Account, thousands: int) -> None:
    kam = account.kam or company.people["IH"]
    if account.name != ANDINO:
        _revenue(company, account, thousands, Decimal(GROWTH[account.name]), kam)
    year = company.today.year + 1
    frame = company.say(("Frame agreement", "Acuerdo marco"))
    Contract.add_to(
        account, by=kam, at=company.at, title=frame, value=Decimal(thousands * 1000), currency=account.currency,
        start=date(year - 3, 10, 1), end=date(year, 9, 30), notice=date(year, 6, 30), renewal=85,
        adjustment=company.say(("Consumer prices, each January", "IPC, cada enero")),
    )  # fmt: skip
    for number, (issued, due, paid) in enumerate(
        [(-75, -45, -40), (-50, -20, None), (-20, 10, None)], start=1
    ):
        Receivable.add_to(
            account, by=kam, at=company.at, invoice=f"{year - 1}-{account.pk:03d}{number}",
            amount=Decimal(thousands * (12 if number == 2 else 80)), currency=account.currency,
            issued=company.today + timedelta(days=issued), due=company.today + timedelta(days=due),
            paid_at=company.today + timedelta(days=paid) if paid else None,
        )  # fmt: skip


def _revenue(
    company: "Company", account: Account, thousands: int, growth: Decimal, by: User, **where: Any
) -> None:
    """Three years of months, the last of which sums to the value, and a budget for this year."""
    horizon = Horizon(company.today)
    year = Decimal(thousands * 1000)
    planned = {month: year / 12 * Decimal("0.98") for month in horizon.year.months}
    first = horizon.before.start
    older = Period(add_months(first, -13), first)
    sold = (
        dict(_months(horizon.now.months, year))
        | dict(_months(horizon.before.months, year / (1 + growth)))
        | dict(_months(older.months, year / (1 + growth) / (1 + growth / 2) * 13 / 12))
    )
    with changing(account.pk, "revenue.import", by=by.pk):
        Revenue.objects.bulk_create(
            Revenue(
                account=account, month=month, currency=account.currency, revenue=_gross(sold.get(month)),
                rebates=_gross(sold.get(month), "0.04") or 0, cost=_gross(sold.get(month), "0.42"),
                budget=planned[month].quantize(WHOLE) if month in planned else None, **where,
            )
            for month in sorted({*sold, *planned})
        )  # fmt: skip


def _months(months: list[date], year: Decimal) -> Iterator[tuple[date, Decimal]]:
    """The year spread over its months by season, in whole amounts."""
    weights = [SEASON[month.month - 1] for month in months]
    left = year.quantize(WHOLE)
    for month, weight in zip(months[:-1], weights, strict=False):
        share = (year * weight / sum(weights)).quantize(WHOLE)
        left -= share
        yield month, share
    yield months[-1], left


def _gross(net: Decimal | None, share: str = "1.04") -> Decimal | None:
    """Revenue before four percent of discounts, or another share of the net."""
    if net is None:
        return None
    rebate = (net * Decimal("0.04")).quantize(WHOLE)
    return net + rebate if share == "1.04" else (net * Decimal(share)).quantize(WHOLE)
