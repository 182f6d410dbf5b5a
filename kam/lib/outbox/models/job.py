"""Work that a person waits for: claimed with a lease, resumed by another worker after a crash."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.timezone import now

from kam.lib.outbox.registry import endings, workers
from kam.lib.outbox.wake import wake_jobs

LEASE = timedelta(minutes=2)  # renewed by every report of progress
MAX_ATTEMPTS = 4


class GiveUp(Exception):
    """Trying again makes it no better; its text is the code that the page has words for."""


class JobQuerySet(models.QuerySet["Job"]):
    def due(self, at: datetime) -> Self:
        return self.filter(finished_at=None).filter(Q(lease_until=None) | Q(lease_until__lt=at))

    def bury(self, at: datetime) -> int:
        """End those whose workers died at every try, and say so to whoever waits."""
        dead = list(self.due(at).filter(attempts__gte=MAX_ATTEMPTS))
        return sum(job.end(at, error="interrupted") for job in dead)

    def claim(self, queue: str, at: datetime) -> "Job | None":
        with transaction.atomic():
            job = (
                self.due(at)
                .filter(queue=queue)
                .order_by("id")
                .select_for_update(skip_locked=True)
                .first()
            )
            if job is None:
                return None
            job.lease = uuid.uuid4()
            job.lease_until = at + LEASE
            job.attempts = F("attempts") + 1
            job.save(update_fields=["lease", "lease_until", "attempts"])
            job.refresh_from_db(fields=["attempts"])
            return job

    def request(
        self, kind: str, *, queue: str, by: models.Model, subject: str, **args: object
    ) -> "Job":
        """Ask for work once: the same unfinished work of the same subject is shared."""
        with transaction.atomic():
            job, _ = self.get_or_create(
                kind=kind,
                subject=subject,
                finished_at=None,
                defaults={"queue": queue, "requested_by_id": by.pk, "args": args},
            )
            wake_jobs(queue)
        return job


class Job(models.Model):
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=120)
    queue = models.CharField(max_length=20)
    args = models.JSONField(default=dict)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    progress = models.PositiveSmallIntegerField(default=0, help_text="percent that is truly done")
    step = models.CharField(max_length=80, blank=True)
    lease = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"], name="job_one_unfinished", condition=Q(finished_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

    @property
    def state(self) -> str:
        if self.finished_at:
            return "failed" if self.error else "done"
        return "running" if self.lease else "waiting"

    def run(self, at: datetime) -> None:
        workers[self.kind](self)
        self.end(at, progress=100, step="", error="")

    def end(self, at: datetime, **last: object) -> bool:
        """Over, and said to whoever registered for it; False when it is another worker's by now."""
        with transaction.atomic():
            if not self._mine().update(finished_at=at, lease_until=None, **last):
                return False
            if tell := endings.get(self.kind):
                tell(self)
        return True

    def report(self, progress: int, step: str) -> None:
        """Say honestly how far it is, in percent."""
        self._mine().update(progress=progress, step=step, lease_until=now() + LEASE)

    def mark_failed(self, at: datetime, error: str, *, final: bool = False) -> None:
        """Leave it to a later try; after the last one say so to the person who waits."""
        if final or self.attempts >= MAX_ATTEMPTS:
            self.end(at, error=error[:300])
        else:
            pause = timedelta(seconds=10 * self.attempts)
            self._mine().update(lease_until=at + pause, step="")

    def _mine(self) -> JobQuerySet:
        return Job.objects.filter(pk=self.pk, lease=self.lease, finished_at=None)
