from typing import Any

from django.urls import reverse

from accounts.models import Account
from tests.base import ClaveTest
from tests.factories import make_account


class AccountsClassTest(ClaveTest):
    def setUp(self) -> None:
        self.url = reverse("accounts:accounts_class")
        self.client.force_login(self.root)

    def give(self, *accounts: Account, **changes: Any) -> Any:
        seen = [f"{account.pk}:{account.service_class}" for account in accounts]
        said = {"value": "B", "reason": "New promise of service"}
        return self.client.post(self.url, {"account": seen, **said, **changes})

    def classes(self) -> list[str]:
        return list(Account.objects.order_by("name").values_list("service_class", flat=True))

    def test_all_get_the_class_and_their_history_the_reason(self) -> None:
        self.give(self.acme, self.other)

        self.assertEqual(self.classes(), ["B", "B"])
        page = self.client.get(reverse("accounts:history", args=[self.acme.pk]))
        self.assertContains(page, "New promise of service")

    def test_the_class_can_be_taken_away(self) -> None:
        self.give(make_account("Zeta", service_class="A"), value="")

        self.assertEqual(self.classes()[-1], "")

    def test_what_somebody_changed_meanwhile_is_left(self) -> None:
        Account.objects.filter(pk=self.acme.pk).update(service_class="C")

        response = self.give(self.acme, self.other)

        self.assertEqual(response.status_code, 409)
        self.assertEqual(self.classes(), ["C", "B"])

    def test_bad_input_is_told(self) -> None:
        wrong: list[dict[str, Any]] = [{"value": "D"}, {"reason": ""}, {"account": []}]
        for changes in wrong:
            with self.subTest(changes):
                self.assertEqual(self.give(self.acme, **changes).status_code, 422)

    def test_an_editor_changes_nothing(self) -> None:
        self.client.force_login(self.bob)

        self.give(self.acme)

        self.assertEqual(self.classes(), ["", ""])

    def test_no_other_method_is_taken(self) -> None:
        self.assertEqual(self.client.put(self.url).status_code, 405)
