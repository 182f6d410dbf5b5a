"""How many of the contacts that were called for took place. Source: the product's calculations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accounts.circle import Person

QUARTER = 90


@dataclass(frozen=True, slots=True)
class Engagement:
    """Σ influence weight × contacts that took place ÷ Σ influence weight × contacts called for.

    Called for are `90 ÷ rhythm` with everybody who has a name; nobody makes up for another, so
    more contacts than that count as many as were called for. `kept` are the people with whom all
    of them took place.
    """

    met: float
    called_for: float
    kept: int
    people: int

    @property
    def share(self) -> float | None:
        """0 to 1; not scored where nobody has a name."""
        return self.met / self.called_for if self.called_for else None


def engagement(people: Sequence[Person], contacts: Mapping[int, int]) -> Engagement:
    """`contacts`: on how many of the last 90 days each was in touch with us, in both directions."""
    named = [person for person in people if not person.is_gap]
    shares = [_share(person, contacts.get(person.pk, 0)) for person in named]
    weights = [person.weight * QUARTER / person.cadence for person in named]
    return Engagement(
        met=sum(weight * share for weight, share in zip(weights, shares, strict=True)),
        called_for=sum(weights),
        kept=sum(share == 1 for share in shares),
        people=len(named),
    )


def _share(person: Person, contacts: int) -> float:
    """A rhythm longer than the quarter asks for one contact within it, and no less."""
    if person.cadence > QUARTER:
        return float(person.two_way_days is not None and person.two_way_days < person.cadence)
    return min(1.0, contacts * person.cadence / QUARTER)
