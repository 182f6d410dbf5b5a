"""The way out of a kind of mail: a link that works without signing in and that nobody can forge."""

from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.urls import reverse

from accounts.models import User
from reviews.models import DigestChoice, OptOut
from reviews.models.notices import DIGEST, MAILS

SALT = "reviews.stop"


@dataclass(frozen=True)
class Stop:
    user: User
    kind: str

    @property
    def words(self) -> str:
        return str(MAILS[self.kind])

    def obey(self, *, at: datetime) -> None:
        """No more mail of this kind; once more changes nothing."""
        if self.kind == DIGEST:
            choice = DigestChoice.objects.of(self.user, at)
            choice.choose(is_on=False, weekday=choice.weekday, hour=choice.hour, at=at)
        else:
            OptOut.objects.choose(self.user, self.kind, wanted=False)


def stop_path(user: User, kind: str) -> str:
    return reverse("reviews:unsubscribe", args=[token_of(user, kind)])


def token_of(user: User, kind: str) -> str:
    return signing.dumps([user.pk, kind], salt=SALT)


def read_stop(token: str) -> Stop | None:
    """What the link says, or None when it is not one of ours. It does not grow old."""
    try:
        pk, kind = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = User.objects.filter(pk=pk).first()
    return Stop(user, kind) if user and kind in MAILS else None
