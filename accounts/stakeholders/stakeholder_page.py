"""The stakeholders page in the view its address asks for: one gathering, several pictures."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext, pgettext

from accounts.models import Account, User
from accounts.models.assessments import Disposition
from accounts.models.stakeholders import DecisionRole
from accounts.stakeholders.concerns import Concern, concerns
from accounts.stakeholders.introductions import Way, best_way, way_in
from accounts.stakeholders.org_chart import Branch, org_chart
from accounts.stakeholders.stakeholder_filters import DISPOSITIONS, StakeholderFilters
from accounts.stakeholders.stakeholder_map import CROWD, Picture, draw, draw_small
from accounts.stakeholders.stakeholder_snapshot import (
    ROLE_ICONS,
    Person,
    StakeholderSnapshot,
    by_urgency,
    stakeholder_snapshot,
)

# More people than these say nothing on one picture; the most urgent are drawn.
ON_THE_MAP, IN_THE_CHART, LISTED = 100, 200, 12
WIDE, BESIDE_THE_PANEL = 1104, 776


@dataclass(frozen=True)
class FilterChoice:
    """One filter: its name in the address, its values with their words."""

    name: str
    label: str
    options: list[tuple[str, str]]
    value: str


@dataclass(frozen=True)
class StakeholderPage:
    everybody: StakeholderSnapshot
    stakeholder_snapshot: StakeholderSnapshot
    concerns: list[Concern]
    way: Way | None
    picture: Picture | None
    small: Picture | None
    chart: list[Branch]
    drawn: int
    choices: list[FilterChoice]
    is_crowd: bool

    @property
    def roles(self) -> list[tuple[str, str, str]]:
        """The signs of the map: value, word, icon."""
        return [(r.value, str(r.label).lower(), ROLE_ICONS[r.value]) for r in DecisionRole]

    @property
    def listed(self) -> list[Person]:
        return by_urgency(self.stakeholder_snapshot.people)[:LISTED]

    @property
    def total(self) -> int:
        return len(self.stakeholder_snapshot.people)


def stakeholder_page(
    account: Account, stakeholder_filters: StakeholderFilters, user: User, at: datetime
) -> StakeholderPage:
    everybody = stakeholder_snapshot(account, user, at)
    shown = stakeholder_filters.through(everybody)
    most = IN_THE_CHART if stakeholder_filters.view == "org" else ON_THE_MAP
    drawn = _most_urgent(shown, most)
    way = _way(everybody, stakeholder_filters.person)
    route = way if way and all(step.person.pk in drawn.by_key for step in way.steps) else None
    is_crowd, on_map = len(drawn.people) > CROWD, stakeholder_filters.view == "map"
    width = (
        BESIDE_THE_PANEL if stakeholder_filters.person in drawn.by_key and not is_crowd else WIDE
    )
    return StakeholderPage(
        everybody=everybody,
        stakeholder_snapshot=shown,
        concerns=concerns(everybody.people),
        way=route,
        picture=draw(drawn, width=width, chosen=stakeholder_filters.person, way=route)
        if on_map
        else None,
        small=draw_small(drawn, way=route) if on_map else None,
        chart=org_chart(drawn) if stakeholder_filters.view == "org" else [],
        drawn=len(drawn.people),
        choices=_choices(everybody, stakeholder_filters),
        is_crowd=is_crowd,
    )


def _way(everybody: StakeholderSnapshot, person: int | None) -> Way | None:
    """To the person looked at, when nobody knows them; else to the most powerful such person."""
    chosen = way_in(everybody, person) if person else None
    return chosen or best_way(everybody)


def _most_urgent(shown: StakeholderSnapshot, most: int) -> StakeholderSnapshot:
    if len(shown.people) <= most:
        return shown
    kept = {person.pk for person in by_urgency(shown.people)[:most]}
    people = [person for person in shown.people if person.pk in kept]
    return StakeholderSnapshot(
        people, [k for k in shown.links if k.influencer in kept and k.influenced in kept]
    )


def _choices(
    everybody: StakeholderSnapshot, stakeholder_filters: StakeholderFilters
) -> list[FilterChoice]:
    departments = sorted({p.department for p in everybody.people if p.department})
    disposition_charts = {name: pgettext("disposition", "Unknown") for name in DISPOSITIONS}
    disposition_charts |= dict(zip(DISPOSITIONS, (str(d.label) for d in Disposition), strict=False))
    only = {
        "unmet": gettext("Nobody knows them"),
        "derail": gettext("Could derail the plan"),
        "cold": gettext("Going cold"),
        "seat": gettext("Seat unfilled"),
        "single": gettext("On one thread"),
    }
    return [
        _choice(
            stakeholder_filters, "department", gettext("Department"), {d: d for d in departments}
        ),
        _choice(
            stakeholder_filters,
            "role",
            gettext("Role"),
            {r.value: str(r.label) for r in DecisionRole},
        ),
        _choice(stakeholder_filters, "disposition", gettext("Disposition"), disposition_charts),
        _choice(stakeholder_filters, "only", gettext("What stands out"), only),
    ]


def _choice(
    stakeholder_filters: StakeholderFilters, name: str, label: str, options: dict[str, str]
) -> FilterChoice:
    return FilterChoice(
        name, label, list(options.items()), stakeholder_filters.filters.get(name, "")
    )
