"""The life of a version: ask, approve, send back, save, compare, print."""

from typing import Any

from django.http import HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Request, editable, readable, signed_in
from accounts.models import User
from kam.lib.web.htmx import leave, show
from kam.lib.web.http import posted
from planning.models import Approval, Objective, Plan, Snapshot
from planning.models.approval import ApprovalQuerySet, Decided, Moved
from planning.models.plan import PlanQuerySet
from planning.models.snapshot import Reason
from planning.plan.plan_forms import ApproveForm, AskForm, SendBackForm, VersionForm
from planning.versions.comparison_page import comparison_page
from planning.versions.plan_status import standing


@signed_in
@require_http_methods(["GET", "POST"])
def plan_submit(request: Request, pk: int) -> HttpResponse:
    plan = editable(Plan.objects.with_team(), request.user, pk)
    form = AskForm(posted(request))
    if not form.is_valid():
        context = {"plan": plan, "account": plan.account, "form": form, "version": standing(plan)}
        return show(request, "planning/versions/plan_submit.html", context=context)
    Approval.ask(plan, by=request.user, at=now(), note=form.cleaned_data["note"])
    return leave(request, plan.get_absolute_url())


@signed_in
@require_POST
def plan_withdraw(request: Request, pk: int) -> HttpResponse:
    plan = editable(Plan.objects.with_team(), request.user, pk)
    waiting = Approval.objects.visible_to(request.user).of(plan).waiting().first()
    if waiting is None:
        return leave(request, plan.get_absolute_url())
    try:
        waiting.withdraw(by=request.user, at=now())
    except Decided:
        return _too_late(request, waiting)
    return leave(request, plan.get_absolute_url())


@signed_in
@require_http_methods(["GET", "POST"])
def plan_approve(request: Request, pk: int) -> HttpResponse:
    """`pk` of the asking. Its page says what is approved; two at once: one wins, one is told."""
    approval = editable(Approval.objects, request.user, pk, words=ApprovalQuerySet.for_page)
    if not approval.is_waiting:
        return _too_late(request, approval)
    form = ApproveForm(posted(request))
    if not form.is_valid():
        return show(
            request,
            "planning/versions/plan_approve.html",
            context=_to_decide(request.user, approval),
        )
    try:
        approval.approve(by=request.user, at=now(), seen=form.cleaned_data["seen"])
    except Decided:
        return _too_late(request, approval)
    except Moved:
        words = _("The plan changed while you were reading. Look at it again, then approve.")
        context = _to_decide(request.user, approval) | {"moved": words}
        return show(request, "planning/versions/plan_approve.html", context=context, status=409)
    return leave(request, approval.get_absolute_url())


@signed_in
@require_http_methods(["GET", "POST"])
def plan_send_back(request: Request, pk: int) -> HttpResponse:
    approval = editable(Approval.objects, request.user, pk, words=ApprovalQuerySet.for_page)
    if not approval.is_waiting:
        return _too_late(request, approval)
    form = SendBackForm(posted(request))
    if not form.is_valid():
        context = _to_decide(request.user, approval) | {"form": form}
        return show(request, "planning/versions/plan_send_back.html", context=context)
    try:
        approval.send_back(comment=form.cleaned_data["comment"], by=request.user, at=now())
    except Decided:
        return _too_late(request, approval)
    return leave(request, approval.get_absolute_url())


@signed_in
@require_http_methods(["GET", "POST"])
def version_save(request: Request, pk: int) -> HttpResponse:
    plan = editable(Plan.objects, request.user, pk, words=PlanQuerySet.for_page)
    form = VersionForm(posted(request))
    if not form.is_valid():
        versions = Snapshot.objects.visible_to(request.user).of(plan).without_data()
        context = {"plan": plan, "account": plan.account, "form": form, "versions": versions[:50]}
        return show(request, "planning/versions/version_save.html", context=context)
    note = form.cleaned_data["note"]
    snapshot = Snapshot.take(plan, by=request.user, at=now(), reason=Reason.SAVED, note=note)
    return leave(request, snapshot.get_absolute_url())


@signed_in
@require_safe
def plan_compare(request: Request, pk: int) -> HttpResponse:
    plan = readable(Plan.objects.with_team(), request.user, pk)
    page = comparison_page(plan, request.GET, now())
    context = {"plan": plan, "account": plan.account, "page": page}
    return show(request, "planning/versions/plan_compare.html", context=context)


def _to_decide(user: User, approval: Approval) -> dict[str, Any]:
    plan = approval.plan
    objectives = Objective.objects.visible_to(user).of_plan(plan).standing().with_owner()
    return {
        "approval": approval,
        "objectives": list(objectives),
        "plan": plan,
        "account": plan.account,
        "version": standing(plan, to_decide=True),
    }


def _too_late(request: Request, approval: Approval) -> HttpResponse:
    """Somebody decided a moment ago: say who and how."""
    found = readable(Approval.objects, request.user, approval.pk, words=ApprovalQuerySet.for_page)
    context = {"approval": found, "plan": found.plan, "account": found.plan.account}
    return show(request, "planning/versions/plan_decided.html", context=context, status=409)
