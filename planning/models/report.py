"""A PDF of a snapshot in one language and template version: made once, kept for ever."""

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, User
from accounts.models.rights import of_readable, readable_accounts
from kam.lib.outbox.models import Delivery, Job
from kam.lib.text.reader import HOME_REGIONS
from planning.models.snapshot import Snapshot

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile

TEMPLATE_VERSION = 4
KIND, QUEUE, ENDED = "planning.report", "pdf", "report_ended"
# The page of whoever watches looks every second: by then it has seen the end.
WATCHED = timedelta(seconds=15)


class Form(models.TextChoices):
    FULL = "full", _("Full report")
    ONE_PAGE = "one_page", _("One page")


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: User) -> Self:
        return of_readable(self, user)

    def editable_by(self, user: User) -> Self:
        """Nobody changes a report."""
        return self.none()

    def for_page(self) -> Self:
        return self.select_related("snapshot__plan", "account", "job")


class Report(models.Model):
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="reports")
    language = models.CharField(max_length=2)
    region = models.CharField(max_length=5)
    form = models.CharField(max_length=8, choices=Form.choices, default=Form.FULL)
    # Whether people who stand against us are named; else the file carries nothing about them.
    names = models.BooleanField(default=False)
    template_version = models.PositiveIntegerField()
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    file: "FieldFile" = models.FileField(upload_to="reports", blank=True)  # type: ignore[assignment]  # Django's stubs want its own descriptor
    pages = models.PositiveIntegerField(default=0)

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "language", "region", "form", "names", "template_version"],
                name="report_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.snapshot} ({self.region})"

    def get_absolute_url(self) -> str:
        return reverse("planning:report", args=[self.pk])

    @property
    def is_stored(self) -> bool:
        """The file is there, not only its name: a restored copy may lack it."""
        return bool(self.file) and self.file.storage.exists(self.file.name or "")

    @property
    def state(self) -> str:
        """waiting, running, ready or failed."""
        if self.is_stored:
            return "ready"
        if self.job is None or self.job.finished_at:
            return "failed"
        return self.job.state

    @property
    def filename(self) -> str:
        """What the download is called, in letters every file system takes."""
        name = re.sub(r"[\W_]+", "-", self.snapshot.data["account"]["name"]).strip("-")
        form = "-1p" if self.form == Form.ONE_PAGE else ""
        snapshot = self.snapshot
        taken = f"v{snapshot.number}" if snapshot.number else localdate(snapshot.taken_at)
        return f"{name or 'plan'}-{taken}{form}-{self.language}.pdf"

    @classmethod
    def of(
        cls, snapshot: Snapshot, *, by: User, language: str = "", form: str = Form.FULL,
        names: bool = False,
    ) -> "Report":  # fmt: skip
        """The stored file of this snapshot in the asked language, or the job that makes it."""
        language = language or by.language
        region = by.region if language == by.language else HOME_REGIONS[language]
        with transaction.atomic():
            report, _made = cls.objects.get_or_create(
                snapshot=snapshot,
                language=language,
                region=region,
                form=form,
                names=names,
                template_version=TEMPLATE_VERSION,
                defaults={"account_id": snapshot.account_id},
            )
            if not report.is_stored:
                report.ask_for_work(by)
                Waiting.objects.update_or_create(
                    report=report,
                    person=by,
                    defaults={"account_id": report.account_id, "seen_at": None},
                )
        return report

    def ask_for_work(self, by: User) -> None:
        self.job = Job.objects.request(
            KIND, queue=QUEUE, by=by, subject=f"report:{self.pk}", report=self.pk
        )
        self.save(update_fields=["job"])

    def store(self, pdf: bytes, *, pages: int = 0) -> None:
        """Keep the file once, named by what it is made of; a second worker finds it there."""
        storage, name = self.file.storage, self._name()
        with transaction.atomic():
            Report.objects.select_for_update().get(pk=self.pk)
            if not storage.exists(name):
                name = storage.save(name, ContentFile(pdf))
            self.file.name, self.pages = name, pages
            self.save(update_fields=["file", "pages"])

    def seen_by(self, person: User, *, at: datetime) -> None:
        """Whoever saw how it ended needs no mail about it."""
        waiting = Waiting.objects.filter(report=self, person=person, seen_at=None)
        if self.state in ("ready", "failed") and waiting.exists():
            waiting.update(seen_at=at)

    def tell_who_left(self, *, at: datetime) -> None:
        """A little later, so that those who watch have seen it by then; once for each asking."""
        waiting = Waiting.objects.filter(report=self, seen_at=None)
        Delivery.objects.announce(
            Delivery(
                kind=ENDED,
                subject=f"report:{self.pk}",
                recipient_id=person,
                occasion=f"job {self.job_id}",
                due_at=at + WATCHED,
            )
            for person in waiting.values_list("person", flat=True)
        )

    def _name(self) -> str:
        kind = f"{self.form}-{'names' if self.names else 'no-names'}"
        # Half of the digest names it as surely, and leaves the column room for any number.
        made_of = f"{self.snapshot.digest[:32]}-{self.snapshot_id}-{self.region}-{kind}"
        return f"reports/{made_of}-{self.template_version}.pdf"


class WaitingQuerySet(models.QuerySet["Waiting"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(person=user, account__in=readable_accounts(user))

    def editable_by(self, user: User) -> Self:
        return self.none()


class Waiting(models.Model):
    """Somebody asked for the file; without `seen_at` they have not seen how it ended."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    report = models.ForeignKey(Report, models.CASCADE, related_name="waiting")
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(null=True)

    objects = WaitingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "person"], name="report_waiting_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.report_id}"
