"""How many of the contacts that were called for took place. Source: the product's calculations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.stakeholders.stakeholder_snapshot import Person

QUARTER = 90


@dataclass(frozen=True, slots=True)
class Engagement:
    """Σ influence weight × contacts that took place ÷ Σ influence weight × contacts called for.

    Called for are the days owed of the last 90 ÷ cadence, with everybody who has a name and of whom
    a first contact has fallen due: contacts are owed from the day on which the person and their
    cadence were entered. Nobody makes up for another, so more contacts than called for count as
    many. `kept` are the people with whom all of them took place, `people` those who owe any.
    """

    met: float
    called_for: float
    kept: int
    people: int
    # Where nothing has fallen due yet: the day on which the first contact will.
    first_due: date | None = None

    @property
    def share(self) -> float | None:
        """0 to 1; not scored until a first contact has fallen due."""
        return self.met / self.called_for if self.called_for else None


def engagement(people: Sequence[Person], contacts: Mapping[int, int], day: date) -> Engagement:
    """`contacts`: on how many of the last 90 days each was in touch with us, in both directions."""
    owed = [person for person in people if person.is_owed]
    shares = [_share(person, contacts.get(person.pk, 0)) for person in owed]
    weights = [person.weight * _owed_days(person) / person.cadence for person in owed]
    waits = [p.cadence - p.owed_days for p in people if not p.is_gap and not p.is_owed]
    return Engagement(
        met=sum(weight * share for weight, share in zip(weights, shares, strict=True)),
        called_for=sum(weights),
        kept=sum(share == 1 for share in shares),
        people=len(owed),
        first_due=day + timedelta(days=min(waits)) if waits and not owed else None,
    )


def _owed_days(person: Person) -> int:
    return min(QUARTER, person.owed_days)


def _share(person: Person, contacts: int) -> float:
    """A rhythm longer than the quarter asks for one contact within it, and no less."""
    if person.cadence > QUARTER:
        return float(person.two_way_days is not None and person.two_way_days < person.cadence)
    return min(1.0, contacts * person.cadence / _owed_days(person))
