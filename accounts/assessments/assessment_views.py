"""What we think of people and of who knows whom: dated, signed, confirmed."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import Request, editable, signed_in
from accounts.models import Acquaintance, Assessment, Stakeholder, Tie
from accounts.stakeholders.stakeholder_forms import AcquaintanceForm, AssessmentForm, TieForm
from kam.lib.web.htmx import leave, show
from kam.lib.web.http import posted


@signed_in
@require_http_methods(["GET", "POST"])
def stakeholder_assess(request: Request, pk: int) -> HttpResponse:
    person = editable(Stakeholder.objects.for_page(), request.user, pk)
    form = AssessmentForm(posted(request), today=request.user.today(now()))
    if not form.is_valid():
        context = {"account": person.account, "person": person, "form": form}
        return show(request, "accounts/assessments/stakeholder_assess.html", context=context)
    words = dict(form.cleaned_data)
    Assessment.make(
        person, words.pop("disposition"), by=request.user, on=words.pop("made_on"), **words
    )
    on_map = request.GET.get("from") == "map"
    return leave(request, person.map_url if on_map else person.get_absolute_url())


@signed_in
@require_POST
def assessment_confirm(request: Request, pk: int) -> HttpResponse:
    assessment = editable(Assessment.objects.select_related("stakeholder"), request.user, pk)
    assessment.confirm(by=request.user, on=request.user.today(now()))
    return leave(request, assessment.stakeholder.get_absolute_url())


@signed_in
@require_http_methods(["GET", "POST"])
def tie_set(request: Request, pk: int) -> HttpResponse:
    person = editable(Stakeholder.objects.for_page(), request.user, pk)
    form = TieForm(posted(request), person=person)
    if form.is_valid():
        pair = [person, form.cleaned_data["other"]]
        if form.cleaned_data["direction"] == TieForm.MOVED:
            pair.reverse()
        try:
            Tie.set(pair[0], pair[1], strength=form.cleaned_data["strength"], by=request.user)
        except ValidationError as error:
            form.add_error("other", error)
        else:
            return leave(request, person.get_absolute_url())
    context = {"account": person.account, "person": person, "form": form}
    return show(request, "accounts/assessments/tie_set.html", context=context)


@signed_in
@require_POST
def tie_remove(request: Request, pk: int) -> HttpResponse:
    tie = editable(Tie.objects.select_related("influencer"), request.user, pk)
    tie.remove(by=request.user)
    return leave(request, tie.influencer.get_absolute_url())


@signed_in
@require_http_methods(["GET", "POST"])
def acquaintance_set(request: Request, pk: int) -> HttpResponse:
    person = editable(Stakeholder.objects.for_page(), request.user, pk)
    form = AcquaintanceForm(
        posted(request),
        account=person.account,
        initial={"user": request.user, "level": 1, "wanted": 2},
    )
    if not form.is_valid():
        context = {"account": person.account, "person": person, "form": form}
        return show(request, "accounts/assessments/acquaintance_set.html", context=context)
    words = dict(form.cleaned_data)
    Acquaintance.set(words.pop("user"), person, by=request.user, **words)
    return leave(request, person.get_absolute_url())
