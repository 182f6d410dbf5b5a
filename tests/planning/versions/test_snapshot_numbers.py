from typing import Any

from django.urls import reverse
from django.utils.timezone import now

from planning.models import Approval, Report, Snapshot
from planning.models.snapshot import Reason, as_json
from planning.versions.version_data import fingerprint, frozen
from tests.base import ClaveTest


class SnapshotNumbersTest(ClaveTest):
    """Approval and "save a version" give the next number, and nothing else does."""

    def setUp(self) -> None:
        self.client.force_login(self.alice)

    def take(self, reason: str) -> Snapshot:
        return Snapshot.take(self.plan, by=self.alice, at=now(), reason=reason)

    def approve(self) -> Snapshot:
        asked = Approval.ask(self.plan, by=self.alice, at=now())
        seen = fingerprint(as_json(frozen(self.plan)))
        asked.approve(by=self.root, at=now(), seen=seen)
        asked.refresh_from_db()
        assert asked.snapshot
        return asked.snapshot

    def page(self, name: str, query: str = "") -> Any:
        return self.client.get(reverse(f"planning:{name}", args=[self.plan.pk]) + query)

    def test_a_file_and_a_review_use_up_none(self) -> None:
        saved = self.take(Reason.SAVED)
        file, review = self.take(Reason.REPORT), self.take(Reason.REVIEW)
        approved = self.approve()

        self.assertEqual((saved.name, approved.name), ("v1", "v2"))
        self.assertEqual((file.number, review.number), (None, None))
        self.assertIn("PDF of ", file.name)
        self.assertIn("Review of ", review.name)
        self.assertEqual(file.version, 2)

    def test_the_same_content_again_is_the_same_snapshot(self) -> None:
        for reason in (Reason.SAVED, Reason.REPORT):
            self.assertEqual(self.take(reason).pk, self.take(reason).pk)

    def test_one_without_a_number_is_read_and_compared(self) -> None:
        saved, file = self.take(Reason.SAVED), self.take(Reason.REPORT)

        page = self.client.get(file.get_absolute_url())
        self.assertContains(page, file.name)
        compared = self.page("plan_compare", f"?a={saved.key}&b={file.key}")
        self.assertContains(compared, f"Nothing differs between v1 and {file.name}.")

    def test_a_version_nobody_took_is_not_there(self) -> None:
        file = self.take(Reason.REPORT)
        for key in ("1", "s999999", "sx", "s", "²", "9" * 40):
            with self.subTest(key):
                address = file.get_absolute_url().replace(file.key, key)
                self.assertEqual(self.client.get(address).status_code, 404)

    def test_an_approval_without_a_change_counts_what_was_compared(self) -> None:
        self.approve()

        page = self.page("plan_compare")

        self.assertContains(page, "Nothing differs between v1 and v2.")
        self.assertContains(page, "1 objective")
        self.assertNotContains(page, "0 objectives")

    def test_the_file_of_an_approved_plan_says_so_and_names_its_day(self) -> None:
        self.approve()
        file = self.take(Reason.REPORT)

        report = Report.of(file, by=self.alice)

        self.assertIn(f"-{self.alice.today(file.taken_at)}-", report.filename)
        self.assertEqual(file.data["approved"]["number"], 1)
        self.assertTrue(file.data["approved"]["same"])
