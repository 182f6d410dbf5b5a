"""A person's own settings: words, clock, looks."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import Request, signed_in
from accounts.forms import SettingsForm
from kam.lib.htmx import leave, show
from kam.lib.http import posted


@signed_in
@require_http_methods(["GET", "POST"])
def settings(request: Request) -> HttpResponse:
    form = SettingsForm(posted(request), instance=request.user)
    if not form.is_valid():
        return show(request, "accounts/settings.html", context={"form": form})
    request.user.change_settings(**form.cleaned_data)
    return leave(request, reverse("accounts:settings"))
