"""Everything about one person of the client on one page, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.assessments.disposition_chart import DispositionChart, disposition_chart
from accounts.assessments.relationship_strength import QUARTER, RelationshipStrength, strength
from accounts.models import Acquaintance, Assessment, Interaction, Stakeholder, Tie, User
from accounts.stakeholders.introductions import Way, way_in
from accounts.stakeholders.stakeholder_snapshot import (
    Person,
    StakeholderSnapshot,
    stakeholder_snapshot,
)

NEWEST = 10
# An opinion that runs out this soon, or a guess this old, asks "still true?".
ASK_BEFORE = timedelta(days=45)
GUESS_AGES = timedelta(days=60)


@dataclass(frozen=True)
class StakeholderProfile:
    record: Stakeholder
    person: Person | None  # None once they left
    stakeholder_snapshot: StakeholderSnapshot
    assessments: list[Assessment]
    current: Assessment | None
    in_question: Assessment | None
    disposition_chart: DispositionChart | None
    strength: RelationshipStrength | None
    pairs: list[Acquaintance]
    ties: list[Tie]
    reports: list[Person]
    interactions: list[Interaction]
    interaction_count: int
    way: Way | None

    @property
    def boss(self) -> Stakeholder | None:
        return self.record.reports_to


def stakeholder_profile(record: Stakeholder, user: User, at: datetime) -> StakeholderProfile:
    day = user.today(at)
    around = stakeholder_snapshot(record.account, user, at)
    person = around.by_key.get(record.pk)
    assessments = list(Assessment.objects.about(record).for_list()[:50])
    timeline = Interaction.objects.visible_to(user).with_person(record)
    recent = timeline.contacts().two_way().since(at - timedelta(days=QUARTER)).count()
    return StakeholderProfile(
        record=record,
        person=person,
        stakeholder_snapshot=around,
        assessments=assessments,
        current=next((a for a in assessments if a.made_on <= day < a.expires_on), None),
        in_question=in_question(assessments, day),
        disposition_chart=disposition_chart(assessments, day),
        strength=strength(person, recent) if person else None,
        pairs=list(Acquaintance.objects.of(record)),
        ties=list(Tie.objects.of(record)),
        reports=[p for p in around.people if p.reports_to == record.pk],
        interactions=list(timeline.newest_first().for_list()[:NEWEST]),
        interaction_count=timeline.count(),
        way=way_in(around, record.pk),
    )


def in_question(assessments: list[Assessment], day: date) -> Assessment | None:
    """The newest opinion, when it runs out soon, ran out already or is an old guess."""
    newest = next((a for a in assessments if a.made_on <= day), None)
    if newest is None:
        return None
    runs_out = newest.expires_on - day <= ASK_BEFORE
    asked = newest.confirmed_on or newest.made_on
    return newest if runs_out or (newest.is_guess and day - asked >= GUESS_AGES) else None
