"""Asking for approval, approving, sending back: each asking is one row, decided once."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, Management, Membership, User, changing
from accounts.models.rights import of_readable
from accounts.models.team import Role
from kam.lib.data import history
from kam.lib.outbox.models import Delivery
from planning.models.plan import Plan
from planning.models.snapshot import Reason, Snapshot

TO_APPROVE, DECIDED = "plan_to_approve", "plan_decided"


class Decided(Exception):
    """Somebody decided a moment ago; the row says who and how."""


class Moved(Exception):
    """What is to be approved changed since the reader had it before them."""


class Outcome(models.TextChoices):
    APPROVED = "approved", _("Approved")
    SENT_BACK = "sent_back", _("Sent back")
    WITHDRAWN = "withdrawn", _("Taken back")


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def visible_to(self, user: User) -> Self:
        return of_readable(self, user)

    def editable_by(self, user: User) -> Self:
        """Who may decide: the sponsor or a manager above the KAM, never who asked."""
        if not user.is_active:
            return self.none()
        members = Membership.objects.filter(account=OuterRef("account"))
        sponsors = members.filter(role=Role.SPONSOR, user=user)
        above = members.filter(role=Role.KAM, user__above__manager=user)
        return self.filter(Exists(sponsors) | Exists(above)).exclude(asked_by=user)

    def waiting(self) -> Self:
        return self.filter(outcome="")

    def of(self, plan: Plan) -> Self:
        found = self.filter(plan=plan).select_related("asked_by", "decided_by", "snapshot")
        return found.defer("snapshot__data")

    def asked_by(self, user: User) -> Self:
        return self.filter(asked_by=user)

    def approved(self) -> Self:
        return self.filter(outcome="approved")

    def newest_first(self) -> Self:
        return self.order_by("-pk")

    def for_list(self) -> Self:
        return self.select_related("account", "plan", "asked_by").order_by("asked_at", "pk")

    def for_page(self) -> Self:
        return self.select_related("account", "plan__account", "asked_by", "decided_by")


@history.tracked()
class Approval(models.Model):
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="approvals")
    version = models.PositiveIntegerField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    note = models.CharField(_("Note"), max_length=1000, blank=True)
    outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    comment = models.TextField(_("Comment"), max_length=2000, blank=True)
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, null=True, related_name="approvals")

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan"], name="approval_one_waiting", condition=Q(outcome="")
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at=None, decided_by=None)
                | ~Q(outcome="") & Q(decided_at__isnull=False, decided_by__isnull=False),
                name="approval_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="approved") | Q(snapshot__isnull=False),
                name="approval_keeps_a_snapshot",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="approved") | ~Q(decided_by=models.F("asked_by")),
                name="approval_never_by_the_author",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="sent_back") | ~Q(comment=""),
                name="approval_sent_back_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} v{self.version}: {self.outcome or 'waiting'}"

    def get_absolute_url(self) -> str:
        return self.plan.get_absolute_url()

    @property
    def is_waiting(self) -> bool:
        return not self.outcome

    @classmethod
    def ask(cls, plan: Plan, *, by: User, at: datetime, note: str = "") -> "Approval":
        """Submit the working version; asking twice leaves one question."""
        with changing(plan.account_id, "plan.submit", by=by.pk):
            Plan.objects.select_for_update().get(pk=plan.pk)
            if waiting := cls.objects.of(plan).waiting().first():
                return waiting
            approval = cls.objects.create(
                plan=plan, account_id=plan.account_id, asked_by=by, asked_at=at, note=note,
                version=Snapshot.objects.next_number(plan),
            )  # fmt: skip
            approval._tell(TO_APPROVE, deciders(plan.account_id, author=by), at)
            return approval

    def approve(self, *, by: User, at: datetime, seen: str) -> None:
        """Freeze the plan as approved. `seen` is the fingerprint of what the reader had read."""
        # What a version holds is read from these models.
        from planning.versions.version_data import fingerprint, frozen

        with changing(self.account_id, "plan.approve", by=by.pk):
            plan = self._lock()
            data = frozen(plan)
            if fingerprint(data) != seen:
                raise Moved
            data["approval"] = {"by": {"id": by.pk, "name": by.name}, "on": by.today(at)}
            self.snapshot = Snapshot.keep(plan, data, by=by, at=at, reason=Reason.APPROVAL)
            self._decide(Outcome.APPROVED, by=by, at=at)

    def send_back(self, *, comment: str, by: User, at: datetime) -> None:
        with changing(self.account_id, "plan.send_back", by=by.pk):
            self._lock()
            self.comment = comment
            self._decide(Outcome.SENT_BACK, by=by, at=at)

    def withdraw(self, *, by: User, at: datetime) -> None:
        """Whoever edits the plan may go on writing before anybody decided."""
        with changing(self.account_id, "plan.withdraw", by=by.pk):
            self._lock()
            self._decide(Outcome.WITHDRAWN, by=by, at=at)

    def _lock(self) -> Plan:
        """The plan, then this row, so that of two people deciding at once one comes first."""
        plan = Plan.objects.select_for_update().get(pk=self.plan_id)
        locked = Approval.objects.select_for_update()
        self.refresh_from_db(from_queryset=locked)
        if not self.is_waiting:
            raise Decided
        return plan

    def _decide(self, outcome: str, *, by: User, at: datetime) -> None:
        self.outcome, self.decided_by, self.decided_at = outcome, by, at
        self.save(update_fields=["outcome", "decided_by", "decided_at", "comment", "snapshot"])
        if outcome != Outcome.WITHDRAWN:
            self._tell(DECIDED, [self.asked_by], at)

    def _tell(self, kind: str, people: list[User], at: datetime) -> None:
        Delivery.objects.announce(
            Delivery(
                kind=kind,
                subject=f"approval:{self.pk}",
                recipient=person,
                occasion=self.outcome or "asked",
                due_at=at,
            )
            for person in people
        )


def deciders(account_id: int, *, author: User) -> list[User]:
    """Who is asked: the sponsor and the KAM's manager; without either, everybody above."""
    members = Membership.objects.filter(account=account_id)
    kam = members.filter(role=Role.KAM).values("user")
    near = User.objects.filter(
        Q(memberships__in=members.filter(role=Role.SPONSOR)) | Q(reports__in=kam)
    )
    above = User.objects.filter(pk__in=Management.objects.filter(report__in=kam).values("manager"))
    for people in (near, above):
        found = people.filter(is_active=True).exclude(pk=author.pk).by_name().distinct()
        if found := list(found):
            return found
    return []
