"""A plan as it stood: immutable, complete, found again by its content."""

import hashlib
import json
from datetime import datetime
from typing import Any, Self

import pgtrigger
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Max

from accounts.models import Account, User, changing
from accounts.models.rights import readable_accounts
from planning.models.plan import Plan


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(account__in=readable_accounts(user))

    def editable_by(self, user: User) -> Self:
        """Nobody changes a snapshot."""
        return self.none()


def content_hash(data: Any) -> str:
    """SHA-256 over canonical JSON, as 64 hexadecimal digits."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


class Snapshot(models.Model):
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="snapshots")
    number = models.PositiveIntegerField()
    data = models.JSONField()
    digest = models.CharField(max_length=64)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="snapshot_number_once"),
            models.UniqueConstraint(fields=["plan", "digest"], name="snapshot_content_once"),
        ]
        triggers = [pgtrigger.Protect(name="snapshot_stays", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.plan} v{self.number}"

    @classmethod
    def take(cls, plan: Plan, *, by: User, at: datetime) -> "Snapshot":
        """Freeze the plan; the same content again gives the same snapshot."""
        from planning.freezing import frozen

        data = json.loads(json.dumps(frozen(plan), cls=DjangoJSONEncoder))
        digest = content_hash(data)
        if same := cls.objects.filter(plan=plan, digest=digest).first():
            return same
        with changing(plan.account_id, "plan.snapshot", by=by.pk):
            Plan.objects.select_for_update().get(pk=plan.pk)
            if faster := cls.objects.filter(plan=plan, digest=digest).first():
                return faster
            number = (cls.objects.filter(plan=plan).aggregate(n=Max("number"))["n"] or 0) + 1
            return cls.objects.create(
                plan=plan, account_id=plan.account_id, number=number, data=data, digest=digest,
                taken_at=at, taken_by=by,
            )  # fmt: skip
