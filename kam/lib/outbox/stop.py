"""The way out of a kind of mail: a link that works without signing in and that nobody can forge."""

from django.core import signing
from django.db import models

from kam.lib.outbox.registry import optional

SALT = "reviews.stop"  # of the first links, which do not grow old


def token_of(user: models.Model, kind: str) -> str:
    return signing.dumps([user.pk, kind], salt=SALT)


def read_token(token: str) -> tuple[int, str] | None:
    """The reader's id and the kind, or None when the link is not one of ours."""
    try:
        pk, kind = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return (pk, kind) if isinstance(pk, int) and kind in optional else None
