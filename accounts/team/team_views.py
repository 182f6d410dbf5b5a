"""The team of an account: who has which role, what they may do, who stands in for them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Request, editable, led, readable, signed_in
from accounts.editing import added
from accounts.models import Absence, Account, Membership
from accounts.team.team_page import team_page
from accounts.users.user_forms import DeputyForm, HandOverForm, MemberForm
from kam.lib.web.htmx import leave, show
from kam.lib.web.http import posted


@signed_in
@require_safe
def team(request: Request, pk: int) -> HttpResponse:
    account = readable(Account.objects.with_team(), request.user, pk)
    context = {"account": account, "team_page": team_page(account, request.user)}
    return show(request, "accounts/team/team.html", context=context)


@signed_in
@require_http_methods(["GET", "POST"])
def member_add(request: Request, pk: int) -> HttpResponse:
    account = led(request.user, pk)
    form = MemberForm(posted(request), account=account)
    if form.is_valid() and added(form, account.add_member, by=request.user, **form.cleaned_data):
        return _team(request, account.pk)
    return show(
        request, "accounts/team/member_add.html", context={"account": account, "form": form}
    )


@signed_in
@require_http_methods(["GET", "POST"])
def member_edit(request: Request, pk: int) -> HttpResponse:
    member = editable(Membership.objects.for_hand_over(), request.user, pk)
    initial = {"role": member.role, "right": member.right}
    form = MemberForm(posted(request), account=member.account, member=member, initial=initial)
    if form.is_valid():
        try:
            member.change(by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _team(request, member.account_id)
    return show(request, "accounts/team/member_edit.html", context=_page(member, form=form))


@signed_in
@require_http_methods(["GET", "POST"])
def member_remove(request: Request, pk: int) -> HttpResponse:
    member = editable(Membership.objects.for_hand_over(), request.user, pk)
    context = _page(member)
    if request.method == "POST":
        try:
            member.leave(by=request.user)
        except ValidationError as error:
            context["refusal"] = error.messages[0]
        else:
            return _team(request, member.account_id)
    return show(request, "accounts/team/member_remove.html", context=context)


@signed_in
@require_http_methods(["GET", "POST"])
def role_hand_over(request: Request, pk: int) -> HttpResponse:
    member = editable(Membership.objects.named().for_hand_over(), request.user, pk)
    form = HandOverForm(posted(request), member=member)
    if form.is_valid():
        try:
            member.hand_over(form.cleaned_data["to"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _team(request, member.account_id)
    return show(request, "accounts/team/role_hand_over.html", context=_page(member, form=form))


@signed_in
@require_http_methods(["GET", "POST"])
def absence_add(request: Request, pk: int) -> HttpResponse:
    member = editable(Membership.objects.of_self_or_led(), request.user, pk)
    form = DeputyForm(posted(request), member=member)
    if form.is_valid():
        try:
            Absence.name_deputy(member, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _team(request, member.account_id)
    return show(request, "accounts/team/absence_add.html", context=_page(member, form=form))


@signed_in
@require_POST
def absence_cancel(request: Request, pk: int) -> HttpResponse:
    absence = editable(Absence.objects.for_list(), request.user, pk)
    absence.cancel(by=request.user)
    return _team(request, absence.account_id)


def _team(request: Request, pk: int) -> HttpResponse:
    return leave(request, reverse("accounts:team", args=[pk]))


def _page(member: Membership, **more: Any) -> dict[str, Any]:
    return {"member": member, "account": member.account, **more}
