"""Today: what needs me now is the first thing seen."""

from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from accounts.access import Request, signed_in
from accounts.models import Account
from kam.agenda import agenda
from kam.lib.regions.page import show_kept


@signed_in
@require_safe
def today(request: Request) -> HttpResponse:
    user = request.user
    return show_kept(
        request,
        "today.html",
        made_from=Account.objects.visible_to(user).fingerprint(),
        draw=lambda: {"agenda": agenda(user, now())},
    )
