"""The people of an account: map, table, org chart; added, changed, placed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Request, editable, readable, signed_in
from accounts.editing import written
from accounts.models import Account, Stakeholder
from accounts.stakeholders.stakeholder_filters import StakeholderFilters
from accounts.stakeholders.stakeholder_forms import AssessmentForm, PositionForm, StakeholderForm
from accounts.stakeholders.stakeholder_page import StakeholderPage, stakeholder_page
from accounts.stakeholders.stakeholder_snapshot import by_urgency
from kam.lib.web.htmx import leave, show
from kam.lib.web.http import posted
from kam.lib.web.regions.page import show_kept

ROWS = 50


@signed_in
@require_safe
def stakeholders(request: Request, pk: int) -> HttpResponse:
    account = readable(Account.objects.with_sight(request.user), request.user, pk)
    return show_kept(
        request,
        "accounts/stakeholders/stakeholders.html",
        "accounts/stakeholders/_stakeholders.html",
        made_from=account.sight,
        draw=lambda: _stakeholders(request, account),
    )


def _stakeholders(request: Request, account: Account) -> dict[str, Any]:
    stakeholder_filters = StakeholderFilters.of(request.GET)
    pictures = stakeholder_page(account, stakeholder_filters, request.user, now())
    rows = Paginator(by_urgency(pictures.stakeholder_snapshot.people), ROWS).get_page(
        request.GET.get("page")
    )
    chosen = None
    if stakeholder_filters.person in pictures.stakeholder_snapshot.by_key:
        chosen = readable(
            Stakeholder.objects.for_page(), request.user, stakeholder_filters.person or 0
        )
    may = account.may_edit
    return {
        "account": account,
        "stakeholder_filters": stakeholder_filters,
        "pictures": pictures,
        "page": rows,
        "may_edit": may,
        "chosen": chosen,
        "form": PositionForm(account=account, person=chosen) if chosen and may else None,
        "opinion": _opinion(request, pictures, stakeholder_filters.person)
        if chosen and may
        else None,
    }


@signed_in
@require_http_methods(["GET", "POST"])
def stakeholder_add(request: Request, pk: int) -> HttpResponse:
    account = editable(Account.objects.with_team(), request.user, pk)
    initial = {
        "influence": "medium",
        "owner": request.user.pk,
        "department": request.GET.get("department", ""),
    }
    form = StakeholderForm(posted(request), account=account, initial=initial)
    if form.is_valid():
        try:
            person = Stakeholder.add(account, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return leave(request, person.get_absolute_url())
    context = {"account": account, "form": form}
    return show(request, "accounts/stakeholders/stakeholder_add.html", context=context)


@signed_in
@require_http_methods(["GET", "POST"])
def stakeholder_edit(request: Request, pk: int) -> HttpResponse:
    person = editable(Stakeholder.objects.for_page(), request.user, pk)
    form = StakeholderForm(posted(request), account=person.account, person=person)
    context = {"account": person.account, "person": person, "form": form}
    if not (form.is_valid() and written(form, person, person.change, by=request.user)):
        return show(
            request,
            "accounts/stakeholders/stakeholder_edit.html",
            context=context,
            status=form.status,
        )
    return leave(request, person.get_absolute_url())


@signed_in
@require_POST
def stakeholder_position(request: Request, pk: int) -> HttpResponse:
    """The panel beside the map: roles, influence, holder and rhythm."""
    person = editable(Stakeholder.objects.for_page(), request.user, pk)
    form = PositionForm(request.POST, account=person.account, person=person)
    context = {"account": person.account, "person": person, "form": form}
    page, region = (
        "accounts/stakeholders/stakeholder_position.html",
        "accounts/stakeholders/_position.html",
    )
    if not (form.is_valid() and written(form, person, person.change, by=request.user)):
        return show(request, page, region, context, status=form.status)
    return leave(request, person.map_url)


@signed_in
@require_POST
def stakeholder_return(request: Request, pk: int) -> HttpResponse:
    """They did not leave after all."""
    person = editable(Stakeholder.objects.for_page(), request.user, pk)
    person.come_back(by=request.user)
    return leave(request, person.get_absolute_url())


def _opinion(request: Request, pictures: StakeholderPage, person: int | None) -> AssessmentForm:
    """How they stand today is what the five steps begin with."""
    stands = pictures.stakeholder_snapshot.by_key[person or 0].disposition
    return AssessmentForm(today=request.user.today(now()), initial={"disposition": stands})
