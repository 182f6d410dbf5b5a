"""People of the client in short: for the overview of an account and for a person's own day."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import Account, Assessment, Interaction, Stakeholder, User
from accounts.stakeholders.concerns import Concern, concerns
from accounts.stakeholders.coverage import Coverage, coverage
from accounts.stakeholders.stakeholder_snapshot import (
    Person,
    StakeholderSnapshot,
    by_urgency,
    stakeholder_snapshot,
)

SHOWN, RECENT, COLD = 5, 5, 6


@dataclass(frozen=True)
class RelationshipSummary:
    """Section 1 of the plan on one page."""

    stakeholder_snapshot: StakeholderSnapshot
    people: list[Person]
    concerns: list[Concern]
    coverage: Coverage
    recent: list[Interaction]
    interaction_count: int


def relations(account: Account, user: User, at: datetime) -> RelationshipSummary:
    """Of an account that the person may see, whatever it holds."""
    around = stakeholder_snapshot(account, user, at)
    timeline = Interaction.objects.of_account(account)
    return RelationshipSummary(
        stakeholder_snapshot=around,
        people=by_urgency(around.people)[:SHOWN],
        concerns=concerns(around.people),
        coverage=coverage(around.people),
        recent=list(timeline.newest_first().for_list()[:RECENT]),
        interaction_count=timeline.count(),
    )


@dataclass(frozen=True)
class ColdOne:
    """Somebody past the rhythm of contact, with the opinion of the day."""

    record: Stakeholder
    days: int
    kind: str


@dataclass(frozen=True)
class GoingCold:
    people: list[ColdOne]
    count: int


def going_cold(user: User, at: datetime) -> GoingCold:
    """On the accounts the person works on, the most powerful first."""
    mine = Account.objects.visible_to(user).of_team(user).active()
    cold = Stakeholder.objects.visible_to(user).of_accounts(mine.values("pk")).going_cold(user, at)
    shown = list(cold.by_power().for_page()[:COLD])
    opinions = Assessment.objects.filter(stakeholder__in=shown).current(user.today(at))
    stands = {o.stakeholder_id: o.get_disposition_display() for o in opinions}
    return GoingCold(
        people=[ColdOne(p, p.days_since(at, user) or 0, stands.get(p.pk, "")) for p in shown],
        count=cold.count() if len(shown) == COLD else len(shown),
    )
