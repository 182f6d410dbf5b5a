"""How much of the power at a client stands in warm contact with us."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.stakeholders.stakeholder_snapshot import Person


@dataclass(frozen=True, slots=True)
class Coverage:
    """Σ influence weight of the warm ÷ Σ influence weight; seats without a name weigh too."""

    warm: int
    weight: int
    warm_people: int
    people: int

    @property
    def share(self) -> float | None:
        """0 to 1; not scored where nobody is known."""
        return self.warm / self.weight if self.weight else None

    @property
    def score(self) -> int | None:
        return None if self.share is None else round(100 * self.share)


def coverage(people: Sequence[Person]) -> Coverage:
    warm = [person for person in people if person.is_warm]
    return Coverage(
        warm=sum(person.weight for person in warm),
        weight=sum(person.weight for person in people),
        warm_people=len(warm),
        people=len(people),
    )
