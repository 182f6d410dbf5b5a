"""Uploads that the server cannot keep, and corrections that no cell can hold."""

import errno
from pathlib import Path
from typing import Any
from unittest import mock

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import SimpleTestCase
from django.urls import reverse

from accounts.models import Batch
from integrations.imports.decisions import fixes_of
from kam.lib.web.files import WholeFileStorage
from tests.base import ClaveTest

LEFT_OUT = {"line": 2, "column": "Amount", "file": "v.csv", "value": "ten"}


class DiskFullTest(ClaveTest):
    def test_a_full_disk_keeps_no_half_of_an_upload(self) -> None:
        self.client.force_login(self.root)
        self.client.raise_request_exception = False
        before = self.stored()
        files = [SimpleUploadedFile(f"{n}.csv", b"name\nAcme\n") for n in ("one", "two")]

        with mock.patch.object(WholeFileStorage, "_settle", full_at_the_second()):
            response = self.client.post(reverse("integrations:import_add"), {"uploads": files})

        self.assertContains(response, "The disk of the server is full", status_code=507)
        self.assertFalse(Batch.objects.exists())
        self.assertEqual(self.stored(), before)

    def stored(self) -> set[str]:
        folder = "imports"
        return set(default_storage.listdir(folder)[1]) if default_storage.exists(folder) else set()


class CorrectionTest(SimpleTestCase):
    def test_what_no_cell_can_hold_is_left_out_of_it(self) -> None:
        batch = Batch(report={"revenue": {"left_out": [LEFT_OUT]}})

        found = fixes_of(batch, {"fix-2-Amount-v.csv": "1\0\x07\x1b0"})

        self.assertEqual(found, {"v.csv": {"2": {"Amount": "10"}}})


def full_at_the_second() -> Any:
    settle, seen = WholeFileStorage._settle, list[Path]()

    def settle_once(storage: WholeFileStorage, part: Path, final: Path) -> None:
        seen.append(final)
        if len(seen) > 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        settle(storage, part, final)

    return settle_once
