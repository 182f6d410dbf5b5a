from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.directory.account_group import group_of
from accounts.models import BusinessUnit, Membership
from accounts.models.standing import refresh
from tests.base import MONDAY, TODAY, ClaveTest
from tests.factories import make_account
from tests.money import make_revenue, month_back


class StructureTest(ClaveTest):
    def setUp(self) -> None:
        self.url = reverse("accounts:structure", args=[self.acme.pk])
        self.client.force_login(self.bob)

    def unit(self, name: str, **changes: object) -> BusinessUnit:
        return BusinessUnit.add_to(self.acme, by=self.bob, name=name, **changes)

    def test_units_stand_below_each_other(self) -> None:
        labs = self.unit("Labs")
        self.unit("Lima", parent=labs)

        units = self.client.get(self.url).context["units"]

        self.assertEqual(
            [(node.record.name, node.depth) for node in units], [("Labs", 0), ("Lima", 1)]
        )

    def test_a_unit_below_itself_is_refused(self) -> None:
        top = self.unit("Top")
        middle = self.unit("Middle", parent=top)
        low = self.unit("Low", parent=middle)

        response = self.client.post(
            reverse("accounts:unit_edit", args=[top.pk]),
            {"name": "Top", "kind": "site", "parent": low.pk},
        )

        self.assertContains(response, "Low is part of Top already", status_code=422)

    def test_a_unit_of_another_account_is_no_parent(self) -> None:
        foreign = BusinessUnit.objects.create(account=self.other, name="Foreign")

        response = self.client.post(
            reverse("accounts:unit_add", args=[self.acme.pk]),
            {"name": "Labs", "kind": "site", "parent": foreign.pk},
        )

        self.assertEqual(response.status_code, 422)
        with self.assertRaises(ValidationError):
            self.unit("Labs", parent=foreign)

    def test_the_same_name_in_the_same_place_is_refused(self) -> None:
        self.unit("Labs")

        response = self.client.post(
            reverse("accounts:unit_add", args=[self.acme.pk]), {"name": "LABS", "kind": "site"}
        )

        self.assertEqual(response.status_code, 422)

    def test_the_form_of_a_unit_puts_nothing_behind_its_fields(self) -> None:
        unit = self.unit("Lima")

        response = self.client.get(reverse("accounts:unit_edit", args=[unit.pk]))

        self.assertNotContains(response, 'class="unit"')

    def test_the_group_adds_only_children_the_reader_may_see(self) -> None:
        seen = make_account("Seen", parent=self.acme)
        hidden = make_account("Hidden", parent=self.acme)
        below_hidden = make_account("Below hidden", parent=hidden)
        for account, amount in ((self.acme, 1), (seen, 10), (hidden, 100), (below_hidden, 1000)):
            make_revenue(account, month_back(TODAY, 1), amount)
        refresh([self.acme.pk, seen.pk, hidden.pk, below_hidden.pk], at=MONDAY)
        for account in (seen, below_hidden):
            Membership.objects.create(account=account, user=self.bob, role="sales", right="view")

        self.assertEqual(group_of(self.acme, self.bob).top.total, 1 + 10 + 1000)
        self.assertEqual(group_of(self.acme, self.root).top.total, 1111)
        self.assertEqual(group_of(self.acme, self.vera).top.total, 1)
        self.assertNotContains(self.client.get(self.url), "Hidden")

    def test_a_company_without_a_rate_is_named_beside_the_sum(self) -> None:
        peru = make_account("Acme Peru", parent=self.acme, currency="PEN")
        for account, amount in ((self.acme, 1), (peru, 10)):
            make_revenue(account, month_back(TODAY, 1), amount, currency=account.currency)
        refresh([self.acme.pk, peru.pk], at=MONDAY)

        self.client.force_login(self.root)
        page = self.client.get(self.url)

        self.assertEqual(page.context["group"].top.total, 1)
        self.assertContains(page, "no exchange rate is stored: Acme Peru.")
        self.client.force_login(self.vera)
        self.assertNotContains(self.client.get(self.url), "Acme Peru")

    def test_a_parent_the_reader_may_not_see_is_not_named(self) -> None:
        self.acme.change(by=self.root, at=MONDAY, parent=self.other)

        self.assertNotContains(self.client.get(self.url), "Other")
        self.client.force_login(self.root)
        self.assertContains(self.client.get(self.url), "Other")
