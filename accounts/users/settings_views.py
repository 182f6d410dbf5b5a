"""A person's own settings: words, clock, looks, and where they are signed in."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Request, signed_in
from accounts.models import SessionNote
from accounts.models.session import hash_of
from accounts.users.device_names import device
from accounts.users.settings_forms import SettingsForm
from kam.lib.web.htmx import done, leave, show

# Rows of the page by what must be drawn again after them: only the row, or everything.
ROWS = {"name", "family_names", "title", "time_zone", "region", "language", "theme", "density"}
SMALL = {"family_names", "title"}


@signed_in
@require_safe
def settings(request: Request) -> HttpResponse:
    return show(request, "accounts/users/settings.html", context=_page(request))


@signed_in
@require_POST
def setting(request: Request, row: str) -> HttpResponse:
    if row not in ROWS:
        raise Http404
    form = SettingsForm(request.POST, instance=request.user, only=[row])
    if not form.is_valid():
        context = _page(request) | {"row": row, "field": form[row]}
        context["rows"][row] = form[row]
        return show(
            request, "accounts/users/settings.html", "accounts/users/_setting_row.html", context
        )
    request.user.change_settings(**form.cleaned_data)
    if row in SMALL:
        context = {"row": row, "field": SettingsForm(instance=request.user)[row]}
        return done(
            request, "accounts/users/_setting_row.html", context, then=reverse("accounts:settings")
        )
    return leave(request, reverse("accounts:settings"))


def _page(request: Request) -> dict[str, Any]:
    here = hash_of(str(request.session.session_key))
    notes = SessionNote.objects.visible_to(request.user).live(now())
    return {
        "rows": {field.name: field for field in SettingsForm(instance=request.user)},
        "at": now(),
        "sessions": [(note, device(note.agent), note.key_hash == here) for note in notes[:50]],
    }
