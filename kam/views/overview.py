"""The overview of an account: one screen from all three apps, in one request."""

from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from accounts.access import Request, may_edit, readable, signed_in
from accounts.models import Account
from kam.lib.htmx import show
from kam.summary import summary


@signed_in
@require_safe
def overview(request: Request, pk: int) -> HttpResponse:
    account = readable(Account.objects.with_team(), request.user, pk)
    context = {
        "account": account,
        "may_edit": may_edit(Account.objects, request.user, account),
        "summary": summary(account, request.user, now()),
    }
    return show(request, "overview.html", context=context)
