"""Coming in for the first time, by the link of an invitation."""

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from accounts.access import Request, public
from accounts.models import Invitation
from accounts.users.user_forms import AcceptForm
from kam.lib.text.reader import reading_as
from kam.lib.web.htmx import leave, show
from kam.lib.web.http import posted


@public
@require_http_methods(["GET", "POST"])
def invitation(request: Request, token: str) -> HttpResponse:
    refusal: HttpResponse | None = ratelimit.consume_or_429(request, action="invitation")
    if refusal:
        return refusal
    found = Invitation.of_token(token, now())
    if found is None:
        return show(request, "accounts/users/invitation_over.html", status=404)
    with reading_as(found.user.reader):
        form = AcceptForm(posted(request), user=found.user, initial={"name": found.user.name})
        if not form.is_valid():
            return show(
                request,
                "accounts/users/invitation.html",
                context={"form": form, "invitation": found},
            )
        if not found.accept(at=now(), **form.cleaned_data):
            return show(request, "accounts/users/invitation_over.html", status=404)
    get_adapter().login(request, found.user)
    return leave(request, "/")
