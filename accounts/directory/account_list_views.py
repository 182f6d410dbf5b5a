"""The list of accounts a person may see."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import Request, signed_in
from accounts.directory.account_filters import AccountFilters
from accounts.directory.confirmation_cadence import idle_among
from accounts.models import Account, User
from accounts.models.rates import reporting_currency
from accounts.models.rights import may_open_accounts
from kam.lib.data.paging import page_of
from kam.lib.web.regions.page import show_kept

FILTERS = ["tier", "kam", "region", "health", "class", "sponsor", "industry", "state", "needs"]


@signed_in
@require_safe
def accounts(request: Request) -> HttpResponse:
    made_from = Account.objects.visible_to(request.user).fingerprint()
    draw = partial(_list, request.user, request.GET.dict())
    return show_kept(request, "accounts/directory/accounts.html", made_from=made_from, draw=draw)


def _list(user: User, said: dict[str, str]) -> dict[str, Any]:
    account_filters = AccountFilters(said, user=user, keys=FILTERS)
    totals = account_filters.totals()
    rows = account_filters.ordered().with_team().with_sight(user)  # type: ignore[attr-defined]  # its own queryset
    page = page_of(rows, said.get("page"), count=totals["count"])
    return {
        "account_filters": account_filters,
        "heads": account_filters.heads(columns()),
        "totals": totals,
        "page": page,
        "may_choose": any(account.may_lead for account in page),
        "idle": idle_among(page, now()),
        "removal": None if totals["count"] else account_filters.best_removal(),
        "currency": reporting_currency(),
        "may_add": may_open_accounts(user),
    }


def columns() -> list[tuple[str, str, str]]:
    return [
        ("name", _("Account"), ""),
        ("tier", _("Tier"), ""),
        ("health", _("Health"), "r"),
        ("", _("12 months"), ""),
        ("value", _("Value now"), "r"),
        ("potential", _("of potential"), ""),
        ("", _("KAM"), ""),
        ("review", _("Next review"), ""),
        ("plan", _("Plan"), ""),
    ]
