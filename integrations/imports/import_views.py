"""Imports by page: upload, say what is what, check, import, take back. Administrators only."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Request, admins_only, editable
from accounts.models import Batch, BatchState
from accounts.models.imports import BatchQuerySet
from integrations.imports.decisions import decisions_of, fixes_of
from integrations.imports.import_forms import UploadForm, remembered, table_forms
from integrations.imports.import_page import Story
from integrations.imports.layouts.empty_tables import listed, template
from kam.lib.data.paging import page_of
from kam.lib.tabular.download import download
from kam.lib.web.htmx import done, leave, show
from kam.lib.web.http import posted, takes_files


@admins_only
@require_safe
def imports(request: Request) -> HttpResponse:
    rows = Batch.objects.visible_to(request.user).newest_first()
    context = {"page": page_of(rows, request.GET.get("page")), "templates": listed()}
    return show(request, "integrations/imports/imports.html", context=context)


@admins_only
@takes_files
@require_http_methods(["GET", "POST"])
def import_add(request: Request) -> HttpResponse:
    form = UploadForm(posted(request), request.FILES or None)
    if not form.is_valid():
        return show(request, "integrations/imports/import_add.html", context=_upload(form))
    cleaned = form.cleaned_data
    batch = Batch.upload(
        cleaned["uploads"], by=request.user, source=cleaned["source"], currency=cleaned["currency"]
    )
    return leave(request, batch.get_absolute_url())


@admins_only
@require_safe
def batch(request: Request, pk: int) -> HttpResponse:
    found = _batch(request, pk)
    story = Story(found, request.GET.dict())
    if found.state == BatchState.READY and not found.work and not story.is_broken:
        return leave(request, reverse("integrations:batch_columns", args=[found.pk]))
    return show(
        request, "integrations/imports/batch.html", context={"batch": found, "story": story}
    )


@admins_only
@require_safe
def batch_progress(request: Request, pk: int) -> HttpResponse:
    """The region that polls; nothing (204) while nothing has changed, the page when it is over."""
    found = _batch(request, pk)
    story = Story(found, {})
    if not found.work:
        return leave(request, found.get_absolute_url())
    if request.GET.get("seen") == story.seen:
        return HttpResponse(status=204)
    context = {"batch": found, "story": story}
    return done(
        request, "integrations/imports/parts/_working.html", context, then=found.get_absolute_url()
    )


@admins_only
@require_http_methods(["GET", "POST"])
def batch_columns(request: Request, pk: int) -> HttpResponse:
    found = _batch(request, pk)
    look = found.report.get("look", {})
    forms = table_forms(posted(request), look.get("tables", []))
    if request.method == "GET" or found.is_settled or not _valid(forms):
        context = {"batch": found, "story": Story(found, {}), "forms": forms, "look": look}
        return show(request, "integrations/imports/batch_columns.html", context=context)
    entries = [form.entry() for form in forms]
    turned = any(form.turns_into_another for form in forms)
    heads = remembered(forms, entries)
    found.set_tables(entries, by=request.user, check=not turned, heads=heads)
    return leave(request, found.get_absolute_url())


@admins_only
@require_POST
def batch_decide(request: Request, pk: int) -> HttpResponse:
    return _act(
        request, pk, lambda found: found.decide(decisions_of(found, request.POST), by=request.user)
    )


@admins_only
@require_POST
def batch_correct(request: Request, pk: int) -> HttpResponse:
    return _act(
        request, pk, lambda found: found.correct(fixes_of(found, request.POST), by=request.user)
    )


@admins_only
@require_safe
def batch_left_out(request: Request, pk: int) -> HttpResponse:
    """The rows that did not come in, as a table to put right."""
    found = _batch(request, pk)
    head = [_("File"), _("Line"), _("Column"), _("Reason"), _("Value")]
    rows = (
        [row["file"], row["line"], cell["column"], cell["reason"], cell["value"]]
        for row in Story(found, {}).problems()
        for cell in (row, *row.get("more", ()))
    )
    return download("clave-left-out", request.GET.get("format", "csv"), head, rows)


@admins_only
@require_safe
def import_template(request: Request, name: str) -> HttpResponse:
    found = template(name)
    if found is None:
        raise Http404
    return found


@admins_only
@require_POST
def batch_run(request: Request, pk: int) -> HttpResponse:
    return _act(request, pk, lambda found: found.start(by=request.user))


@admins_only
@require_POST
def batch_again(request: Request, pk: int) -> HttpResponse:
    return _act(request, pk, lambda found: found.again(by=request.user))


@admins_only
@require_POST
def batch_undo(request: Request, pk: int) -> HttpResponse:
    return _act(request, pk, lambda found: found.take_back(by=request.user))


@admins_only
@require_POST
def batch_discard(request: Request, pk: int) -> HttpResponse:
    found = _batch(request, pk)
    found.discard(by=request.user)
    return leave(request, reverse("integrations:imports"))


def _upload(form: UploadForm) -> dict[str, Any]:
    return {"form": form, "most": settings.UPLOAD_BYTES, "together": settings.UPLOAD_TOGETHER,
            "unpacked": settings.UPLOAD_UNPACKED}  # fmt: skip


def _act(request: Request, pk: int, act: Callable[[Batch], object]) -> HttpResponse:
    """One action on the batch, then its page."""
    found = _batch(request, pk)
    act(found)
    return leave(request, found.get_absolute_url())


def _batch(request: Request, pk: int) -> Batch:
    found: Batch = editable(Batch.objects, request.user, pk, words=BatchQuerySet.for_page)
    return found


def _valid(forms: list[Any]) -> bool:
    wrong = [form for form in forms if not form.is_valid()]
    return bool(forms) and not wrong
