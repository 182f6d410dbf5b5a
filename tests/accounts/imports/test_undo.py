from django.utils.timezone import now

from accounts.imports.undo import BuiltOn, undo
from accounts.models import (
    Account,
    Batch,
    ExternalKey,
    Interaction,
    Opportunity,
    Stakeholder,
)
from accounts.models.standing import Standing
from reviews.models import Reading
from reviews.readings import keep_due
from tests.accounts.imports.cases import DEALS, ImportFiles
from tests.factories import make_plan


class UndoTest(ImportFiles):
    """On the files of the import's own tests."""

    def imported(self) -> Batch:
        self.hubspot()
        self.run_import()
        return Batch.objects.latest("pk")

    def test_an_import_is_taken_back_whole(self) -> None:
        batch = self.imported()

        undo(batch, by=self.root, at=now())

        self.assertEqual(batch.state, "undone")
        self.assertEqual(set(Account.objects.values_list("name", flat=True)), {"Acme", "Other"})
        for model in (Stakeholder, Opportunity, Interaction, ExternalKey):
            self.assertFalse(model._base_manager.exists(), model)

    def test_what_it_changed_is_as_before(self) -> None:
        batch = self.imported()

        undo(batch, by=self.root, at=now())

        self.acme.refresh_from_db()
        self.assertEqual((self.acme.industry, self.acme.country), ("", ""))

    def test_figures_worked_out_in_between_are_no_work_of_anybody(self) -> None:
        batch = self.imported()
        keep_due(now())
        self.assertTrue(Reading.objects.filter(account__name="Thompson").exists())

        undo(batch, by=self.root, at=now())

        self.assertEqual(batch.state, "undone")
        self.assertFalse(Reading.objects.exclude(account__name__in=["Acme", "Other"]).exists())

    def test_a_later_import_alone_is_taken_back(self) -> None:
        self.imported()
        self.put(deals=DEALS.replace("1200.50", "900"))
        self.run_import()

        undo(Batch.objects.latest("pk"), by=self.root, at=now())

        self.assertEqual(str(Opportunity.objects.get().value), "1200.50")
        self.assertEqual(self.run_import()["opportunities"]["updated"], 1)

    def test_it_stays_once_somebody_built_on_it(self) -> None:
        batch = self.imported()
        make_plan(Account.objects.filter(name="Thompson")[0])

        with self.assertRaises(BuiltOn):
            undo(batch, by=self.root, at=now())

        self.assertEqual(Account.objects.filter(name="Thompson").count(), 2)
        self.assertTrue(Standing.objects.exists())

    def test_it_stays_once_somebody_changed_it(self) -> None:
        batch = self.imported()
        deal = Opportunity.objects.get()
        deal.change(by=self.root, at=now(), title="Bigger")

        with self.assertRaises(BuiltOn):
            undo(batch, by=self.root, at=now())

    def test_twice_is_once(self) -> None:
        batch = self.imported()
        undo(batch, by=self.root, at=now())

        undo(batch, by=self.root, at=now())

        self.assertEqual(batch.state, "undone")
