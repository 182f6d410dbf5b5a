"""The overview of an account: one screen from all three apps, in one request."""

from typing import Any

from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from accounts.access import Request, readable, signed_in
from accounts.models import Account
from kam.lib.web.regions.page import show_kept
from kam.overview.overview_page import summary


@signed_in
@require_safe
def overview(request: Request, pk: int) -> HttpResponse:
    account = readable(Account.objects.with_sight(request.user), request.user, pk)

    def draw() -> dict[str, Any]:
        return {
            "account": account,
            "may_edit": account.may_edit,
            "summary": summary(account, request.user, now()),
        }

    return show_kept(request, "kam/overview/overview.html", made_from=account.sight, draw=draw)
