"""The client's people in a report: the map, the table, and what stands out among them."""

from dataclasses import dataclass
from typing import Any

from accounts.stakeholders.concerns import Concern
from accounts.stakeholders.introductions import IntroductionStep, Way
from accounts.stakeholders.stakeholder_map import Picture, draw, draw_small
from accounts.stakeholders.stakeholder_snapshot import Known, Link, Person, StakeholderSnapshot

# Units of the drawing across the page: names stay near eight points, in a crowd near seven.
WIDTH, WIDTH_IN_A_CROWD, CROWD = 760, 880, 20


@dataclass(frozen=True)
class People:
    """`left_out` of those the snapshot knows; `coverage` 0 to 100, None is not scored."""

    stakeholder_snapshot: StakeholderSnapshot
    concerns: list[Concern]
    way: Way | None
    coverage: int | None
    left_out: int

    @classmethod
    def of(cls, data: dict[str, Any]) -> "People":
        """A snapshot of an older schema knows nobody."""
        people = [_person(row) for row in data.get("people", [])]
        links = [Link(*link) for link in data.get("links", [])]
        known = {person.pk: person for person in people}
        return cls(
            stakeholder_snapshot=StakeholderSnapshot(people, links),
            concerns=[_concern(row, known) for row in data.get("concerns", [])],
            way=_way(data.get("way"), known),
            coverage=data.get("coverage"),
            left_out=data.get("left_out", 0),
        )

    def __bool__(self) -> bool:
        return bool(self.stakeholder_snapshot.people)

    @property
    def rows(self) -> list[Person]:
        return self.stakeholder_snapshot.people

    @property
    def picture(self) -> Picture:
        crowded = len(self.stakeholder_snapshot.people) > CROWD
        return draw(
            self.stakeholder_snapshot, width=WIDTH_IN_A_CROWD if crowded else WIDTH, way=self.way
        )

    @property
    def small(self) -> Picture:
        return draw_small(self.stakeholder_snapshot, way=self.way)

    @property
    def has_ghosts(self) -> bool:
        return any(person.was is not None for person in self.stakeholder_snapshot.people)


def _person(row: dict[str, Any]) -> Person:
    known = tuple(Known(**known) for known in row["known_by"])
    fields = {name: value for name, value in row.items() if name not in ("id", "known_by")}
    return Person(pk=row["id"], **fields | {"roles": tuple(row["roles"])}, known_by=known)


def _concern(row: dict[str, Any], known: dict[int, Person]) -> Concern:
    people = [known[pk] for pk in row["people"] if pk in known]
    return Concern(row["name"], people, row["roles"], row["departments"])


def _way(row: dict[str, Any] | None, known: dict[int, Person]) -> Way | None:
    if row is None or any(pk not in known for pk in row["people"]):
        return None
    first, *others = (known[pk] for pk in row["people"])
    steps = [
        IntroductionStep(first, "knows", ours=row["ours"]),
        *(IntroductionStep(p, "influences") for p in others),
    ]
    return Way(tuple(steps), 0)
