"""How long a session lives, and the note about it: at most one write in five minutes.

In the session stand when it started, when it was seen last, and which note speaks of it.
"""

from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_ipv46_address

from accounts.access import Request
from accounts.models import SessionNote
from accounts.models.session import hash_of, local_day

STARTED, SEEN, NOTED = "started", "seen", "noted"
IDLE = timedelta(hours=12)  # SESSION_COOKIE_AGE says the same to Django
LONGEST = timedelta(days=7)
EVERY = timedelta(minutes=5)


def is_over(session: SessionBase, at: datetime) -> bool:
    now = at.timestamp()
    too_old = now - session.get(STARTED, now) > LONGEST.total_seconds()
    too_quiet = now - session.get(SEEN, now) > IDLE.total_seconds()
    return bool(too_old or too_quiet)


def touch(request: Request, at: datetime) -> None:
    """Keep the session alive and its note true. A poll sets `request.is_poll`: it prolongs nothing."""
    session = request.session
    if session.get(NOTED) != hash_of(session.session_key or ""):
        _note(request, at)
    elif at.timestamp() - session[SEEN] >= EVERY.total_seconds() and not hasattr(
        request, "is_poll"
    ):
        if local_day(datetime.fromtimestamp(session[SEEN], at.tzinfo)) != local_day(at):
            _note(request, at)
        session[SEEN] = int(at.timestamp())


def _note(request: Request, at: datetime) -> None:
    """A new session, a new key of the same one, or a new day."""
    session = request.session
    if not session.session_key:
        session.save()
    before = session.get(NOTED, "")
    session[NOTED] = SessionNote.objects.note(
        request.user,
        str(session.session_key),
        agent=request.headers.get("User-Agent", ""),
        address=address_of(request),
        at=at,
    )
    if before and before != session[NOTED]:
        SessionNote.objects.filter(key_hash=before).delete()
    session.setdefault(STARTED, int(at.timestamp()))
    session[SEEN] = int(at.timestamp())


def address_of(request: Request) -> str | None:
    """Where the person is, as far as trusted proxies tell."""
    try:
        address = str(get_adapter().get_client_ip(request))
        validate_ipv46_address(address)
    except (PermissionDenied, ValidationError):
        return None
    return address
