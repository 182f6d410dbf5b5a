"""All accounts a person may see, on one page."""

from django.http import HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import Request, signed_in
from accounts.models.rates import reporting_currency
from accounts.periods import Horizon, house_day
from accounts.portfolio import COUNTS, movers, totals, with_shares, year_of
from accounts.sift import Option, Sift
from kam.lib.htmx import show
from kam.lib.paging import page_of

FILTERS = ["tier", "kam", "sponsor", "region"]


@signed_in
@require_safe
def portfolio(request: Request) -> HttpResponse:
    horizon = Horizon(house_day(now()))
    year = year_said(request.GET.get("year", ""), horizon.day.year)
    keep = {"year": str(year)} if year != horizon.day.year else {}
    sift = Sift(request.GET.dict(), user=request.user, keys=FILTERS, also=COUNTS, keep=keep)
    figures = totals(sift)
    rows = sift.ordered().with_team()  # type: ignore[attr-defined]
    page = page_of(rows, request.GET.get("page"), count=figures.accounts)
    context = {
        "sift": sift,
        "heads": sift.heads(columns()),
        "horizon": horizon,
        "totals": figures,
        "year": year_of(sift, request.user, horizon, year),
        "years": years(sift, horizon.day.year, year),
        "movers": movers(sift),
        "page": page,
        "rows": with_shares(page, figures),
        "currency": reporting_currency(),
    }
    return show(request, "accounts/portfolio.html", context=context)


def year_said(text: str, this_year: int) -> int:
    """One of the three last years; this one where the address says nothing else."""
    return int(text) if text.isdecimal() and this_year - 3 < int(text) <= this_year else this_year


def years(sift: Sift, last: int, chosen: int) -> list[Option]:
    return [
        Option(str(year), sift.url(year=None if year == last else str(year)), year == chosen)
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
