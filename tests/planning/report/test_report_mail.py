"""Whoever left the page hears by mail how it ended; whoever stayed does not."""

import errno
from datetime import timedelta
from unittest import mock

from django.core import mail
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils.timezone import now

from accounts.models import Membership
from kam.lib.outbox.models import Delivery, Job
from kam.lib.outbox.models.job import MAX_ATTEMPTS
from kam.lib.outbox.tasks import deliver, run_jobs, sweep
from planning.models import Report, Snapshot
from planning.models.report import ENDED
from tests.base import MONDAY, ClaveTest
from tests.factories import part_of
from tests.planning.report.test_report import drawn


class Post:
    """The connection of the task, onto Django's outbox of tests."""

    def send(self, message: mail.EmailMessage) -> None:
        mail.get_connection().send_messages([message])


class ReportMailTest(ClaveTest):
    def setUp(self) -> None:
        snapshot = Snapshot.take(self.plan, by=self.alice, at=MONDAY)
        self.report = Report.of(snapshot, by=self.alice)
        self.addCleanup(self.forget)

    def forget(self) -> None:
        self.report.refresh_from_db()
        if self.report.file:
            default_storage.delete(self.report.file.name or "")

    def work(self) -> None:
        with mock.patch("planning.report.report_jobs.draw", side_effect=drawn):
            run_jobs("pdf")

    def told(self) -> list[str]:
        """What went out half a minute later."""
        at = now() + timedelta(seconds=30)
        while delivery := Delivery.objects.claim(at):
            deliver(delivery, Post())  # type: ignore[arg-type]
        return [row.state for row in Delivery.objects.filter(kind=ENDED)]

    def test_who_left_hears_that_it_is_ready(self) -> None:
        self.work()

        self.assertEqual(self.told(), ["sent"])
        delivery = Delivery.objects.get(kind=ENDED)
        self.assertEqual(delivery.title, "The PDF of Acme is ready")
        for kind in ("plain", "html"):
            self.assertIn(self.report.get_absolute_url(), part_of(delivery, kind))

    def test_who_left_hears_that_the_disk_is_full(self) -> None:
        full = OSError(errno.ENOSPC, "No space left on device")
        with (
            mock.patch.object(FileSystemStorage, "_save", side_effect=full),
            self.assertLogs("kam.lib.outbox.tasks", "ERROR"),
        ):
            self.work()

        self.assertEqual(self.told(), ["sent"])
        self.assert_the_mail_says_it_failed()

    def test_who_left_hears_that_every_worker_died_of_it(self) -> None:
        Job.objects.update(attempts=MAX_ATTEMPTS, lease_until=now())

        sweep()

        self.assertEqual(self.told(), ["sent"])
        self.assert_the_mail_says_it_failed()

    def test_who_left_hears_when_the_last_try_failed_and_not_before(self) -> None:
        for number in range(MAX_ATTEMPTS):
            self.assertEqual(self.told(), [], number)
            Job.objects.update(lease_until=None)
            with (
                mock.patch("planning.report.report_jobs.draw", side_effect=ValueError("no pages")),
                self.assertLogs("kam.lib.outbox.tasks", "ERROR"),
            ):
                run_jobs("pdf")

        self.assertEqual(self.told(), ["sent"])
        self.assert_the_mail_says_it_failed()

    def assert_the_mail_says_it_failed(self) -> None:
        delivery = Delivery.objects.get(kind=ENDED)
        self.assertEqual(delivery.title, "The PDF of Acme could not be made")
        for kind in ("plain", "html"):
            self.assertIn("The plan itself is not touched.", part_of(delivery, kind))
            self.assertIn(self.report.get_absolute_url(), part_of(delivery, kind))

    def test_who_watched_to_the_end_does_not(self) -> None:
        self.work()
        self.client.force_login(self.alice)
        self.client.get(self.report.get_absolute_url())

        self.assertEqual(self.told(), ["dropped"])

    def test_looking_while_it_is_being_made_is_not_seeing_the_end(self) -> None:
        self.client.force_login(self.alice)
        self.client.get(self.report.get_absolute_url())
        self.work()

        self.assertEqual(self.told(), ["sent"])

    def test_two_who_asked_each_hear_of_it_in_their_language(self) -> None:
        Report.of(self.report.snapshot, by=self.bob, language="en")
        self.bob.language, self.bob.region = "es", "es-CO"
        self.bob.save(update_fields=["language", "region"])
        self.work()

        self.told()

        titles = dict(Delivery.objects.filter(kind=ENDED).values_list("recipient__name", "title"))
        self.assertEqual(titles["Bob Baker"], "El PDF de Acme está listo")
        self.assertEqual(titles["Alice Alvarez"], "The PDF of Acme is ready")

    def test_job_that_runs_again_tells_nobody_twice(self) -> None:
        self.work()
        self.report.refresh_from_db()
        job = self.report.job
        assert job is not None
        job.run(now())

        self.assertEqual(self.told(), ["sent"])

    def test_stored_file_at_once_needs_no_mail(self) -> None:
        self.work()
        self.told()
        Report.of(self.report.snapshot, by=self.bob, language="en")

        self.assertEqual(Delivery.objects.filter(kind=ENDED).count(), 1)

    def test_who_may_not_read_it_any_more_hears_nothing(self) -> None:
        self.work()
        Membership.objects.filter(user=self.alice).delete()

        self.assertEqual(self.told(), ["dropped"])
