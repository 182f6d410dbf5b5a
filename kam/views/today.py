"""Today: what needs me now is the first thing seen."""

from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from accounts.access import Request, signed_in
from kam.agenda import agenda
from kam.lib.htmx import show


@signed_in
@require_safe
def today(request: Request) -> HttpResponse:
    return show(request, "today.html", context={"agenda": agenda(request.user, now())})
