from collections.abc import Callable
from datetime import timedelta

import time_machine
from django.conf import settings
from django.db.models import Model
from django.urls import reverse
from django.utils.timezone import now

from accounts.models import (
    Account,
    Batch,
    ExternalKey,
    Interaction,
    Opportunity,
    Product,
    Stakeholder,
)
from accounts.models.standing import Standing
from integrations.imports.undo import BuiltOn, undo
from kam.celery import app
from kam.lib.outbox.models import Delivery
from kam.lib.outbox.tasks import send_mail
from reviews.health.health_snapshots import keep_due
from reviews.models import Reading
from tests.base import TODAY
from tests.factories import make_plan
from tests.integrations.imports.cases import DEALS, ImportFiles
from tests.money import make_contract, make_opportunity, make_receivable, make_revenue


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

    def test_whatever_somebody_hung_on_it_keeps_it(self) -> None:
        """Also what an account knows nothing of the way back to."""
        batch = self.imported()
        account = Account.objects.filter(name="Thompson")[0]
        product = Product.add(by=self.root, name="Flow", family="")
        made: list[Callable[[], Model]] = [
            lambda: make_opportunity(account, 5, owner=self.bob),
            lambda: make_contract(account, 5, TODAY, None),
            lambda: make_receivable(account, "A-1", 5, TODAY),
            lambda: make_revenue(account, TODAY.replace(day=1), 5, product=product),
        ]
        for make in made:
            record = make()
            with self.subTest(type(record).__name__), self.assertRaises(BuiltOn):
                undo(batch, by=self.root, at=now())
            type(record)._base_manager.filter(pk=record.pk).delete()
        self.assertEqual(Account.objects.filter(name="Thompson").count(), 2)

    def test_an_import_that_found_the_same_again_is_taken_back_first(self) -> None:
        first = self.imported()
        other = "Account,Full name,E-mail\nAcme,Leo Paz,leo@thompson.com\n"
        self.put(companies="Account Name,Website\nThompson,thompson.io\n")
        for name in ("contacts", "deals", "talks"):
            (self.folder / f"{name}.csv").unlink()
        self.put(people=other.replace("Acme", "Thompson"))
        self.run_import()
        second = Batch.objects.latest("pk")

        with self.assertRaisesMessage(BuiltOn, f"“{second}”"):
            undo(first, by=self.root, at=now())
        undo(second, by=self.root, at=now())
        undo(first, by=self.root, at=now())

        self.assertEqual(set(Account.objects.values_list("name", flat=True)), {"Acme", "Other"})

    def test_what_the_clock_does_by_itself_stands_in_no_way(self) -> None:
        """All tasks of the timetable, now and in days to come; and no mail stumbles over it after."""
        batch = self.imported()
        app.loader.import_default_modules()
        for days in (0, 1, 8):
            with time_machine.travel(now() + timedelta(days=days), tick=False):
                for entry in settings.CELERY_BEAT_SCHEDULE.values():
                    app.tasks[entry["task"]]()

        undo(batch, by=self.root, at=now())
        send_mail()

        self.assertEqual(batch.state, "undone")
        self.assertEqual(set(Account.objects.values_list("name", flat=True)), {"Acme", "Other"})
        self.assertFalse(Delivery.objects.exclude(last_error="").exists())

    def test_what_was_kept_of_its_pages_and_found_by_search_is_gone(self) -> None:
        batch = self.imported()
        account = Account.objects.filter(name="Thompson")[0]
        self.client.force_login(self.root)
        address = account.get_absolute_url()
        self.assertEqual(self.client.get(address).status_code, 200)
        found = self.client.get(reverse("search"), {"q": "Muñoz"})
        self.assertContains(found, "Ana Muñoz")

        undo(batch, by=self.root, at=now())

        self.assertEqual(self.client.get(address).status_code, 404)
        self.assertNotContains(self.client.get(reverse("search"), {"q": "Muñoz"}), "Ana Muñoz")
        self.assertNotContains(self.client.get(reverse("accounts:accounts")), "Thompson")

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
