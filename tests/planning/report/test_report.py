"""The page that shows how far a PDF is, and the worker that makes it."""

import errno
from collections.abc import Callable
from datetime import timedelta
from unittest import mock

from django.core.files.storage import FileSystemStorage, default_storage
from django.urls import reverse

from kam.lib.outbox.models import Job
from kam.lib.outbox.tasks import run_jobs
from kam.lib.pdf import LAYOUT, WORDS, WRITING, Pdf
from planning.models import Report, Snapshot
from tests.base import MONDAY, ClaveTest, shown

FULL = OSError(errno.ENOSPC, "No space left on device")


def drawn(report: Report, *, tell: Callable[[str], None]) -> Pdf:
    for step in (WORDS, LAYOUT, WRITING):
        tell(step)
    return Pdf.of(b"%PDF-1.7 of a test", 3)


class ReportTest(ClaveTest):
    report: Report

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        snapshot = Snapshot.take(cls.plan, by=cls.alice, at=MONDAY)
        cls.report = Report.of(snapshot, by=cls.alice)

    def setUp(self) -> None:
        self.client.force_login(self.alice)
        self.url = self.report.get_absolute_url()

    def test_a_file_finds_room_for_its_name_whatever_the_number_of_the_version(self) -> None:
        Snapshot.objects.filter(pk=self.report.snapshot_id).delete()
        snapshot = Snapshot.objects.create(
            pk=2**62, plan=self.plan, account=self.acme, number=9, data={"account": {"name": "A"}},
            digest="d" * 64, taken_at=MONDAY, taken_by=self.alice,
        )  # fmt: skip
        self.report = Report.of(snapshot, by=self.alice, form="full", names=False)

        self.report.store(b"%PDF-1.7 a test")

        self.assertTrue(Report.objects.get(pk=self.report.pk).is_stored)

    def tearDown(self) -> None:
        self.report.refresh_from_db()
        if self.report.file:
            default_storage.delete(self.report.file.name or "")

    def work(self) -> None:
        """What a worker does, without the second that real pages take."""
        with mock.patch("planning.report.report_jobs.draw", side_effect=drawn):
            run_jobs("pdf")
        self.report = Report.objects.for_page().get(pk=self.report.pk)

    def test_waiting_page_polls_and_works_without_script(self) -> None:
        page = self.client.get(self.url)

        self.assertContains(page, f'id="report-{self.report.pk}-progress"')
        self.assertContains(page, 'hx-trigger="every 1s"')
        self.assertIn(f'<a class="btn" href="{self.url}">', shown(page))

    def test_ready_page_offers_the_file_and_stops_polling(self) -> None:
        self.work()

        page = self.client.get(self.url)

        self.assertContains(page, reverse("planning:report_file", args=[self.report.pk]))
        self.assertContains(page, "Download PDF, 3 pages")
        self.assertNotContains(page, 'hx-trigger="every 1s"')

    def test_same_snapshot_gives_the_same_file(self) -> None:
        self.work()
        made = self.report.file.name
        again = Report.of(self.report.snapshot, by=self.alice)

        self.assertEqual((again.pk, again.file.name), (self.report.pk, made))
        self.assertFalse(Job.objects.due(MONDAY).exists())

    def test_second_run_finds_the_stored_file(self) -> None:
        self.work()
        job = Job.objects.get(subject=f"report:{self.report.pk}")

        with mock.patch("planning.report.report_jobs.draw") as draw:
            job.run(MONDAY)

        draw.assert_not_called()

    def test_two_workers_at_once_keep_one_file(self) -> None:
        self.work()
        name, pdf = self.report.file.name, self.report.file.read()
        twin = Report.objects.get(pk=self.report.pk)

        twin.store(pdf, pages=3)

        self.assertEqual(twin.file.name, name)

    def test_job_of_a_killed_worker_is_done_by_another(self) -> None:
        dead = Job.objects.claim("pdf", MONDAY)
        assert dead is not None
        self.assertIsNone(Job.objects.claim("pdf", MONDAY))

        heir = Job.objects.claim("pdf", MONDAY + timedelta(hours=1))
        assert heir is not None
        with mock.patch("planning.report.report_jobs.draw", side_effect=drawn):
            heir.run(MONDAY)

        self.report = Report.objects.for_page().get(pk=self.report.pk)
        self.assertEqual((heir.pk, self.report.state), (dead.pk, "ready"))

    def test_progress_is_told_while_it_works(self) -> None:
        with mock.patch.object(Job, "report") as told:
            self.work()

        percents = [call.args[0] for call in told.call_args_list]
        self.assertEqual(percents, sorted(percents))
        self.assertEqual([call.args[1] for call in told.call_args_list][-1], "keeping")

    def test_full_disk_is_said_at_once_and_leaves_nothing(self) -> None:
        with (
            mock.patch.object(FileSystemStorage, "_save", side_effect=FULL),
            self.assertLogs("kam.lib.outbox.tasks", "ERROR"),
        ):
            self.work()
        page = self.client.get(self.url)

        self.assertFalse(self.report.file)
        self.assertContains(page, "The disk of the server is full. Tell your administrator.")
        self.assertContains(
            page, reverse("planning:version_report", args=[self.report.snapshot_id])
        )
        self.assertNotContains(page, 'hx-trigger="every 1s"')

    def test_failure_can_be_tried_again(self) -> None:
        self.test_full_disk_is_said_at_once_and_leaves_nothing()

        Report.of(self.report.snapshot, by=self.alice)
        self.work()

        self.assertEqual(self.report.state, "ready")

    def test_file_that_got_lost_can_be_made_again(self) -> None:
        self.work()
        default_storage.delete(self.report.file.name or "")

        self.assertContains(self.client.get(self.url), "Try again")

    def test_viewer_may_read(self) -> None:
        self.client.force_login(self.vera)

        self.assertEqual(self.client.get(self.url).status_code, 200)

    def test_stranger_gets_404(self) -> None:
        self.client.force_login(self.mallory)

        self.assertEqual(self.client.get(self.url).status_code, 404)

    def test_wrong_method_gets_405(self) -> None:
        self.assertEqual(self.client.post(self.url).status_code, 405)
