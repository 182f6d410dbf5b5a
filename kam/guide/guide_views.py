"""The user guide, in the reader's language; it opens with what this person does most."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import Request, signed_in
from kam.guide.guide import GuideKind, guide_for, kind_of
from kam.lib.web.htmx import show


@signed_in
@require_safe
def guide(request: Request) -> HttpResponse:
    return show_guide(request, kind_of(request.user))


@signed_in
@require_safe
def guide_page(request: Request, kind: str) -> HttpResponse:
    if kind not in GuideKind.values:
        raise Http404
    return show_guide(request, GuideKind(kind))


def show_guide(request: Request, kind: GuideKind) -> HttpResponse:
    found = guide_for(kind, request.user.language)
    return show(
        request, "kam/guide/guide.html", context={"kind": kind, "kinds": GuideKind, "guide": found}
    )
