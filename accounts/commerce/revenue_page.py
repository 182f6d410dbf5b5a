"""The money page: two years of months, and the same by unit or by product."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from accounts.commerce.periods import Horizon, Period, add_months, first_of_month
from accounts.models import Account, Revenue, User

MONTHS = 24
PARTS = {"unit", "product"}
MOST_PARTS = 50


@dataclass(frozen=True)
class Month:
    """One line of the table: amounts in the account's currency, None where nothing was said."""

    month: date
    gross: Decimal | None = None
    given: Decimal | None = None
    kept: Decimal | None = None
    spent: Decimal | None = None
    planned: Decimal | None = None
    rows: int = 0
    lacking: int = 0

    @property
    def gap(self) -> Decimal | None:
        """Against the budget, where there is both."""
        if self.kept is None or self.planned is None:
            return None
        return self.kept - self.planned

    @property
    def key(self) -> str:
        return f"{self.month:%Y-%m}"


def months_of(account: Account, user: User, horizon: Horizon) -> list[Month]:
    """Newest first: what is planned ahead, and twenty-four months whether entered or not."""
    this = first_of_month(horizon.day)
    shown = Period(add_months(this, 1 - MONTHS), add_months(this, 13))
    rows = Revenue.objects.visible_to(user).of_account(account).within(shown).by_month()
    found = {row["month"]: _month(row) for row in rows}
    always = Period(shown.start, add_months(this, 1)).months
    days = sorted({*always, *found}, reverse=True)
    return [found.get(day) or Month(day) for day in days]


def parts_of(account: Account, user: User, horizon: Horizon, by: str) -> list[dict[str, Any]]:
    rows = Revenue.objects.visible_to(user).of_account(account).by_part(by, horizon)
    return [
        {
            "name": row[f"{by}__name"],
            "now": None if row["lacking"] else row["now"],
            "before": None if row["lacking"] else row["before"],
            "cost": row["cost"],
            "lacking": row["lacking"],
        }
        for row in rows[:MOST_PARTS]
    ]


def _month(row: dict[str, Any]) -> Month:
    """Half a sum would be a wrong one: a month with a row of unknown rate shows none."""
    if row["lacking"]:
        row |= dict.fromkeys(("gross", "given", "kept", "spent", "planned"))
    return Month(**row)
