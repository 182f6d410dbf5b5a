"""The real worker of PDFs: shot in the middle, and before a disk that takes no more."""

import resource
import subprocess
import time
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from django.core.files.storage import storages
from django.test import override_settings
from django.utils.timezone import now
from pypdf import PdfReader

from accounts.models import Membership, User
from kam.lib.outbox.models import Delivery, Job
from planning.models import Report, Snapshot
from planning.models.report import ENDED
from tests.factories import make_account, make_action, make_objective, make_plan, make_user
from tests.house.workers import WorkersTest

PATIENCE = 120  # seconds, on a machine with much else to do; a quiet one needs 6
LITTLE = 4096  # bytes that a file may have on the disk that is full


class PdfWorkerTest(WorkersTest):
    alice: User

    def setUp(self) -> None:
        super().setUp()
        files = self.folder / "files"
        self.environment["STORAGE_URL"] = f"file://{files}"
        self.files = files
        here = storages.backends | {
            "default": {
                "BACKEND": "kam.lib.web.files.WholeFileStorage",
                "OPTIONS": {"location": files},
            }
        }
        kept = override_settings(STORAGES=here)
        kept.enable()
        self.addCleanup(kept.disable)
        self.report = self.asked()

    def test_shot_in_the_middle_another_finishes_it_once(self) -> None:
        self.begin("first")
        self.wait_for(lambda: self.job().step == "layout")
        self.kill("first")
        left = self.job()
        self.assertEqual((left.attempts, left.finished_at, self.kept()), (1, None, []))

        self.begin("second")
        Job.objects.update(lease_until=now())  # two minutes later
        self.wake("kam.outbox.sweep", to="default")
        self.wait_for(lambda: self.job().finished_at is not None)

        self.assertEqual((self.job().attempts, self.job().error), (2, ""))
        self.assertEqual([path.suffix for path in self.kept()], [".pdf"])
        pages = PdfReader(BytesIO(self.kept()[0].read_bytes())).pages
        self.report.refresh_from_db()
        self.assertEqual((self.report.state, self.report.pages), ("ready", len(pages)))
        self.assertEqual(self.told(), [(self.alice.pk, f"job {self.job().pk}")])

    def test_full_disk_gives_a_message_and_nothing_else_breaks(self) -> None:
        self.begin("worker", preexec_fn=hold_files_small, stdout=subprocess.DEVNULL)
        self.wait_for(lambda: self.job().finished_at is not None)

        self.assertEqual((self.job().error, self.job().attempts), ("disk_full", 1))
        self.assertEqual(self.kept(), [])
        self.assertEqual(self.told(), [(self.alice.pk, f"job {self.job().pk}")])
        self.client.force_login(self.alice)
        page = self.client.get(self.report.get_absolute_url())
        self.assertContains(page, "The disk of the server is full. Tell your administrator.")

        self.make_room("worker")
        self.ask()

        self.wait_for(lambda: self.job().finished_at is not None)
        self.assertEqual((self.job().error, len(self.kept())), ("", 1))
        self.assertContains(self.client.get(self.report.get_absolute_url()), "Download PDF")

    # --- What happens --------------------------------------------------------------------------

    def asked(self) -> Report:
        self.alice = make_user("Alice Alvarez")
        account = make_account("Acme")
        Membership.objects.create(account=account, user=self.alice, role="kam", right="lead")
        plan = make_plan(account)
        for number in range(20):
            objective = make_objective(plan, owner=self.alice, position=number)
            make_action(objective, owner=self.alice)
        Snapshot.take(plan, by=self.alice, at=now())
        return self.ask()

    def ask(self) -> Report:
        """As the button does; the wake-up goes to the broker of these workers."""
        report = Report.of(Snapshot.objects.get(), by=self.alice)
        self.wake("kam.outbox.run_jobs", to="pdf", queue="pdf")
        return report

    def words(self, name: str) -> list[str]:
        quiet = ["--concurrency", "1", "--without-gossip", "--without-mingle"]
        return ["worker", "--queues", "pdf,default", *quiet, "--hostname", f"{name}@%h"]

    def make_room(self, name: str) -> None:
        for path in Path("/proc").glob("[0-9]*/stat"):
            number, group = path.parent.name, path.read_text().rpartition(")")[2].split()[2]
            if int(group) == self.running[name].pid:
                resource.prlimit(int(number), resource.RLIMIT_FSIZE, UNLIMITED)

    # --- What is found -------------------------------------------------------------------------

    def job(self) -> Job:
        return Job.objects.latest("id")

    def kept(self) -> list[Path]:
        return [path for path in self.files.rglob("*") if path.is_file()]

    def told(self) -> list[tuple[int, str]]:
        due = Delivery.objects.due(now() + timedelta(minutes=1)).filter(kind=ENDED)
        return list(due.values_list("recipient", "occasion"))

    def wait_for(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                job = self.job()
                said = self.log.read_text()[-4000:]
                self.fail(f"{job} {job.step} {job.attempts} {job.error}\n{said}")
            time.sleep(0.02)


UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


def hold_files_small() -> None:
    """The system refuses as a full disk does; the upper limit stays open, so that room can come."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (LITTLE, resource.RLIM_INFINITY))
