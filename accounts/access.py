"""Marks and doors: what every view carries, and the only ways to one record."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from accounts.models import Account, User

View = Callable[..., HttpResponse]


class Request(HttpRequest):
    """The request of a signed-in person, for type checkers: nothing is ever built from it."""

    user: User
    htmx: HtmxDetails


def public(view: View) -> View:
    """Anybody may open it, signed in or not."""
    return _marked(login_not_required(view), "public")


def signed_in(view: View) -> View:
    """Any person of ours; what they see of it is for the doors to say."""
    return _marked(view, "signed_in")


def admins_only(view: View) -> View:
    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_admin:
            raise PermissionDenied(_("Only administrators open this page."))
        return view(request, *args, **kwargs)

    return _marked(guarded, "admins_only")


def mark_of(view: View) -> str | None:
    """The mark of a view, for the system check that refuses a view without one."""
    return getattr(view, "access_mark", None)


def _marked(view: View, mark: str) -> View:
    view.access_mark = mark  # type: ignore[attr-defined]  # functions carry our mark
    return view


M = TypeVar("M", bound=Model, covariant=True)


class Guarded(Protocol[M]):
    """What a manager must offer to be opened by a door; mypy insists on it."""

    def visible_to(self, user: User) -> "QuerySet[M]": ...
    def editable_by(self, user: User) -> "QuerySet[M]": ...


def readable(
    records: Guarded[M], user: User, pk: int, *, words: Callable[[Any], Any] | None = None
) -> M:
    """The record if the person may see it; to a stranger it does not exist (404)."""
    found = _one(records.visible_to(user), pk, words)
    if found is None:
        raise Http404
    return found


def editable(
    records: Guarded[M], user: User, pk: int, *, words: Callable[[Any], Any] | None = None
) -> M:
    """The record if the person may change it: 404 for strangers, 403 for readers."""
    found = _one(records.editable_by(user), pk, words)
    if found is None:
        readable(records, user, pk)
        raise PermissionDenied
    return found


def led(user: User, pk: int) -> Account:
    """The account if the person leads it: 404 for strangers, 403 for those who may less."""
    found = _one(Account.objects.led_by(user), pk, None)
    if found is None:
        readable(Account.objects, user, pk)
        raise PermissionDenied
    return found


def may_lead(user: User, account: Account) -> bool:
    return Account.objects.led_by(user).filter(pk=account.pk).exists()


def may_edit(records: Guarded[M], user: User, record: Model) -> bool:
    return records.editable_by(user).filter(pk=record.pk).exists()


def _one(found: "QuerySet[M]", pk: int, words: Callable[[Any], Any] | None) -> M | None:
    return (words(found) if words else found).filter(pk=pk).first()
