"""Who reports to whom, as a nested list: the powerful first, everybody exactly once."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from accounts.stakeholders.stakeholder_snapshot import Person, StakeholderSnapshot


@dataclass
class Branch:
    person: Person
    below: list["Branch"] = field(default_factory=list)
    moves: list[str] = field(default_factory=list)  # names of those this person influences


def org_chart(stakeholder_snapshot: StakeholderSnapshot) -> list[Branch]:
    """Whose manager is not shown stands at the top."""
    people, here = stakeholder_snapshot.people, stakeholder_snapshot.by_key
    below: dict[int | None, list[Person]] = defaultdict(list)
    for person in people:
        below[person.reports_to if person.reports_to in here else None].append(person)
    moves: dict[int, list[str]] = defaultdict(list)
    for link in stakeholder_snapshot.links:
        moves[link.influencer].append(here[link.influenced].name)
    chart = [_branch(person, below, moves) for person in below[None]]
    drawn = {person.pk for person in walk(chart)}
    # A ring cannot be made through the app; whoever is in one all the same is not lost.
    return chart + [Branch(person) for person in people if person.pk not in drawn]


def _branch(
    person: Person, below: dict[int | None, list[Person]], moves: dict[int, list[str]]
) -> Branch:
    reports = [_branch(report, below, moves) for report in below[person.pk]]
    return Branch(person, reports, moves[person.pk])


def walk(branches: Sequence[Branch]) -> Iterator[Person]:
    for branch in branches:
        yield branch.person
        yield from walk(branch.below)
