"""What a person owes on a morning: their actions that are late or due, their reviews that were missed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.models import User
from kam.lib.outbox.registry import SkipReason
from planning.models import Action
from planning.models.actions import ActionQuerySet
from reviews.models import Review
from reviews.recurrence.recurrence import after_working_days

MOST = 12  # rows a part; the rest is counted and one link away
SOON = 2  # working days
MISSED_BACK = timedelta(days=60)


@dataclass(frozen=True)
class DuePart:
    """The first rows, and how many there are in all."""

    rows: list[Action]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


@dataclass(frozen=True)
class DueWork:
    day: date
    late: DuePart
    today: DuePart
    soon: DuePart

    @property
    def count(self) -> int:
        return self.late.count + self.today.count + self.soon.count


def owed_actions(reader: User, at: datetime) -> DueWork:
    day = reader.today(at)
    mine = Action.objects.visible_to(reader).open().owned_by(reader).of_active_accounts()
    soon = mine.due_before(after_working_days(day, SOON) + timedelta(days=1)).exclude(due__lte=day)
    return DueWork(
        day=day,
        late=_part(mine.due_before(day)),
        today=_part(mine.filter(due=day)),
        soon=_part(soon),
    )


def missed_reviews(owner: User, at: datetime) -> list[Review]:
    """Those of the owner's series that nobody made up for, the latest first."""
    missed = Review.objects.visible_to(owner).missed().since(at - MISSED_BACK)
    mine = missed.filter(series__owner=owner, account__archived_at=None)
    return list(mine.for_list().order_by("-starts_at", "-pk"))


def why_not_owed(reader: User) -> SkipReason:
    """There is nothing to tell: it is done, or the reader may not see it any more."""
    theirs = Action.objects.open().owned_by(reader)
    return _why_not(theirs.exists(), theirs.visible_to(reader).exists())


def why_not_missed(owner: User) -> SkipReason:
    theirs = Review.objects.missed().filter(series__owner=owner)
    return _why_not(theirs.exists(), theirs.visible_to(owner).exists())


def _why_not(there: bool, seen: bool) -> SkipReason:
    return SkipReason.RIGHT if there and not seen else SkipReason.OVER


def _part(actions: ActionQuerySet) -> DuePart:
    found = list(actions.for_list()[: MOST + 1])
    count = len(found) if len(found) <= MOST else actions.count()
    return DuePart(found[:MOST], count)
