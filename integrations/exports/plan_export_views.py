"""The objectives and actions of a plan as a file."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import Request, readable, signed_in
from integrations.exports.plan_exports import PLAN, rows
from planning.models import Objective, Plan


@signed_in
@require_safe
def plan_export(request: Request, pk: int) -> HttpResponse:
    plan = readable(Plan.objects, request.user, pk)
    objectives = Objective.objects.visible_to(request.user).of_plan(plan).with_actions()
    return PLAN.send(rows(objectives), request.GET.get("format", "csv"))
