"""Sign-in by allauth, with its sign-up closed: people come by invitation."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from accounts.emails import announce_reset
from accounts.models import SessionNote, User

log = logging.getLogger(__name__)


class ClosedDoorAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        # By the ledger: nobody learns from the time it takes whether an address is known.
        announce_reset(user, now())

    def set_password(self, user: User, password: str) -> None:
        """A new password ends every other session, in the list of sessions too."""
        user.set_password(password)
        user.save(update_fields=["password"])
        request = context.request
        here = request.session.session_key if request and request.user.is_authenticated else None
        SessionNote.objects.filter(user=user).but(here).end()
        log.info("New password of user %s", user.pk)

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        log.info("Signed in: user %s from %s", user.pk, self.get_client_ip(request))

    def logout(self, request: HttpRequest) -> None:
        if request.user.is_authenticated and request.session.session_key:
            SessionNote.objects.filter(user=request.user).of_key(request.session.session_key).end()
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        log.warning("Sign-in refused from %s", self.get_client_ip(request))

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        log.warning("Sign-in refused: user %s is disabled", user.pk)
        refusal: HttpResponse = super().respond_user_inactive(request, user)
        return refusal
