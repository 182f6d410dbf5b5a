"""The plan page of an account."""

from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from accounts.access import Request, may_edit, readable, signed_in
from accounts.models import Account
from kam.lib.htmx import show
from planning.models import Plan
from planning.outline import outline


@signed_in
@require_safe
def plan(request: Request, pk: int) -> HttpResponse:
    account = readable(Account.objects.with_team(), request.user, pk)
    today = request.user.today(now())
    current = Plan.objects.visible_to(request.user).of(account).current(today).first()
    context = {
        "account": account,
        "plan": current,
        "today": today,
        "may_edit": may_edit(Account.objects, request.user, account),
        "outline": outline(current, today) if current else None,
    }
    return show(request, "planning/plan.html", context=context)
