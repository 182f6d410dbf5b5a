"""The client's business: one page, its profile, and what is still true of it."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Request, editable, may_edit, readable, signed_in
from accounts.editing import conflict
from accounts.models import Account
from kam.lib.data.seen import Stale
from kam.lib.web.htmx import done, leave, show
from kam.lib.web.http import posted
from kam.lib.web.problems import problem_words
from planning.business.business_forms import CloseRiskForm, ProfileForm
from planning.business.business_page import business_page, profile_part
from planning.business.risk_history import story
from planning.models import Confirmation, Profile, Risk
from planning.models.swot_risks import RiskQuerySet


@signed_in
@require_safe
def business(request: Request, pk: int) -> HttpResponse:
    account = readable(Account.objects.with_team(), request.user, pk)
    editor = may_edit(Account.objects, request.user, account)
    context = business_page(account, request.user, now(), may_edit=editor)
    return show(request, "planning/business/business.html", context=context)


@signed_in
@require_POST
def profile_text(request: Request, pk: int, field: str) -> HttpResponse:
    account = editable(Account.objects, request.user, pk)
    form = ProfileForm(request.POST)
    page, region = (
        "planning/business/profile_text.html",
        "planning/business/parts/_profile_text.html",
    )
    profile = Profile.objects.visible_to(request.user).of(account)
    context: dict[str, Any] = _profile(account, profile, field)
    if not form.is_valid():
        context |= {
            "error": problem_words(form)[0],
            "refused": request.POST.get("value", "")[:PASTE],
        }
        return show(request, page, region, context)
    seen, mine = form.cleaned_data["seen"], form.cleaned_data["value"]
    try:
        profile = Profile.write(account, field, seen=seen, text=mine, by=request.user)
    except Stale as stale:
        profile = Profile.objects.visible_to(request.user).of(account)
        context |= _profile(account, profile, field)
        context["conflict"] = conflict(profile, mine=mine, theirs=stale.current)
        return show(request, page, region, context, status=409)
    context |= _profile(account, profile, field)
    return done(request, region, context, then=address(account, "profile"))


PASTE = 20_000  # of a refused text that is much too long, so much comes back to be shortened


@signed_in
@require_POST
def part_confirm(request: Request, pk: int, part: str) -> HttpResponse:
    account = editable(Account.objects, request.user, pk)
    Confirmation.confirm(account, part, by=request.user, at=now())
    return leave(request, address(account, part))


@signed_in
@require_http_methods(["GET", "POST"])
def risk_close(request: Request, pk: int) -> HttpResponse:
    risk = editable(Risk.objects, request.user, pk, words=RiskQuerySet.with_account)
    form = CloseRiskForm(posted(request))
    if not form.is_valid():
        context = {"risk": risk, "account": risk.account, "form": form, "story": story(risk)}
        return show(request, "planning/business/risk_close.html", context=context)
    risk.close(outcome=form.cleaned_data["outcome"], by=request.user, at=now())
    return leave(request, address(risk.account, "risks"))


@signed_in
@require_POST
def risk_reopen(request: Request, pk: int) -> HttpResponse:
    risk = editable(Risk.objects, request.user, pk, words=RiskQuerySet.with_account)
    risk.reopen(by=request.user)
    return leave(request, address(risk.account, "risks"))


@signed_in
@require_safe
def risk(request: Request, pk: int) -> HttpResponse:
    """One risk with its history."""
    found = readable(Risk.objects, request.user, pk, words=RiskQuerySet.for_page)
    context = {
        "risk": found,
        "account": found.account,
        "story": story(found),
        "today": request.user.today(now()),
        "may_edit": may_edit(Account.objects, request.user, found.account),
        "back": address(found.account, "risks"),
    }
    return show(request, "planning/business/risk.html", context=context)


def address(account: Account, section: str) -> str:
    return f"{reverse('planning:business', args=[account.pk])}#{section}"


def _profile(account: Account, profile: Profile, field: str) -> dict[str, Any]:
    part = profile_part(account, profile, field)
    return {
        "account": account,
        "field": field,
        "label": part.label,
        "text": part.text,
        "may_edit": True,
        "post_to": part.post_to,
    }
