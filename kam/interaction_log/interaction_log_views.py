"""Log an interaction, from anywhere: a page, or a dialog over the page at hand."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import Request, editable, signed_in
from accounts.models import Account, Interaction, Stakeholder
from kam.interaction_log.contact_log import log_contact, suggested
from kam.interaction_log.interaction_form import LogForm
from kam.lib.web.htmx import leave, show, wants_fragment
from kam.lib.web.http import posted

PAGE = "kam/interaction_log/interaction_log.html"


@signed_in
@require_http_methods(["GET", "POST"])
def interaction_log(request: Request) -> HttpResponse:
    chosen = _chosen(request)
    account = _account(request, chosen)
    form = LogForm(posted(request), user=request.user, account=account)
    if account is None or not form.is_valid():
        if request.method == "POST":
            form.is_valid()
        context = _context(request, form, account, chosen)
        opened = (
            "kam/interaction_log/_interaction_dialog.html"
            if request.method == "GET"
            else "kam/interaction_log/_interaction_form.html"
        )
        return show(request, PAGE, opened, context)
    interaction, _new = log_contact(account, by=request.user, **form.facts)
    messages.success(request, _logged(interaction, form.facts["theirs"]))
    return leave(request, _back(request, account))


@signed_in
@require_POST
def interaction_people(request: Request) -> HttpResponse:
    """Whom the words mean, and what follows from whom was chosen: nothing is logged yet."""
    chosen = _chosen(request)
    account = _account(request, chosen)
    form = LogForm(request.POST, user=request.user, account=account)
    form.errors.clear()
    context = _context(request, form, account, chosen)
    context["account_found"] = bool(account and not request.POST.get("account"))
    return show(request, PAGE, "kam/interaction_log/_interaction_found.html", context, status=200)


def _context(
    request: Request, form: LogForm, account: Account | None, chosen: list[Stakeholder]
) -> dict[str, Any]:
    words = request.POST.get("words", "")[:100]
    return {
        "form": form,
        "account": account,
        "words": words,
        "chosen": [person.pk for person in chosen],
        "people": suggested(request.user, account, words, chosen),
    }


def _chosen(request: Request) -> list[Stakeholder]:
    """Those ticked so far, or the one the link was about; strangers' people do not exist."""
    said = (
        request.POST.getlist("theirs")
        if request.method == "POST"
        else [request.GET.get("person", "")]
    )
    here = _here(request)
    if request.method == "GET" and not said[0] and here.startswith("/stakeholders/"):
        said = [here.split("/")[2]]
    keys = [int(key) for key in said[:100] if _is_key(key)]
    return list(
        Stakeholder.objects.editable_by(request.user).present().named().chosen(keys).for_page()
    )


def _account(request: Request, chosen: list[Stakeholder]) -> Account | None:
    """Of the people chosen; else the one named; else the one whose page lies under the dialog."""
    if chosen:
        return chosen[0].account
    said = request.POST.get("account") or request.GET.get("account") or ""
    if _is_key(said):
        named: Account = editable(Account.objects, request.user, int(said))
        return named
    under = re.match(r"/accounts/(\d{1,18})/", _here(request))
    if under is None or request.method == "POST":
        return None
    return Account.objects.editable_by(request.user).filter(pk=int(under[1])).first()


def _here(request: Request) -> str:
    """The page under the dialog."""
    return urlsplit(request.htmx.current_url_abs_path or "").path if wants_fragment(request) else ""


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _back(request: Request, account: Account) -> str:
    """The page under the dialog, drawn anew; else the timeline of the account."""
    here = urlsplit(request.htmx.current_url_abs_path or "") if wants_fragment(request) else None
    log = reverse("interaction_log")
    if here and here.path not in ("", log):
        return here._replace(fragment="").geturl()
    return reverse("accounts:account_interactions", args=[account.pk])


def _logged(interaction: Interaction, theirs: list[Stakeholder]) -> str:
    if not theirs:
        return gettext("Note kept.")
    names = ", ".join(person.name for person in theirs[:2])
    if len(theirs) > 2:
        more = len(theirs) - 2
        names = ngettext("%(names)s and %(n)s more", "%(names)s and %(n)s more", more) % {
            "names": names,
            "n": more,
        }
    return gettext("Logged: %(kind)s with %(names)s.") % {
        "kind": interaction.get_kind_display(),
        "names": names,
    }
