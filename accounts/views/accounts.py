"""The list of accounts a person may see."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import Request, signed_in
from accounts.models.rates import reporting_currency
from accounts.models.rights import may_open_accounts
from accounts.sift import Sift
from kam.lib.htmx import show
from kam.lib.paging import page_of

FILTERS = ["tier", "kam", "region", "health", "class", "sponsor", "industry", "state"]


@signed_in
@require_safe
def accounts(request: Request) -> HttpResponse:
    sift = Sift(request.GET.dict(), user=request.user, keys=FILTERS)
    totals = sift.totals()
    rows = sift.ordered().with_team()  # type: ignore[attr-defined]
    context = {
        "sift": sift,
        "heads": sift.heads(columns()),
        "totals": totals,
        "page": page_of(rows, request.GET.get("page"), count=totals["count"]),
        "removal": None if totals["count"] else sift.best_removal(),
        "currency": reporting_currency(),
        "may_add": may_open_accounts(request.user),
    }
    return show(request, "accounts/accounts.html", context=context)


def columns() -> list[tuple[str, str, str]]:
    return [
        ("name", _("Account"), ""),
        ("tier", _("Tier"), ""),
        ("health", _("Health"), "r"),
        ("value", _("Value now"), "r"),
        ("growth", _("On last year"), "r"),
        ("end", _("Contract end"), ""),
        ("", _("KAM"), ""),
        ("", _("Sponsor"), ""),
    ]
