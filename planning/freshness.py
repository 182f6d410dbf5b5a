"""How long ago somebody confirmed a part of the plan, against how often that is asked for."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.timezone import localdate

from accounts.models import Account, User
from planning.models import Confirmation
from planning.models.confirmation import Part

# Days between two confirmations, by service class.
CADENCE = {"A": 30, "B": 60, "C": 90}
WITHOUT_CLASS = 90


@dataclass(frozen=True)
class Freshness:
    """`on` and `by` are None while nobody has confirmed the part."""

    part: str
    label: str
    on: date | None
    by: User | None
    cadence: int
    day: date

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


def cadence_of(account: Account) -> int:
    return CADENCE.get(account.service_class, WITHOUT_CLASS)


def freshness(account: Account, day: date) -> dict[str, Freshness]:
    """By part; one query."""
    found = {row.part: row for row in Confirmation.objects.of(account)}
    cadence = cadence_of(account)
    return {
        part.value: Freshness(
            part=part.value,
            label=str(part.label),
            on=localdate(row.at) if (row := found.get(part.value)) else None,
            by=row.by if row else None,
            cadence=cadence,
            day=day,
        )
        for part in Part
    }
