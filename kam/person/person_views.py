"""One person of the client with what we plan around them; and what breaks when they leave."""

from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import Request, editable, may_edit, readable, signed_in
from accounts.models import Account, Stakeholder
from accounts.stakeholders.stakeholder_profile import stakeholder_profile
from kam.lib.web.htmx import leave, show
from kam.person.departure_impact import departure_impact
from planning.models import Action

ACTIONS = 12


@signed_in
@require_safe
def stakeholder(request: Request, pk: int) -> HttpResponse:
    person = readable(Stakeholder.objects.for_page(), request.user, pk)
    actions = Action.objects.visible_to(request.user).concerning(person).open()
    context = {
        "account": person.account,
        "person": person,
        "stakeholder_profile": stakeholder_profile(person, request.user, now()),
        "actions": actions.for_list()[:ACTIONS],
        "may_edit": may_edit(Account.objects, request.user, person.account),
        "today": request.user.today(now()),
    }
    return show(request, "kam/person/stakeholder.html", context=context)


@signed_in
@require_http_methods(["GET", "POST"])
def stakeholder_leave(request: Request, pk: int) -> HttpResponse:
    """GET says what it breaks, POST marks them as gone."""
    person = editable(Stakeholder.objects.for_page(), request.user, pk)
    if request.method == "GET":
        context = {
            "account": person.account,
            "person": person,
            "departure_impact": departure_impact(person, request.user, now()),
        }
        return show(request, "kam/person/stakeholder_leave.html", context=context)
    person.leave(by=request.user, at=now())
    return leave(request, person.get_absolute_url())
