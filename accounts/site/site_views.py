"""What the installation is, for administrators."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import Request, admins_only
from accounts.models import Site
from accounts.site.site_forms import SiteForm
from kam.lib.web.htmx import leave, show
from kam.lib.web.http import posted


@admins_only
@require_http_methods(["GET", "POST"])
def site(request: Request) -> HttpResponse:
    form = SiteForm(posted(request), here=Site.here(), begin={})
    if not form.is_valid():
        return show(request, "accounts/site/site.html", context={"form": form})
    Site.fill(by=request.user, **form.cleaned_data)
    messages.success(request, _("Saved. Pages, mails and figures follow at once."))
    return leave(request, reverse("accounts:site"))
