"""How the app looks to one person: theme and density."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from accounts.access import Request, signed_in
from accounts.users.settings_forms import LookForm
from kam.lib.web.htmx import leave, wants_fragment
from kam.lib.web.problems import problem_words


@signed_in
@require_POST
def look(request: Request) -> HttpResponse:
    form = LookForm(request.POST)
    if not form.is_valid():
        return HttpResponse(" ".join(problem_words(form)), status=422, content_type="text/plain")
    request.user.choose_look(
        **{name: form.cleaned_data[name] or None for name in ("theme", "density")}
    )
    if wants_fragment(request):
        return HttpResponse(status=204)
    return leave(request, "/settings/")
