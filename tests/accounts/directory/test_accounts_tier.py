from datetime import date
from typing import Any

from django.urls import reverse

from accounts.models import Account, TierChange, User
from tests.base import ClaveTest
from tests.factories import make_account

REASON = "Criteria of the autumn"


class AccountsTierTest(ClaveTest):
    def setUp(self) -> None:
        self.url = reverse("accounts:accounts_tier")
        self.client.force_login(self.root)

    def decide(self, *accounts: Account, who: User | None = None, **changes: Any) -> Any:
        if who:
            self.client.force_login(who)
        said = {"value": "watchlist", "reason": REASON, "on": "2026-01-31"}
        seen = [f"{account.pk}:{account.tier}" for account in accounts]
        return self.client.post(self.url, {"account": seen, **said, **changes})

    def tiers(self) -> list[str]:
        return list(Account.objects.order_by("name").values_list("tier", flat=True))

    def test_all_get_the_tier_with_one_reason_on_one_day(self) -> None:
        response = self.decide(self.acme, self.other)

        self.assertRedirects(response, reverse("accounts:accounts"))
        self.assertEqual(self.tiers(), ["watchlist", "watchlist"])
        found = TierChange.objects.values_list("reason", "on", "by")
        self.assertEqual(list(found), [(REASON, date(2026, 1, 31), self.root.pk)] * 2)

    def test_it_says_how_many_and_goes_back_to_the_same_list(self) -> None:
        response = self.decide(self.acme, list="tier=key&evil=//x.example")

        self.assertEqual(response.url, reverse("accounts:accounts") + "?tier=key")
        page = self.client.get(response.url)
        self.assertContains(page, "1 account changed. Tier: Watchlist.")

    def test_the_page_names_what_changes_and_what_stays_for_want_of_the_right(self) -> None:
        self.client.force_login(self.alice)
        self.acme.add_member(self.mallory, "sales", right="view", by=self.root)
        self.other.add_member(self.alice, "sales", right="edit", by=self.root)

        page = self.client.get(self.url, {"account": [self.acme.pk, self.other.pk]})

        self.assertEqual([row.account for row in page.context["choice"].rows], [self.acme])
        self.assertEqual(page.context["choice"].kept, [self.other])
        self.assertContains(page, "because you do not lead it")

    def test_all_that_the_filter_shows_is_chosen_beyond_the_page(self) -> None:
        for number in range(60):
            make_account(f"Andes {number}", region="Andes")

        page = self.client.get(self.url, {"all": "1", "region": "Andes"})

        self.assertEqual(len(page.context["choice"].rows), 60)
        self.assertContains(page, "60 accounts are chosen.")

    def test_three_hundred_change_at_once(self) -> None:
        found = [make_account(f"Andes {number}", tier="candidate") for number in range(300)]

        self.decide(*found)

        self.assertEqual(Account.objects.filter(tier="watchlist").count(), 300)

    def test_more_than_can_be_looked_through_is_refused_in_words(self) -> None:
        Account.objects.bulk_create(Account(name=f"Many {number}") for number in range(501))

        page = self.client.get(self.url, {"all": "1"})

        self.assertContains(page, "Too many at once")
        self.assertNotContains(page, 'name="reason"')

    def test_a_stranger_changes_nothing_and_learns_no_name(self) -> None:
        self.client.force_login(self.mallory)
        page = self.client.get(self.url, {"account": self.acme.pk})
        self.assertNotContains(page, "Acme")

        self.decide(self.acme)

        self.acme.refresh_from_db()
        self.assertEqual(self.acme.tier, "key")

    def test_a_reader_changes_nothing(self) -> None:
        self.decide(self.acme, who=self.vera)

        self.acme.refresh_from_db()
        self.assertEqual(self.acme.tier, "key")

    def test_what_somebody_changed_meanwhile_is_left_and_asked_again(self) -> None:
        seen = Account.objects.get(pk=self.acme.pk)
        self.acme.change_tier("former", reason="Left us", on=date(2026, 1, 2), by=self.alice)

        response = self.decide(seen, self.other)

        self.assertEqual(response.status_code, 409)
        self.assertEqual(self.tiers(), ["former", "watchlist"])
        [row] = response.context["choice"].rows
        self.assertEqual((row.account, row.now), (self.acme, "Former"))
        self.assertContains(response, REASON, status_code=409)

    def test_who_has_the_tier_already_is_no_decision(self) -> None:
        self.other.change_tier("watchlist", reason="Before", on=date(2026, 1, 2), by=self.root)

        self.decide(self.acme, self.other)

        self.assertEqual(TierChange.objects.filter(account=self.other).count(), 1)
        page = self.client.get(reverse("accounts:accounts"))
        self.assertContains(page, "1 had it already.")

    def test_bad_input_is_told_and_the_choice_stays(self) -> None:
        wrong: list[dict[str, Any]] = [
            {"reason": " "},
            {"value": ""},
            {"value": "x"},
            {"on": "2999-01-01"},
        ]
        for changes in wrong:
            with self.subTest(changes):
                response = self.decide(self.acme, **changes)

                self.assertEqual(response.status_code, 422)
                self.assertContains(response, f'value="{self.acme.pk}:key"', status_code=422)
        for chosen in ([], ["x"], [":"], ["9" * 30 + ":key"]):
            with self.subTest(chosen):
                self.assertEqual(self.decide(account=chosen).status_code, 422)
        self.assertFalse(TierChange.objects.exists())

    def test_nothing_chosen_says_how_to_choose(self) -> None:
        page = self.client.get(self.url, {"account": ["", "x", "9" * 40]})

        self.assertContains(page, "No account is chosen")

    def test_no_other_method_is_taken(self) -> None:
        self.assertEqual(self.client.put(self.url).status_code, 405)
