"""Where the working version of a plan stands: draft, submitted, approved, and what changed since."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from accounts.models import User
from kam.lib.text.listed import listed
from planning.models import Approval, Plan, Snapshot
from planning.models.approval import Outcome, deciders
from planning.models.snapshot import as_json
from planning.versions.comparison import compare
from planning.versions.version_data import fingerprint, frozen

DRAFT, SUBMITTED, APPROVED = "draft", "submitted", "approved"


@dataclass(frozen=True)
class Standing:
    """`changes` counts everything since the approved version, `governed` what approval covers."""

    number: int
    approved: Approval | None
    waiting: Approval | None
    sent_back: Approval | None
    deciders: list[User]
    changes: int
    governed: int
    fingerprint: str

    @property
    def state(self) -> str:
        if self.waiting:
            return SUBMITTED
        return APPROVED if self.approved and not self.governed else DRAFT

    @property
    def since(self) -> datetime | None:
        """The moment after which things are new in the working version."""
        return self.approved.decided_at if self.approved else None

    @property
    def approved_number(self) -> int | None:
        snapshot = self.approved.snapshot if self.approved else None
        return snapshot.number if snapshot else None

    @property
    def next_decider(self) -> User | None:
        return self.deciders[0] if self.deciders else None

    @property
    def whoever_decides(self) -> str:
        return listed([person.get_short_name() for person in self.deciders], "or")


def standing(plan: Plan, *, to_decide: bool = False) -> Standing:
    """What the strip above the plan says.

    The plan is read whole only where there is something to compare it with, or `to_decide`.
    """
    approvals = Approval.objects.of(plan).newest_first()
    approved, last = approvals.approved().first(), approvals.first()
    waiting = last if last and last.is_waiting else None
    before = approved.snapshot.data if approved and approved.snapshot else None
    data = as_json(frozen(plan)) if before or to_decide else None
    changes = compare(before, data) if before and data else None
    author = waiting.asked_by if waiting else plan.account.kam
    return Standing(
        number=Snapshot.objects.last_number(plan) + 1,
        approved=approved,
        waiting=waiting,
        sent_back=last if last and last.outcome == Outcome.SENT_BACK else None,
        deciders=deciders(plan.account_id, author=author) if author else [],
        changes=len(changes) if changes else 0,
        governed=changes.governed if changes else 0,
        fingerprint=fingerprint(data) if data else "",
    )


def may_decide(plan: Plan, user: User) -> bool:
    """Whether the person is among those who may approve what waits."""
    return Approval.objects.editable_by(user).filter(plan=plan).waiting().exists()


def waiting_for(user: User, most: int = 20) -> QuerySet[Approval]:
    """The plans that wait for this person's word."""
    return Approval.objects.visible_to(user).editable_by(user).waiting().for_list()[:most]


def asked_by(user: User, most: int = 20) -> QuerySet[Approval]:
    """The plans for which this person asked somebody else's word."""
    return Approval.objects.visible_to(user).asked_by(user).waiting().for_list()[:most]
