"""A PDF of a snapshot in one language and template version: made once, kept for ever."""

from typing import TYPE_CHECKING, Self

from django.core.files.base import ContentFile
from django.db import models

from accounts.models import Account, User
from accounts.models.rights import readable_accounts
from kam.lib.outbox.models import Job
from planning.models.snapshot import Snapshot

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile

TEMPLATE_VERSION = 1


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(account__in=readable_accounts(user))

    def editable_by(self, user: User) -> Self:
        return self.none()

    def request(self, snapshot: Snapshot, *, by: User) -> "Report":
        """The stored file of this snapshot in the reader's language, or the job that makes it."""
        report, _ = self.get_or_create(
            snapshot=snapshot,
            language=by.language,
            region=by.region,
            template_version=TEMPLATE_VERSION,
            defaults={"account_id": snapshot.account_id},
        )
        if not report.file:
            report.job = Job.objects.request(
                "planning.report",
                queue="pdf",
                by=by,
                subject=f"report:{report.pk}",
                report=report.pk,
            )
            report.save(update_fields=["job"])
        return report


class Report(models.Model):
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="reports")
    language = models.CharField(max_length=2)
    region = models.CharField(max_length=5)
    template_version = models.PositiveIntegerField()
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    file: "FieldFile" = models.FileField(upload_to="reports", blank=True)  # type: ignore[assignment]

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "language", "region", "template_version"], name="report_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.snapshot} ({self.region})"

    @property
    def filename(self) -> str:
        """What the download is called, in letters every file system takes."""
        words = "".join(c if c.isalnum() else "-" for c in self.snapshot.data["account"]["name"])
        return f"{words.strip('-')}-v{self.snapshot.number}-{self.language}.pdf"

    def store(self, pdf: bytes) -> None:
        """Keep the file once, named by what it is made of."""
        name = f"{self.snapshot.digest}-{self.region}-{self.template_version}.pdf"
        self.file.save(name, ContentFile(pdf), save=False)
        self.save(update_fields=["file"])
