"""What stands beside the objectives: what the account is worth, and how its people stand."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.commerce.account_value import account_value
from accounts.models import Account, User
from accounts.stakeholders.concerns import concerns
from accounts.stakeholders.stakeholder_snapshot import stakeholder_snapshot
from kam.lib.text.money import money


@dataclass(frozen=True)
class SummaryLine:
    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class SectionRow:
    """One row of the plan's index: where it leads, and the judgement in words."""

    url: str
    state: str
    words: str


def worth(account: Account, at: datetime) -> list[SummaryLine]:
    """Value now, what comes, won, lost and potential; what is not scored says so."""
    here = account_value(account, at).standing

    def amount(value: Decimal | None) -> str:
        return _("not scored") if value is None else money(value, account.currency)

    def deals(count: int) -> str:
        return ngettext("%(n)s deal", "%(n)s deals", count) % {"n": count}

    def sum_of(total: Decimal | None, count: int) -> str:
        """Without a deal the sum is known: nothing."""
        return amount(total if count else Decimal(0))

    grown = here.compared.words
    growth = _("%(change)s on last year") % {"change": grown} if grown else ""
    return [
        SummaryLine(_("Value now"), amount(here.value_now), growth),
        SummaryLine(_("Next twelve months"), amount(here.projected)),
        SummaryLine(
            _("Won this year"), sum_of(here.won_sum, here.won_count), deals(here.won_count)
        ),
        SummaryLine(
            _("Lost this year"), sum_of(here.lost_sum, here.lost_count), deals(here.lost_count)
        ),
        SummaryLine(_("Potential to sell"), amount(here.potential)),
    ]


def relations_row(account: Account, user: User, at: datetime) -> SectionRow:
    url = reverse("accounts:stakeholders", args=[account.pk])
    people = stakeholder_snapshot(account, user, at).people
    if not people:
        return SectionRow(url, "none", _("nobody yet"))
    found = len(concerns(people))
    words = (
        ngettext("%(n)s concern", "%(n)s concerns", found) % {"n": found}
        if found
        else _("no concern")
    )
    return SectionRow(url, "watch" if found else "good", words)
