"""Exchange rates into the reporting currency, kept by administrators."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import Request, admins_only
from accounts.commerce.commerce_forms import RateForm
from accounts.models import ExchangeRate
from accounts.models.rates import reporting_currency
from kam.lib.data.paging import page_of
from kam.lib.web.htmx import leave, show
from kam.lib.web.http import posted


@admins_only
@require_http_methods(["GET", "POST"])
def rates(request: Request) -> HttpResponse:
    form = RateForm(posted(request))
    if not form.is_valid():
        rows = ExchangeRate.objects.visible_to(request.user).newest_first()
        context = {
            "form": form,
            "page": page_of(rows, request.GET.get("page")),
            "currency": reporting_currency(),
        }
        return show(request, "accounts/commerce/rates.html", context=context)
    rate = ExchangeRate.store(by=request.user, **form.cleaned_data)
    messages.success(
        request,
        _("Stored. Figures in %(code)s are made anew within the hour.") % {"code": rate.currency},
    )
    return leave(request, reverse("accounts:rates"))
