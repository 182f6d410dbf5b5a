"""What of the stakeholders a page shows, as its address says: view, person, filters."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from accounts.models.stakeholders import DecisionRole
from accounts.stakeholders.concerns import RANK, about
from accounts.stakeholders.stakeholder_snapshot import KINDS, Person, StakeholderSnapshot

VIEWS = ("map", "table", "org")
DISPOSITIONS = [*(KINDS[value] for value in sorted(KINDS)), "unknown"]


@dataclass(frozen=True)
class StakeholderFilters:
    """Everything unknown in an address counts as not said."""

    view: str = "map"
    person: int | None = None
    filters: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "StakeholderFilters":
        known: dict[str, list[str]] = {
            "role": DecisionRole.values,
            "disposition": DISPOSITIONS,
            "only": list(RANK),
        }
        filters = {name: query[name] for name, values in known.items() if query.get(name) in values}
        if department := query.get("department", "")[:120]:
            filters["department"] = department
        key = query.get("person", "")
        view = query.get("view", "")
        return cls(
            view=view if view in VIEWS else "map",
            person=int(key) if key.isascii() and key.isdigit() and len(key) < 19 else None,
            filters=filters,
        )

    def address(self, **changes: str | int | None) -> str:
        """A relative link to the same page with something else said."""
        said: dict[str, str | int | None] = {
            "view": self.view,
            "person": self.person,
            **self.filters,
        }
        said |= changes
        return "?" + urlencode(
            {name: value for name, value in said.items() if value not in (None, "")}
        )

    @property
    def query(self) -> str:
        """The filters alone."""
        return urlencode(self.filters)

    @property
    def as_map(self) -> str:
        return self.address(view="map", person=None)

    @property
    def as_org(self) -> str:
        return self.address(view="org", person=None)

    @property
    def as_table(self) -> str:
        return self.address(view="table", person=None)

    @property
    def closed(self) -> str:
        return self.address(person=None)

    @property
    def person_base(self) -> str:
        """To be continued with a person's key."""
        return f"{self.closed}&person="

    def through(self, stakeholder_snapshot: StakeholderSnapshot) -> StakeholderSnapshot:
        people = [person for person in stakeholder_snapshot.people if self._lets(person)]
        if only := self.filters.get("only"):
            meant = {person.pk for person in about(only, stakeholder_snapshot.people)}
            people = [person for person in people if person.pk in meant]
        keys = {person.pk for person in people}
        links = [
            k for k in stakeholder_snapshot.links if k.influencer in keys and k.influenced in keys
        ]
        return StakeholderSnapshot(people, links)

    def _lets(self, person: Person) -> bool:
        wanted = self.filters
        return (
            wanted.get("department", person.department) == person.department
            and ("role" not in wanted or wanted["role"] in person.roles)
            and ("disposition" not in wanted or wanted["disposition"] == _stands(person))
        )


def _stands(person: Person) -> str:
    return "" if person.is_gap else person.kind
