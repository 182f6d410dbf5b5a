"""What an account is worth: the figures of its standing, with what each is made of."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from accounts.commerce.commercial_trend import on_the_steps
from accounts.commerce.periods import Horizon, site_day, year_words
from accounts.commerce.year_comparison import Comparison
from accounts.models import Account, Standing
from accounts.models.contracts import NOTICE_AHEAD
from accounts.models.rates import reporting_currency
from kam.lib.text.dates import days_left


@dataclass(frozen=True)
class AccountValue:
    """For templates/kam/overview/_value.html; every amount is in the account's currency."""

    account: Account
    standing: Standing
    horizon: Horizon
    reporting: str

    @property
    def currency(self) -> str:
        return self.account.currency

    @property
    def converted(self) -> bool:
        return self.currency != self.reporting

    @property
    def has_bar(self) -> bool:
        """A bar needs a value and something to compare it with."""
        here = self.standing
        return here.value_now is not None and (
            here.projected is not None or here.potential is not None
        )

    @property
    def possible(self) -> Decimal | None:
        return self.standing.possible

    @property
    def has_deals(self) -> bool:
        here = self.standing
        return bool(here.won_count or here.lost_count or here.open_count)

    @property
    def year(self) -> str:
        """The installation's: 2026, or 2026/27."""
        return year_words(self.horizon.year)

    @property
    def notice_words(self) -> str:
        """When the next notice date is, and how long until then; nothing where it is far."""
        notice = self.standing.notice_on
        if notice is None or notice > self.horizon.day + NOTICE_AHEAD:
            return ""
        return days_left(notice, self.horizon.day)

    @property
    def compared(self) -> Comparison:
        return self.standing.compared

    @property
    def trend_ratio(self) -> Decimal | None:
        return self.compared.ratio

    @property
    def trend_base(self) -> Decimal | None:
        """The points of growth alone, before what is overdue is taken off."""
        ratio = self.trend_ratio
        return None if ratio is None else on_the_steps(ratio)

    @property
    def trend_loss(self) -> Decimal | None:
        share = self.standing.overdue_share
        return None if share is None else 100 * share


def account_value(account: Account, at: datetime) -> AccountValue:
    """An account nobody refreshed yet is not scored."""
    standing = Standing.objects.of_account(account).first() or Standing(account=account)
    return AccountValue(account, standing, Horizon(site_day(at)), reporting_currency())
