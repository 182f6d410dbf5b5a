"""The demo shows an import that truly took place: by the code that people use."""

from decimal import Decimal

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from accounts.models import Account, Batch, Receivable, User
from integrations.imports.undo import undo
from kam.demo import imports
from kam.demo.commerce_script import MORE
from kam.demo.company import Company
from tests.base import ClaveTest


class DemoImportsTest(ClaveTest):
    def take(self, language: str) -> Batch:
        company = Company(language, "a password of the demo", timezone.now())
        company.people["IH"] = self.root
        for name, *_rest in MORE:
            Account.objects.get_or_create(name=name)
        imports.add(company)
        return Batch.objects.latest("pk")

    def test_it_brings_the_invoices_in_from_either_language(self) -> None:
        wanted = sum(
            (Decimal(row[5] * 1000) * share).quantize(Decimal("0.01"))
            for row in MORE if row[4] != "former"
            for share in imports.SHARES
        )  # fmt: skip
        for language in ("en", "es"):
            with self.subTest(language):
                batch = self.take(language)

                tally = batch.report["receivables"]
                self.assertEqual((tally["created"], tally["skipped"]), (2 * (len(MORE) - 1), 1))
                self.assertEqual(Receivable.objects.aggregate(all=Sum("amount"))["all"], wanted)
                undo(batch, by=self.root, at=timezone.now())

    def test_the_history_of_imports_shows_it(self) -> None:
        batch = self.take("en")
        self.client.force_login(User.objects.get(pk=self.root.pk))

        page = self.client.get(reverse("integrations:imports"))
        self.assertContains(page, batch.name)
        shown = self.client.get(batch.get_absolute_url())
        self.assertContains(shown, "1 left out")
        self.assertContains(shown, "This is no date.")
