"""What a person wants by mail, and the one-click way out."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import Request, public, signed_in
from kam.lib.web.htmx import leave, show
from kam.lib.web.http import posted
from reviews.models.notices import DIGEST, MailChoices, choose_mails
from reviews.notices.notice_forms import MailForm
from reviews.notices.review_clock import ask_for_digest
from reviews.notices.unsubscribe import read_stop


@signed_in
@require_http_methods(["GET", "POST"])
def mail_settings(request: Request) -> HttpResponse:
    choices = MailChoices.of(request.user, now())
    form = MailForm(posted(request), choices=choices)
    if not form.is_valid():
        context = {"form": form, "choices": choices, "digest_kind": DIGEST}
        return show(request, "reviews/notices/mail_settings.html", context=context)
    choose_mails(request.user, at=now(), **form.chosen)
    messages.success(request, gettext("Saved"))
    return leave(request, reverse("reviews:mail_settings"))


@signed_in
@require_POST
def digest_now(request: Request) -> HttpResponse:
    """The digest as of now, once a minute at most."""
    ask_for_digest(request.user, now())
    said = gettext("Your digest is on its way to %(address)s.")
    messages.success(request, said % {"address": request.user.email})
    return leave(request, reverse("reviews:mail_settings"))


@public
@csrf_exempt
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST does it: mail programs post by themselves (RFC 8058), scanners only look."""
    stop = read_stop(token)
    if stop is None:
        raise Http404
    if request.method == "POST":
        stop.obey(at=now())
    context = {"stop": stop, "stopped": request.method == "POST"}
    return show(request, "reviews/notices/unsubscribe.html", context=context, status=200)
