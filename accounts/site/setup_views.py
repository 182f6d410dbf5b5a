"""A new installation says what it is and lets its first administrator in, by a link of one use."""

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from accounts.access import Request, public
from accounts.models import SetupLink, Site
from accounts.models.setup import has_administrator
from accounts.site.site_forms import FirstAdministratorForm, SiteForm
from accounts.users.browser_hints import begins_as
from kam.lib.web.addresses import address_of
from kam.lib.web.htmx import leave, show
from kam.lib.web.http import posted


@public
@require_http_methods(["GET", "POST"])
def setup(request: Request, token: str) -> HttpResponse:
    refusal: HttpResponse | None = ratelimit.consume_or_429(request, action="setup", limit_get=True)
    if refusal:
        return refusal
    if SetupLink.of_token(token, now()) is None:
        return over(request)
    here = Site.here()
    form = SiteForm(posted(request), here=here, begin=begins_as(request, here))
    if not form.is_valid():
        return show(request, "accounts/site/setup.html", context={"form": form})
    Site.fill(by=None, **form.cleaned_data)
    return leave(request, reverse("accounts:setup_administrator", args=[token]))


@public
@require_http_methods(["GET", "POST"])
def setup_administrator(request: Request, token: str) -> HttpResponse:
    refusal: HttpResponse | None = ratelimit.consume_or_429(request, action="setup", limit_get=True)
    if refusal:
        return refusal
    link = SetupLink.of_token(token, now())
    if link is None:
        return over(request)
    if Site.stored() is None:
        return leave(request, reverse("accounts:setup", args=[token]))
    form = FirstAdministratorForm(posted(request))
    if not form.is_valid():
        context = {"form": form, "back": reverse("accounts:setup", args=[token])}
        return show(request, "accounts/site/setup_administrator.html", context=context)
    administrator = link.use(at=now(), **form.cleaned_data)
    if administrator is None:
        return over(request)
    get_adapter().login(request, administrator)
    return leave(request, first_day())


def over(request: Request) -> HttpResponse:
    context = {"is_set_up": has_administrator()}
    return show(request, "accounts/site/setup_over.html", context=context, status=404)


def first_day() -> str:
    """The page that leads on; Today where there is none."""
    try:
        return address_of("first_day")
    except NoReverseMatch:
        return address_of("today")
