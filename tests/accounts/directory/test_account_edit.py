from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import Account, Membership
from tests.base import MONDAY, ClaveTest
from tests.factories import make_account


class AccountEditTest(ClaveTest):
    def setUp(self) -> None:
        self.url = reverse("accounts:account_edit", args=[self.acme.pk])
        self.client.force_login(self.alice)

    def edit(self, **changes: object) -> Any:
        fields = {
            "name": "Acme",
            "currency": "EUR",
            "industry": "",
            "city": "",
            "country": "",
            "region": "",
        }
        return self.client.post(self.url, {**fields, **changes})

    def test_a_lead_edits_it(self) -> None:
        self.assertEqual(self.edit(industry="Mining", service_class="A").status_code, 302)

        self.acme.refresh_from_db()
        self.assertEqual((self.acme.industry, self.acme.service_class), ("Mining", "A"))

    def test_a_name_that_stays_is_no_duplicate(self) -> None:
        make_account("Acme")

        self.assertEqual(self.edit().status_code, 302)

    def test_a_company_below_itself_is_refused(self) -> None:
        child = make_account("Child", parent=self.acme)
        grandchild = make_account("Grandchild", parent=child)
        Membership.objects.create(account=grandchild, user=self.alice, role="sales", right="view")

        response = self.edit(parent=grandchild.pk)

        self.assertContains(response, "Grandchild belongs to Acme already", status_code=422)
        self.acme.refresh_from_db()
        self.assertIsNone(self.acme.parent)

    def test_the_model_refuses_the_ring_whoever_asks(self) -> None:
        self.other.change(by=self.root, at=MONDAY, parent=self.acme)

        with self.assertRaises(ValidationError):
            self.acme.change(by=self.root, at=MONDAY, parent=self.other)
        with self.assertRaises(ValidationError):
            self.acme.change(by=self.root, at=MONDAY, parent=self.acme)

    def test_a_parent_the_editor_does_not_see_stays_unnamed(self) -> None:
        Account.objects.filter(pk=self.acme.pk).update(parent=self.other)

        self.assertNotContains(self.client.get(self.url), "Other")
        self.edit(city="Lima")

        self.acme.refresh_from_db()
        self.assertEqual((self.acme.parent, self.acme.city), (self.other, "Lima"))

    def test_what_the_editor_left_alone_does_not_undo_others_work(self) -> None:
        self.acme.change(by=self.root, at=MONDAY, city="Quito")

        self.edit(**{"industry": "Mining", "initial-industry": "", "city": "", "initial-city": ""})

        self.acme.refresh_from_db()
        self.assertEqual((self.acme.city, self.acme.industry), ("Quito", "Mining"))

    def test_two_editors_of_one_field_see_both_values_and_the_second_decides(self) -> None:
        self.acme.change(by=self.root, at=MONDAY, city="Quito")
        mine = {"city": "Lima", "initial-city": ""}

        response = self.edit(**mine)

        self.assertContains(response, "Quito", status_code=409)
        self.assertContains(response, "Lima", status_code=409)
        self.assertContains(response, 'name="initial-city" value="Quito"', status_code=409)
        self.assertEqual(self.edit(**{**mine, "initial-city": "Quito"}).status_code, 302)
        self.acme.refresh_from_db()
        self.assertEqual(self.acme.city, "Lima")

    def test_archive_and_restore_once_and_twice(self) -> None:
        for _time in range(2):
            self.client.post(reverse("accounts:account_archive", args=[self.acme.pk]))
        self.acme.refresh_from_db()
        self.assertIsNotNone(self.acme.archived_at)
        self.assertContains(self.client.get(self.url), "Bring it back")

        self.client.post(reverse("accounts:account_restore", args=[self.acme.pk]))
        self.acme.refresh_from_db()
        self.assertIsNone(self.acme.archived_at)
