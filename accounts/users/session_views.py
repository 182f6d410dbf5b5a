"""Ending sessions: one, or all but the one at hand."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.access import Request, editable, signed_in
from accounts.models import SessionNote
from kam.lib.web.htmx import leave


@signed_in
@require_POST
def session_end(request: Request, pk: int) -> HttpResponse:
    editable(SessionNote.objects, request.user, pk).end()
    return leave(request, reverse("accounts:settings") + "#sign-in")


@signed_in
@require_POST
def sessions_end(request: Request) -> HttpResponse:
    SessionNote.objects.editable_by(request.user).but(request.session.session_key).end()
    return leave(request, reverse("accounts:settings") + "#sign-in")
