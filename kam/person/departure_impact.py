"""What breaks when a person of the client leaves."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import Stakeholder, Tie, User
from accounts.models.stakeholders import DecisionRole
from accounts.stakeholders.stakeholder_snapshot import Person, stakeholder_snapshot
from planning.models import Action


@dataclass(frozen=True)
class DepartureImpact:
    """`roles` nobody else covers, `reports` who lose their line, `ties` and `actions` through them."""

    roles: list[str]
    reports: list[Person]
    ties: list[Tie]
    actions: list[Action]
    alone_in: str  # the department that keeps nobody

    @property
    def count(self) -> int:
        parts = (self.roles, self.reports, self.ties, self.actions)
        return sum(len(part) for part in parts) + bool(self.alone_in)


def departure_impact(person: Stakeholder, user: User, at: datetime) -> DepartureImpact:
    others = [p for p in stakeholder_snapshot(person.account, user, at).people if p.pk != person.pk]
    covered = {role for other in others for role in other.roles}
    alone = person.department and not any(p.department == person.department for p in others)
    open_actions = Action.objects.visible_to(user).concerning(person).open()
    return DepartureImpact(
        roles=[
            str(r.label).lower() for r in DecisionRole if r in person.roles and r not in covered
        ],
        reports=[p for p in others if p.reports_to == person.pk],
        ties=list(Tie.objects.of(person)),
        actions=list(open_actions.for_list()[:50]),
        alone_in=person.department if alone else "",
    )
