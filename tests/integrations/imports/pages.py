"""The way of an import through its pages and the jobs of the worker, in words of a test."""

import tempfile
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Batch
from kam.lib.outbox.tasks import run_jobs
from tests.base import ClaveTest
from tests.integrations.imports.cases import HUBSPOT


class ImportPages(ClaveTest):
    def setUp(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.client.force_login(self.root)

    def upload(self, **files: str | bytes) -> Any:
        sent = [
            SimpleUploadedFile(
                name.replace("_", "."), data if isinstance(data, bytes) else data.encode()
            )
            for name, data in files.items()
        ]
        response = self.client.post(reverse("integrations:import_add"), {"uploads": sent})
        self.work()
        return response

    def hubspot(self) -> Batch:
        self.upload(**{name.replace(".", "_"): text for name, text in HUBSPOT.items()})
        return self.batch

    @property
    def batch(self) -> Batch:
        return Batch.objects.latest("pk")

    def work(self) -> None:
        run_jobs("default")

    def send(self, name: str, **values: Any) -> Any:
        address = reverse(f"integrations:{name}", args=[self.batch.pk])
        response = self.client.post(address, values)
        self.work()
        return response

    def see(self, name: str = "batch", **query: str) -> Any:
        return self.client.get(reverse(f"integrations:{name}", args=[self.batch.pk]), query)

    def columns(self, **values: str) -> Any:
        """The form as it stands, but for these values."""
        page = self.see("batch_columns")
        sent = {
            field.html_name: field.value() or "" for form in page.context["forms"] for field in form
        }
        return self.send("batch_columns", **(sent | values))

    def import_all(self) -> None:
        self.columns()
        self.send("batch_run")
