from datetime import date
from typing import Any

from django.db import IntegrityError

from accounts.commerce.commerce_forms import RevenueForm
from accounts.directory.account_forms import ProductForm, UnitForm
from accounts.editing import added, written
from accounts.models import BusinessUnit, Membership, Product
from accounts.models.revenue import Revenue
from accounts.users.user_forms import MemberForm
from tests.base import MONDAY, ClaveTest
from tests.money import make_revenue

TAKEN = "Somebody wrote the same a moment ago. Look at the list again."


class ConflictsTest(ClaveTest):
    """Somebody writes the same between the look at the form and the row."""

    def revenue(self, month: str = "2026-09", **changes: Any) -> RevenueForm:
        data = {"month": month, "currency": "EUR", "revenue": "7"}
        form = RevenueForm(data, account=self.acme, **changes)
        self.assertTrue(form.is_valid(), form.errors)
        return form

    def test_a_month_that_was_free(self) -> None:
        form = self.revenue()
        make_revenue(self.acme, date(2026, 9, 1), 5)

        row = added(form, Revenue.add_to, self.acme, by=self.bob, at=MONDAY, **form.facts)

        self.assertIsNone(row)
        self.assertIn("have a row already", str(form.errors))
        self.assertEqual(Revenue.objects.get().revenue, 5)

    def test_a_month_that_another_row_moved_to(self) -> None:
        mine = make_revenue(self.acme, date(2026, 8, 1), 7)
        form = self.revenue(instance=mine)
        make_revenue(self.acme, date(2026, 9, 1), 5)

        self.assertFalse(written(form, mine, mine.change, by=self.bob, at=MONDAY))
        self.assertIn("have a row already", str(form.errors))

    def test_a_name_of_a_unit(self) -> None:
        form = UnitForm({"name": "Labs", "kind": "site"}, account=self.acme)
        self.assertTrue(form.is_valid(), form.errors)
        BusinessUnit.add_to(self.acme, by=self.alice, name="LABS")

        unit = added(form, BusinessUnit.add_to, self.acme, by=self.bob, **form.cleaned_data)

        self.assertIsNone(unit)
        self.assertIn("a unit of this name in this place", str(form.errors))

    def test_a_product_of_the_catalogue(self) -> None:
        form = ProductForm({"name": "Flow", "active": "on"})
        self.assertTrue(form.is_valid(), form.errors)
        Product.add(by=self.root, name="Flow")

        self.assertIsNone(added(form, Product.add, by=self.root, **form.cleaned_data))
        self.assertTrue(form.errors)

    def test_the_one_sponsor(self) -> None:
        Membership.objects.get(account=self.acme, role="sponsor").delete()
        data = {"user": self.stefan.pk, "role": "sponsor", "right": "view"}
        form = MemberForm(data, account=self.acme)
        self.assertTrue(form.is_valid(), form.errors)
        self.acme.add_member(self.magda, "sponsor", by=self.root)

        member = added(form, self.acme.add_member, by=self.root, **form.cleaned_data)

        self.assertIsNone(member)
        self.assertIn(TAKEN, str(form.errors))
        self.assertEqual(Membership.objects.get(account=self.acme, role="sponsor").user, self.magda)

    def test_what_no_form_lets_through_is_no_conflict(self) -> None:
        form = UnitForm({"name": "Labs", "kind": "site"}, account=self.acme)

        with self.assertRaises(IntegrityError):
            added(form, BusinessUnit.add_to, self.acme, by=self.bob, name="")
