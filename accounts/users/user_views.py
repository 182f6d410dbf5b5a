"""People of ours, for administrators: who is here, what they may see, who leaves."""

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Request, admins_only, editable
from accounts.models import Invitation, Membership, SessionNote, User
from accounts.users.offboarding import depart
from accounts.users.ownership import must_hand_over, ownership_of
from accounts.users.user_directory import roll_call
from accounts.users.user_forms import DisableForm, InviteForm, PersonForm
from kam.lib.web.htmx import leave, show
from kam.lib.web.http import posted

ROWS = 50


@admins_only
@require_safe
def users(request: Request) -> HttpResponse:
    found = User.objects.editable_by(request.user).matching(request.GET.get("q", ""))
    page = Paginator(found.for_administration().by_name(), ROWS).get_page(request.GET.get("page"))
    everybody = User.objects.editable_by(request.user)
    context = {
        "page": page,
        "q": request.GET.get("q", ""),
        "at": now(),
        "roll": roll_call(everybody),
        "form": InviteForm(initial=_like(request.user)),
    }
    return show(request, "accounts/users/users.html", context=context)


@admins_only
@require_http_methods(["GET", "POST"])
def user_invite(request: Request) -> HttpResponse:
    form = InviteForm(posted(request), initial=_like(request.user))
    if form.is_valid():
        try:
            Invitation.invite(by=request.user, at=now(), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return leave(request, reverse("accounts:users"))
    return show(request, "accounts/users/user_invite.html", context={"form": form})


@admins_only
@require_http_methods(["GET", "POST"])
def user_edit(request: Request, pk: int) -> HttpResponse:
    person = editable(User.objects.for_administration(), request.user, pk)
    form = PersonForm(posted(request), instance=person)
    if form.is_valid():
        try:
            person.administer(by=request.user, **form.changes())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return leave(request, reverse("accounts:users"))
    context = {
        "person": person,
        "form": form,
        "at": now(),
        "memberships": Membership.objects.visible_to(request.user).of_person(person),
        "sessions": SessionNote.objects.visible_to(person).live(now()).count(),
    }
    return show(request, "accounts/users/user_edit.html", context=context)


@admins_only
@require_http_methods(["GET", "POST"])
def user_disable(request: Request, pk: int) -> HttpResponse:
    person = editable(User.objects.here_or_invited(), request.user, pk)
    ownership = ownership_of(person, request.user)
    form = DisableForm(posted(request), person=person, ownership=ownership)
    if form.is_valid():
        try:
            depart(person, by=request.user, at=now(), to=form.heirs())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return leave(request, _page_of(person))
    context = {"person": person, "form": form, "ownership": ownership}
    return show(request, "accounts/users/user_disable.html", context=context)


@admins_only
@require_POST
def user_enable(request: Request, pk: int) -> HttpResponse:
    person = editable(User.objects.came_in(), request.user, pk)
    person.enable(by=request.user)
    return leave(request, reverse("accounts:user_edit", args=[pk]))


@admins_only
@require_POST
def invitation_resend(request: Request, pk: int) -> HttpResponse:
    invitation = editable(Invitation.objects.open().for_page(), request.user, pk)
    invitation.send_again(by=request.user, at=now())
    return leave(request, reverse("accounts:users"))


@admins_only
@require_POST
def invitation_withdraw(request: Request, pk: int) -> HttpResponse:
    invitation = editable(Invitation.objects.open().for_page(), request.user, pk)
    if must_hand_over(invitation.user, request.user):
        return leave(request, reverse("accounts:user_disable", args=[invitation.user_id]))
    invitation.withdraw(by=request.user)
    return leave(request, reverse("accounts:users"))


def _page_of(person: User) -> str:
    """The list for somebody who never came in: nothing is left of them."""
    if person.came_in:
        return reverse("accounts:user_edit", args=[person.pk])
    return reverse("accounts:users")


def _like(user: User) -> dict[str, str]:
    """A new colleague reads as the one who invites them, until they say otherwise."""
    return {name: getattr(user, name) for name in ("language", "region", "time_zone")}
