"""What came in from elsewhere: the batches, and which record of ours is which of theirs."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.account import Account
from accounts.models.people import User
from kam.lib import history


class BatchState(models.TextChoices):
    READY = "ready", pgettext_lazy("import", "To be checked")
    CHECKED = "checked", pgettext_lazy("import", "Checked")
    RUNNING = "running", pgettext_lazy("import", "Running")
    DONE = "done", pgettext_lazy("import", "Imported")
    FAILED = "failed", pgettext_lazy("import", "Failed")
    UNDONE = "undone", pgettext_lazy("import", "Undone")


class BatchQuerySet(models.QuerySet["Batch"]):
    def visible_to(self, user: User) -> Self:
        """An import may touch any account, so it is the administrators' business."""
        return self if user.is_admin else self.none()

    def editable_by(self, user: User) -> Self:
        return self.visible_to(user)

    def newest_first(self) -> Self:
        return self.select_related("by").order_by("-pk")


@history.tracked(exclude=["report", "progress"])
class Batch(models.Model):
    """One import of one or several files, undone as a whole."""

    source = models.CharField(_("Source"), max_length=60)
    name = models.CharField(_("File"), max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=7, choices=BatchState.choices, default=BatchState.READY)
    # Columns, date order and decisions about duplicates, as the person left them.
    options = models.JSONField(default=dict, blank=True)
    # What was made of every kind of record, and which rows were left out.
    report = models.JSONField(default=dict, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "batches"
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="batch_has_name")]

    def __str__(self) -> str:
        return f"{self.name} {self.created_at:%Y-%m-%d}"

    def finish(self, report: dict[str, Any], *, at: datetime) -> None:
        self._write(state=BatchState.DONE, report=report, finished_at=at, progress=100, error="")

    def check_over(self, report: dict[str, Any]) -> None:
        self._write(state=BatchState.CHECKED, report=report, progress=0, error="")

    def fail(self, error: str, *, at: datetime) -> None:
        self._write(state=BatchState.FAILED, error=error[:500], finished_at=at)

    def mark_undone(self, *, at: datetime) -> None:
        self._write(state=BatchState.UNDONE, finished_at=at)

    def _write(self, **fields: Any) -> None:
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=list(fields))


class ExternalKeyQuerySet(models.QuerySet["ExternalKey"]):
    def visible_to(self, user: User) -> Self:
        return self if user.is_admin else self.none()

    def editable_by(self, user: User) -> Self:
        return self.none()

    def of(self, source: str, kind: str) -> Self:
        return self.filter(source=source, kind=kind)


class ExternalKey(models.Model):
    """A record of ours under the name another system gives it."""

    source = models.CharField(max_length=16)
    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=200)
    record = models.BigIntegerField()
    account = models.ForeignKey(
        Account, models.CASCADE, null=True, related_name="+", db_index=False
    )
    # Of the row as it was read last: the same row again changes nothing.
    fingerprint = models.BigIntegerField(default=0)
    # The owner's name over there, where it is nobody of ours.
    owner = models.CharField(max_length=120, blank=True)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="keys")
    # The record was made by that batch, not only found again.
    made = models.BooleanField(default=False)

    objects = ExternalKeyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "record"], name="external_key_of_record")]
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "key"], name="external_key_once"),
            models.CheckConstraint(condition=~Q(key=""), name="external_key_has_key"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.kind} {self.key}"
