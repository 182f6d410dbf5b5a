"""A plan as it stood: immutable, complete, found again by its content."""

import hashlib
import json
from datetime import datetime
from typing import Any, Self

import pgtrigger
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, User, changing
from accounts.models.rights import of_readable
from kam.lib.text import dates
from planning.models.plan import Plan, address


class Reason(models.TextChoices):
    SAVED = "saved", _("Saved")
    APPROVAL = "approval", _("Approved")
    REVIEW = "review", _("Review")
    REPORT = "report", _("PDF")


# Approval and "save a version" give the next number, and nothing else does.
NUMBERED = (Reason.SAVED, Reason.APPROVAL)


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def visible_to(self, user: User) -> Self:
        return of_readable(self, user)

    def editable_by(self, user: User) -> Self:
        """Nobody changes a snapshot."""
        return self.none()

    def of(self, plan: Plan) -> Self:
        return self.filter(plan=plan).select_related("taken_by").order_by("-taken_at", "-pk")

    def without_data(self) -> Self:
        """For lists: the frozen plan itself may be large."""
        return self.defer("data")

    def for_page(self) -> Self:
        return self.select_related("plan", "account", "taken_by")

    def by_key(self, key: str) -> "Snapshot | None":
        """As `Snapshot.key` says it."""
        kept = key.removeprefix("s")
        if not (kept.isascii() and kept.isdecimal() and len(kept) < 10):
            return None
        found = self.filter(number=int(kept)) if kept == key else self.filter(pk=int(kept))
        return found.first()

    def next_number(self, plan: Plan) -> int:
        """The number of the working version."""
        return (self.filter(plan=plan).aggregate(n=Max("number"))["n"] or 0) + 1

    def last_number(self, plan: Plan) -> int:
        """0 while no version has a number."""
        return self.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0


def as_json(data: dict[str, Any]) -> dict[str, Any]:
    """Dates and decimals as they will be read from the database."""
    plain: dict[str, Any] = json.loads(json.dumps(data, cls=DjangoJSONEncoder))
    return plain


def content_hash(data: Any) -> str:
    """SHA-256 over canonical JSON, as 64 hexadecimal digits."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


class Snapshot(models.Model):
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="snapshots")
    # None of a review or a report: they are named by their occasion and day. Those of before this
    # rule keep the number that stands on their pages.
    number = models.PositiveIntegerField(null=True)
    reason = models.CharField(max_length=8, choices=Reason.choices, default=Reason.SAVED)
    note = models.CharField(_("What it is for"), max_length=120, blank=True)
    data = models.JSONField()
    digest = models.CharField(max_length=64)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="snapshot_number_once"),
            models.UniqueConstraint(
                fields=["plan", "digest", "reason"], name="snapshot_content_once"
            ),
        ]
        triggers = [pgtrigger.Protect(name="snapshot_stays", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.plan} {self.key}"

    def get_absolute_url(self) -> str:
        return f"{address(self.account_id, self.plan_id)}&v={self.key}"

    @property
    def key(self) -> str:
        """In addresses: 4 for v4; s12 where it has no number."""
        return f"s{self.pk}" if self.number is None else str(self.number)

    @property
    def name(self) -> str:
        """v4; PDF of 1 Dec 2026."""
        if self.number is not None:
            return f"v{self.number}"
        words = _("Review of %(day)s") if self.reason == Reason.REVIEW else _("PDF of %(day)s")
        return str(words) % {"day": dates.day_year(localdate(self.taken_at))}

    @property
    def version(self) -> int:
        """Its number, or that of the working version of which it was taken."""
        return int(self.data.get("working", 1)) if self.number is None else self.number

    @property
    def is_approved(self) -> bool:
        return self.reason == Reason.APPROVAL

    @classmethod
    def take(
        cls, plan: Plan, *, by: User, at: datetime, reason: str = Reason.SAVED, note: str = ""
    ) -> "Snapshot":
        """Freeze the plan; the same content again gives the same snapshot."""
        # What a version holds is read from these models.
        from planning.versions.version_data import frozen

        with changing(plan.account_id, "plan.snapshot", by=by.pk):
            Plan.objects.select_for_update().get(pk=plan.pk)
            return cls.keep(plan, frozen(plan), by=by, at=at, reason=reason, note=note)

    @classmethod
    def keep(
        cls, plan: Plan, data: dict[str, Any], *, by: User, at: datetime, reason: str,
        note: str = "",
    ) -> "Snapshot":  # fmt: skip
        """Store what was frozen under the lock of the plan, with what stands around it."""
        # What a version holds is read from these models.
        from planning.versions.version_surroundings import around

        number: int | None = cls.objects.next_number(plan)
        data = as_json(data | around(plan, as_json(data), at))
        if reason not in NUMBERED:
            data["working"], number = number, None
        digest = content_hash(data)
        if known := cls.objects.filter(plan=plan, digest=digest, reason=reason).first():
            return known
        return cls.objects.create(
            plan=plan, account_id=plan.account_id, number=number, data=data,
            digest=digest, taken_at=at, taken_by=by, reason=reason, note=note,
        )  # fmt: skip
