"""What changed on an account: who, when, what was there before."""

from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from accounts.access import Request, readable, signed_in
from accounts.history.activity_feed import Cursor, events, extent
from accounts.history.event_text import Teller
from accounts.models import Account
from accounts.users.settings_forms import HistoryForm
from kam.lib.web.htmx import show


@signed_in
@require_safe
def history(request: Request, pk: int) -> HttpResponse:
    account = readable(Account.objects.with_team(), request.user, pk)
    form = HistoryForm(request.GET, account=account)
    cursor = Cursor.read(request.GET.get("before", ""))
    page, following = events(account, before=cursor, only=form.wanted())
    context = {
        "account": account,
        "form": form,
        "days": Teller(page, request.user).days(),
        "following": following,
        "is_later_page": cursor is not None,
        "extent": extent(account),
        "this_year": request.user.today(now()).year,
    }
    return show(request, "accounts/history/history.html", context=context)
