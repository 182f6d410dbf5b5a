"""How long ago somebody confirmed a part of the plan, against how often that is asked for."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.timezone import localdate

from accounts.directory.confirmation_cadence import cadence_of
from accounts.models import Account, User
from planning.models import Confirmation
from planning.models.confirmation import PlanPart


@dataclass(frozen=True)
class Freshness:
    """`on` and `by` are None while nobody has confirmed the part."""

    part: str
    on: date | None
    by: User | None
    cadence: int
    day: date

    @property
    def label(self) -> str:
        """In the language of whoever reads it now."""
        return str(PlanPart(self.part).label)

    @property
    def days(self) -> int | None:
        return (self.day - self.on).days if self.on else None

    @property
    def is_stale(self) -> bool:
        return self.days is not None and self.days > self.cadence

    @property
    def next_on(self) -> date | None:
        return self.on + timedelta(days=self.cadence) if self.on else None

    @property
    def state(self) -> str:
        return "none" if self.on is None else "watch" if self.is_stale else "good"


def freshness(account: Account, day: date) -> dict[str, Freshness]:
    """By part; one query."""
    found = {row.part: row for row in Confirmation.objects.of(account)}
    return {part.value: _fresh(part, found.get(part.value), account, day) for part in PlanPart}


@dataclass(frozen=True)
class StalePlan:
    """The parts of an account that nobody confirmed within their cadence, the oldest first."""

    account: Account
    parts: list[Freshness]

    @property
    def oldest(self) -> Freshness:
        return self.parts[0]


def stale_plans(accounts: Iterable[Account], day: date) -> list[StalePlan]:
    """Of these accounts those with a stale part, the longest stale first; one query."""
    by_id = {account.pk: account for account in accounts}
    stale: dict[int, list[Freshness]] = defaultdict(list)
    for row in Confirmation.objects.filter(account__in=by_id).select_related("by"):
        fresh = _fresh(PlanPart(row.part), row, by_id[row.account_id], day)
        if fresh.is_stale:
            stale[row.account_id].append(fresh)
    plans = [
        StalePlan(by_id[pk], sorted(parts, key=lambda part: (part.on or day, part.part)))
        for pk, parts in stale.items()
    ]
    return sorted(plans, key=lambda plan: (plan.oldest.on or day, plan.account.name))


def _fresh(part: PlanPart, row: Confirmation | None, account: Account, day: date) -> Freshness:
    return Freshness(
        part=part.value,
        on=localdate(row.at) if row else None,
        by=row.by if row else None,
        cadence=cadence_of(account),
        day=day,
    )
