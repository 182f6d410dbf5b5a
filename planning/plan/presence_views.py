"""The tiny address that pages ask every few seconds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from accounts.access import Request, public, readable, signed_in
from planning.models import Plan
from planning.models.plan import PlanQuerySet
from planning.plan.presence import look_around, ticket, visitor_of


@public
@require_safe
def presence(request: HttpRequest) -> HttpResponse:
    """204 while nothing is new, 403 when the ticket is too old: the page then asks for another.

    The browser sends no cookies here: the signed ticket says who asks.
    """
    visitor = visitor_of(request.GET.get("ticket", ""))
    if visitor is None:
        return HttpResponse(status=403)
    revision, faces = look_around(visitor)
    seen = f"{revision}-{'.'.join(str(pk) for pk in faces)}"
    if seen == request.GET.get("seen"):
        return HttpResponse(status=204)
    with override(visitor.language):
        answer = render(request, "planning/objectives/_faces.html", {"names": faces.values()})
    answer["X-Seen"] = seen
    answer["X-Revision"] = str(revision)
    answer["Cache-Control"] = "no-store"
    return answer


@signed_in
@require_safe
def presence_renew(request: Request, pk: int) -> HttpResponse:
    plan = readable(Plan.objects, request.user, pk, words=PlanQuerySet.for_page)
    return HttpResponse(ticket(request.user, plan).token, content_type="text/plain")
