from datetime import timedelta
from unittest.mock import patch

from kam.lib.outbox import registry
from kam.lib.outbox.models import Job
from kam.lib.outbox.models.job import LEASE, MAX_ATTEMPTS, GiveUp
from kam.lib.outbox.tasks import run_jobs, sweep
from tests.base import MONDAY, ClaveTest


class OutboxJobTest(ClaveTest):
    def ask(self, subject: str = "report:1") -> Job:
        return Job.objects.request("test.work", queue="pdf", by=self.alice, subject=subject)

    def run_with(self, worker: registry.Worker) -> None:
        with patch.dict(registry.workers, {"test.work": worker}):
            run_jobs("pdf")

    def test_the_same_unfinished_work_is_shared(self) -> None:
        self.assertEqual(self.ask(), self.ask())

    def test_finished_work_can_be_asked_for_again(self) -> None:
        first = self.ask()
        self.run_with(lambda job: None)

        self.assertNotEqual(self.ask(), first)

    def test_two_workers_never_hold_the_same_job(self) -> None:
        self.ask()

        self.assertIsNotNone(Job.objects.claim("pdf", MONDAY))
        self.assertIsNone(Job.objects.claim("pdf", MONDAY))

    def test_a_dead_workers_job_goes_to_another_after_its_lease(self) -> None:
        job = self.ask()
        Job.objects.claim("pdf", MONDAY)

        again = Job.objects.claim("pdf", MONDAY + LEASE + timedelta(seconds=1))

        self.assertEqual(again, job)

    def test_progress_renews_the_lease(self) -> None:
        self.ask()
        job = Job.objects.claim("pdf", MONDAY)
        assert job is not None

        job.report(40, "layout")

        job.refresh_from_db()
        self.assertGreater(job.lease_until or MONDAY, MONDAY + LEASE)
        self.assertEqual((job.progress, job.step), (40, "layout"))

    def test_a_failure_is_tried_again_and_then_said(self) -> None:
        def fail(job: Job) -> None:
            raise ValueError("no pages")

        job = self.ask()
        for _ in range(MAX_ATTEMPTS):
            Job.objects.update(lease_until=None)
            self.run_with(fail)

        job.refresh_from_db()
        self.assertEqual((job.state, job.error), ("failed", "no pages"))

    def test_what_trying_again_makes_no_better_is_said_at_once(self) -> None:
        def give_up(job: Job) -> None:
            raise GiveUp("disk_full")

        job = self.ask()
        self.run_with(give_up)

        job.refresh_from_db()
        self.assertEqual((job.state, job.error, job.attempts), ("failed", "disk_full", 1))

    def test_a_job_that_kills_its_workers_ends(self) -> None:
        job = self.ask()
        Job.objects.update(attempts=MAX_ATTEMPTS, lease_until=MONDAY)

        sweep()

        job.refresh_from_db()
        self.assertEqual((job.state, job.error), ("failed", "interrupted"))
