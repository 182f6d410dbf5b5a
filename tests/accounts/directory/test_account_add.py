from typing import Any

from django.urls import reverse

from accounts.models import Account, Standing, TierChange
from kam.lib.data.history import events_of
from tests.base import ClaveTest
from tests.factories import make_account


class AccountAddTest(ClaveTest):
    def setUp(self) -> None:
        self.url = reverse("accounts:account_add")
        self.client.force_login(self.magda)

    def add(self, name: str = "Nueva", **changes: object) -> Any:
        fields = {"name": name, "tier": "candidate", "currency": "cop", "kam": self.alice.pk}
        return self.client.post(self.url, {**fields, **changes})

    def test_a_manager_enters_an_account_of_one_of_theirs(self) -> None:
        response = self.add(country="CO", industry="Banking")

        account = Account.objects.get(name="Nueva")
        self.assertRedirects(response, account.get_absolute_url(), fetch_redirect_response=False)
        self.assertEqual(
            (account.currency, account.country, account.kam), ("COP", "CO", self.alice)
        )
        self.assertEqual(account.team[0].right, "lead")
        self.assertEqual(TierChange.objects.get(account=account).to_tier, "candidate")
        self.assertTrue(Standing.objects.filter(account=account).exists())

    def test_the_history_names_the_action_and_the_account(self) -> None:
        self.add()

        account = Account.objects.get(name="Nueva")
        facts = events_of(account).order_by("pgh_id").first().pgh_context.metadata
        self.assertEqual((facts["action"], facts["user"]), ("account.add", self.magda.pk))
        self.assertEqual(facts["account"], account.pk)

    def test_a_manager_cannot_give_it_to_somebody_elses_kam(self) -> None:
        self.assertEqual(self.add(kam=self.mallory.pk).status_code, 422)
        self.assertEqual(self.add(kam="").status_code, 422)

    def test_an_administrator_may_leave_the_kam_open(self) -> None:
        self.client.force_login(self.root)

        self.assertEqual(self.add(kam="").status_code, 302)

    def test_the_same_name_is_asked_about_and_allowed_by_a_tick(self) -> None:
        response = self.add("  ÁCME ")
        self.assertContains(response, "Acme", status_code=422)

        self.assertEqual(self.add("  ÁCME ", same_name="on").status_code, 302)

    def test_a_twin_the_person_does_not_see_is_not_given_away(self) -> None:
        make_account("Secret")

        self.assertEqual(self.add("Secret").status_code, 302)

    def test_a_parent_the_person_does_not_see_is_no_choice(self) -> None:
        response = self.add(parent=self.other.pk)

        self.assertEqual(response.status_code, 422)
        self.assertNotContains(response, "Other", status_code=422)

    def test_bad_input_is_refused(self) -> None:
        wrong: list[dict[str, Any]] = [
            {"name": ""}, {"name": "x" * 201}, {"name": "a\x07b"}, {"currency": "XXZ"},
            {"currency": "€"}, {"tier": "royal"}, {"country": "QQ"},
        ]  # fmt: skip
        for changes in wrong:
            with self.subTest(changes):
                self.assertEqual(self.add(**changes).status_code, 422)
        self.assertEqual(Account.objects.count(), 2)

    def test_two_hundred_characters_emoji_and_hebrew_are_names(self) -> None:
        for name in ("ñ" * 200, "🏥 Clínica", "שלום"):
            with self.subTest(name):
                self.assertEqual(self.add(name).status_code, 302)

    def test_who_manages_nobody_is_refused(self) -> None:
        for person in (self.alice, self.vera, self.stefan):
            self.client.force_login(person)
            self.assertEqual(self.add().status_code, 403)
