"""The list of accounts a person may see."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import Request, signed_in
from accounts.models import Account
from kam.lib.htmx import show

ROWS = 50


@signed_in
@require_safe
def accounts(request: Request) -> HttpResponse:
    rows = Account.objects.visible_to(request.user).active().with_team().by_name()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    return show(request, "accounts/accounts.html", context={"page": page})
