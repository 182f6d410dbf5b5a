"""What stands out among the people of an account, before anybody asks; most urgent first."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from accounts.models.stakeholders import DecisionRole
from accounts.stakeholders.stakeholder_snapshot import Person

Name = Literal["derail", "unmet", "cold", "seat", "single"]
# Of two that concern equally powerful people, the earlier one is shown first.
RANK: dict[Name, int] = {"derail": 0, "unmet": 1, "cold": 2, "seat": 3, "single": 4}
MARKS: dict[Name, str] = {
    "unmet": "none", "derail": "risk", "cold": "risk", "seat": "watch", "single": "watch",
}  # fmt: skip


@dataclass(frozen=True)
class Concern:
    """`people` the most powerful first; `roles` nobody covers; `departments` on one thread."""

    name: Name
    people: list[Person]
    roles: list[str]
    departments: list[str]

    @property
    def mark(self) -> str:
        return MARKS[self.name]

    @property
    def count(self) -> int:
        if self.name == "seat":
            return len(self.people) + len(self.roles)
        return len(self.departments) if self.name == "single" else len(self.people)

    @property
    def first(self) -> Person | None:
        return self.people[0] if self.people else None

    @property
    def role_words(self) -> list[str]:
        return [str(DecisionRole(role).label).lower() for role in self.roles]

    @property
    def weight(self) -> int:
        return max((person.weight for person in self.people), default=1)


def concerns(people: Sequence[Person]) -> list[Concern]:
    """Nothing for an account without people: there the empty page speaks."""
    if not people:
        return []
    found = [
        Concern("derail", could_derail(people), [], []),
        _about("unmet", [p for p in people if p.is_unmet and not p.could_derail]),
        _about("cold", [p for p in people if p.is_cold]),
        _seats(people),
        _single_threads(people),
    ]
    return sorted((c for c in found if c.count), key=lambda c: (-c.weight, RANK[c.name]))


def could_derail(people: Sequence[Person]) -> list[Person]:
    """Who could derail the plan, met or not; first who decides, is against us and was never met."""
    return sorted((p for p in people if p.could_derail), key=_danger)


def _danger(person: Person) -> tuple[bool, bool, int, int, int]:
    against = person.disposition is not None and person.disposition < 0
    decides = DecisionRole.DECIDES.value in person.roles
    first = against and decides and person.is_unmet
    return (
        not first,
        not (against and decides),
        -person.weight,
        person.disposition or 0,
        person.pk,
    )


def about(name: str, people: Sequence[Person]) -> list[Person]:
    """The people of one concern, for a list that shows only them; all for an unknown name."""
    for concern in concerns(people):
        if concern.name == name:
            return concern.people
    return [] if name in RANK else list(people)


def _about(name: Name, people: list[Person]) -> Concern:
    return Concern(name, _powerful_first(people), [], [])


def _powerful_first(people: list[Person]) -> list[Person]:
    return sorted(people, key=lambda p: (-p.weight, -(p.days or 0), p.pk))


def _seats(people: Sequence[Person]) -> Concern:
    """Seats with an unknown person, and decision roles nobody has, not even such a seat."""
    covered = {role for person in people for role in person.roles}
    open_roles = [role.value for role in DecisionRole if role not in covered]
    return Concern("seat", _powerful_first([p for p in people if p.is_gap]), open_roles, [])


def _single_threads(people: Sequence[Person]) -> Concern:
    """Departments with some influence where only one of our relationships is alive."""
    by_department: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        if person.department and not person.is_gap:
            by_department[person.department].append(person)
    hanging = {
        department: alive[0]
        for department, members in by_department.items()
        if max(p.weight for p in members) > 1
        for alive in [_alive(members)]
        if len(alive) == 1
    }
    ordered = sorted(hanging, key=lambda d: (-hanging[d].weight, d))
    return Concern("single", [hanging[d] for d in ordered], [], ordered)


def _alive(members: list[Person]) -> list[Person]:
    """Each live relationship once: somebody of ours who knows somebody met within the rhythm."""
    living = [p for p in members if p.days is not None and not p.is_cold]
    return [p for p in living for _thread in range(max(1, sum(k.level > 0 for k in p.known_by)))]
