"""All accounts a person may see, on one page."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import Request, signed_in
from accounts.commerce.periods import Horizon, fiscal_year_of, site_day, year_words
from accounts.commerce.portfolio_figures import FILTERS, movers, totals, with_shares, year_of
from accounts.directory.account_filters import AccountFilters, Option
from accounts.models import Account, User
from accounts.models.rates import reporting_currency
from kam.lib.data.paging import page_of
from kam.lib.web.regions.page import show_kept
from reviews.portfolio.portfolio_page import Portfolio, with_kam

ROWS = 20  # the page shows more than a list


@signed_in
@require_safe
def portfolio(request: Request) -> HttpResponse:
    made_from = Account.objects.visible_to(request.user).fingerprint()
    draw = partial(_overview, request.user, request.GET.dict())
    return show_kept(request, "reviews/portfolio/portfolio.html", made_from=made_from, draw=draw)


def _overview(user: User, said: dict[str, str]) -> dict[str, Any]:
    at = now()
    horizon = Horizon(site_day(at))
    this_year = horizon.year.start.year
    year = year_said(said.get("year", ""), this_year)
    as_table = said.get("view") == "table"
    keep = {"year": str(year)} if year != this_year else {}
    keep |= {"view": "table"} if as_table else {}
    account_filters = AccountFilters(said, user=user, keys=FILTERS, counted=True, keep=keep)
    figures = totals(account_filters, horizon)
    rows = with_kam(account_filters.ordered())
    page = page_of(rows, said.get("page"), count=figures.accounts, size=ROWS)
    return {
        "account_filters": account_filters,
        "heads": account_filters.heads(columns()),
        "as_table": as_table,
        "view_url": account_filters.url(view=None if as_table else "table"),
        "horizon": horizon,
        "totals": figures,
        "portfolio": Portfolio(account_filters, user, at),
        "year": year_of(account_filters, user, horizon, year),
        "years": years(account_filters, this_year, year),
        "movers": movers(account_filters),
        "page": page,
        "rows": with_shares(page, figures),
        "currency": reporting_currency(),
    }


def year_said(text: str, this_year: int) -> int:
    """One of the three last years; this one where the address says nothing else."""
    return int(text) if text.isdecimal() and this_year - 3 < int(text) <= this_year else this_year


def years(account_filters: AccountFilters, last: int, chosen: int) -> list[Option]:
    return [
        Option(
            year_words(fiscal_year_of(year)),
            account_filters.url(year=None if year == last else str(year)),
            year == chosen,
        )
        for year in range(last - 2, last + 1)
    ]


def columns() -> list[tuple[str, str, str]]:
    return [
        ("name", _("Account"), ""),
        ("tier", _("Tier"), ""),
        ("value", _("Value now"), "r"),
        ("growth", _("On last year"), "r"),
        ("", _("Share"), "r"),
        ("end", _("Contract end"), ""),
        ("", _("KAM"), ""),
    ]
