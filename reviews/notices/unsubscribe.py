"""What the way out of a kind of mail does, whoever comes with its link."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from kam.lib.outbox.models import OptOut
from kam.lib.outbox.registry import optional
from kam.lib.outbox.stop import read_token
from reviews.models import DigestChoice
from reviews.models.notices import DIGEST


@dataclass(frozen=True)
class Stop:
    user: User
    kind: str

    @property
    def words(self) -> str:
        return str(optional[self.kind])

    def obey(self, *, at: datetime) -> None:
        """No more mail of this kind; once more changes nothing."""
        if self.kind == DIGEST:
            choice = DigestChoice.objects.of(self.user, at)
            choice.choose(is_on=False, weekday=choice.weekday, hour=choice.hour, at=at)
        else:
            OptOut.objects.choose(self.user, self.kind, wanted=False)


def read_stop(token: str) -> Stop | None:
    """What the link says, or None when it is not one of ours. It does not grow old."""
    found = read_token(token)
    user = User.objects.filter(pk=found[0]).first() if found else None
    return Stop(user, found[1]) if found and user else None
