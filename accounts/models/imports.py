"""What came in from elsewhere: the batches, and which record of ours is which of theirs."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from django.core.files.base import File
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.account import Account
from accounts.models.people import User
from kam.lib.data import history
from kam.lib.outbox.models import Job
from kam.lib.web.addresses import address_of

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile

# The kinds of work on a batch, each a job of the worker.
LOOK, CHECK, RUN, UNDO = (f"accounts.import_{work}" for work in ("look", "check", "run", "undo"))
QUEUE = "default"
KEPT = timedelta(days=14)  # how long an upload waits for somebody to import it


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
        return self.select_related("by", "job").defer("report", "options").order_by("-pk")

    def for_page(self) -> Self:
        return self.select_related("by", "job")

    def forgotten(self, at: datetime) -> Self:
        """Uploaded long ago and never imported."""
        return self.filter(
            state__in=[BatchState.READY, BatchState.CHECKED, BatchState.FAILED],
            created_at__lt=at - KEPT,
        )


@history.tracked(exclude=["report", "progress", "job"])
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
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "batches"
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="batch_has_name")]

    def __str__(self) -> str:
        return f"{self.name} {self.created_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return address_of("batch", self.pk)

    @property
    def work(self) -> str:
        """look, check, run or undo while a worker is at it; else nothing."""
        if self.job is None or self.job.finished_at:
            return ""
        return self.job.kind.rpartition("_")[2]

    @property
    def is_settled(self) -> bool:
        """Imported, on the way in, or taken back: its columns are no longer a question."""
        return self.state in (BatchState.RUNNING, BatchState.DONE, BatchState.UNDONE)

    @classmethod
    def upload(cls, files: Sequence[File[Any]], *, by: User, source: str, currency: str) -> "Batch":
        """Keep the files, and have a worker look at them."""
        names = [(file.name or "").strip()[:200] for file in files]
        with history.action("import.upload", by=by.pk):
            batch = cls.objects.create(
                source=source,
                name=", ".join(names)[:200],
                by=by,
                options={"currency": currency, "source": source},
            )
            batch._keep_files(files, names)
            batch.ask_for(LOOK, by=by)
        return batch

    def _keep_files(self, files: Sequence[File[Any]], names: Sequence[str]) -> None:
        """All or none: when one finds no room, those before it go again."""
        kept: list[BatchFile] = []
        try:
            for file, name in zip(files, names, strict=True):
                one = BatchFile(batch=self, name=name, file=file, size=file.size or 0)
                kept.append(one)
                one.save()
        except OSError:
            for one in kept:
                if one.pk:
                    one.file.delete(save=False)
            raise

    def ask_for(self, kind: str, *, by: User) -> None:
        self.job = Job.objects.request(
            kind, queue=QUEUE, by=by, subject=f"import:{self.pk}", batch=self.pk
        )
        self.save(update_fields=["job"])

    def set_tables(
        self,
        tables: Sequence[Mapping[str, Any]],
        *,
        by: User,
        check: bool,
        heads: Mapping[str, Sequence[Mapping[str, Any]]],
    ) -> None:
        """Which file is what and which column holds what; looked at anew, or checked row by row.

        `heads` is what to remember for the next file of the same head.
        """
        if self.is_settled or self.work:
            return
        with history.action("import.columns", by=by.pk, batch=self.pk):
            for head, entries in heads.items():
                Layout.objects.update_or_create(
                    head=head, defaults={"tables": list(entries), "by": by}
                )
            options = {**self.options, "tables": list(tables)}
            self._write(state=BatchState.READY, options=options, error="")
            self.ask_for(CHECK if check else LOOK, by=by)

    def decide(self, decisions: Mapping[str, Any], *, by: User) -> None:
        """Which companies of the file are the same as ours, new, or left out."""
        self._go_on(
            "import.decide", {"decisions": {**self.options.get("decisions", {}), **decisions}}, by
        )

    def correct(self, fixes: Mapping[str, Any], *, by: User) -> None:
        """Cells written otherwise than in the file: by file, line and column."""
        merged = {file: dict(lines) for file, lines in self.options.get("fixes", {}).items()}
        for file, lines in fixes.items():
            for line, cells in lines.items():
                into = merged.setdefault(file, {})
                into[line] = {**into.get(line, {}), **cells}
        self._go_on("import.correct", {"fixes": merged}, by)

    def _go_on(self, action: str, options: Mapping[str, Any], by: User) -> None:
        if self.state != BatchState.CHECKED or self.work:
            return
        with history.action(action, by=by.pk, batch=self.pk):
            self._write(options={**self.options, **options})
            self.ask_for(CHECK, by=by)

    def start(self, *, by: User) -> bool:
        """Import for good, once; False where it was not checked or somebody started it before."""
        with history.action("import.start", by=by.pk, batch=self.pk):
            mine = Batch.objects.filter(pk=self.pk, state=BatchState.CHECKED)
            if not mine.update(state=BatchState.RUNNING):
                return False
            self.state = BatchState.RUNNING
            self.ask_for(RUN, by=by)
        return True

    def take_back(self, *, by: User) -> None:
        if self.state == BatchState.DONE:
            with history.action("import.take_back", by=by.pk, batch=self.pk):
                self._write(error="")
                self.ask_for(UNDO, by=by)

    def again(self, *, by: User) -> None:
        """What a worker gave up, once more."""
        if self.job and self.job.finished_at and self.job.error:
            with history.action("import.again", by=by.pk, batch=self.pk):
                self.ask_for(self.job.kind, by=by)

    def discard(self, *, by: User | None) -> None:
        """Gone with its files; one that was imported stays."""
        if not self.is_settled and not self.work:
            with history.action("import.discard", by=by.pk if by else None, batch=self.pk):
                self.forget_files()
                self.delete()

    def forget_files(self) -> None:
        """What was uploaded is kept no longer than it is needed."""
        for kept in self.files.all():
            transaction.on_commit(partial(kept.file.storage.delete, kept.file.name or ""))
        self.files.all().delete()

    def finish(self, report: dict[str, Any], *, at: datetime) -> None:
        self._write(state=BatchState.DONE, report=report, finished_at=at, progress=100, error="")

    def note_look(self, seen: dict[str, Any], source: str) -> None:
        self._write(state=BatchState.READY, report=seen, source=source[:60], error="")

    def check_over(self, report: dict[str, Any]) -> None:
        self._write(state=BatchState.CHECKED, report=report, progress=0, error="")

    def fail(self, error: str, *, at: datetime) -> None:
        self._write(state=BatchState.FAILED, error=error[:500], finished_at=at)

    def keep(self, error: str) -> None:
        """It stays as it is, and says why."""
        self._write(error=error[:500])

    def mark_undone(self, *, at: datetime) -> None:
        self._write(state=BatchState.UNDONE, finished_at=at)

    def _write(self, **fields: Any) -> None:
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=list(fields))


def own_name(kept: "BatchFile", name: str) -> str:
    return f"imports/{uuid.uuid4().hex}"


class BatchFile(models.Model):
    """An uploaded file, under a name of ours, until it is imported or thrown away."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    file: "FieldFile" = models.FileField(upload_to=own_name)  # type: ignore[assignment]  # Django's stubs want its own descriptor
    size = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="batch_file_has_name")]

    def __str__(self) -> str:
        return self.name


class LayoutQuerySet(models.QuerySet["Layout"]):
    def visible_to(self, user: User) -> Self:
        return self if user.is_admin else self.none()

    def editable_by(self, user: User) -> Self:
        return self.visible_to(user)

    def recall(self, head: str) -> list[dict[str, Any]]:
        found = self.filter(head=head).values_list("tables", flat=True).first()
        return list(found or [])


class Layout(models.Model):
    """How somebody mapped a table with this head: the next of the same source comes up mapped."""

    head = models.CharField(max_length=64, unique=True)
    tables = models.JSONField(default=list)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    objects = LayoutQuerySet.as_manager()

    def __str__(self) -> str:
        return self.head


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
