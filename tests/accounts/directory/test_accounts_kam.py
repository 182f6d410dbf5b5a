from typing import Any

from django.urls import reverse
from django.utils.timezone import now

from accounts.models import Account, Invitation, Membership, User
from tests.base import ClaveTest
from tests.factories import make_account, make_user

REASON = "The north goes to one hand"


class AccountsKamTest(ClaveTest):
    def setUp(self) -> None:
        self.url = reverse("accounts:accounts_kam")
        self.client.force_login(self.root)

    def give(self, *accounts: Account, kam: User, **changes: Any) -> Any:
        seen = [f"{account.pk}:{account.kam.pk if account.kam else ''}" for account in accounts]
        return self.client.post(
            self.url, {"account": seen, "value": kam.pk, "reason": REASON, **changes}
        )

    def kam_of(self, account: Account) -> User:
        return Membership.objects.get(account=account, role="kam").user

    def test_the_new_kam_leads_and_who_led_before_may_still_edit(self) -> None:
        bare = make_account("Bare")

        self.give(self.acme, bare, kam=self.bob)

        self.assertEqual((self.kam_of(self.acme), self.kam_of(bare)), (self.bob, self.bob))
        before = Membership.objects.get(account=self.acme, user=self.alice)
        self.assertEqual((before.role, before.right), ("other", "edit"))
        new = Membership.objects.get(account=bare)
        self.assertEqual((new.role, new.right), ("kam", "lead"))

    def test_the_history_of_each_account_says_the_reason(self) -> None:
        bare = make_account("Bare")
        self.give(self.acme, bare, kam=self.bob)

        for account in (self.acme, bare):
            page = self.client.get(reverse("accounts:history", args=[account.pk]))
            self.assertContains(page, REASON)
            self.assertContains(page, "Root Rojas")

    def test_somebody_invited_can_be_given(self) -> None:
        Invitation.invite(by=self.root, at=now(), email="nora@ours.example", name="Nora Núñez")
        nora = User.objects.get(email="nora@ours.example")

        self.give(self.acme, kam=nora)

        self.assertEqual(self.kam_of(self.acme), nora)

    def test_the_sponsor_cannot_be_the_kam_and_the_others_are_changed(self) -> None:
        response = self.give(self.acme, self.other, kam=self.henrik)

        self.assertEqual(response.status_code, 409)
        self.assertContains(response, "Henrik Dahl is the Executive sponsor", status_code=409)
        self.assertEqual(self.kam_of(self.acme), self.alice)
        self.assertEqual(self.kam_of(self.other), self.henrik)

    def test_a_sponsor_without_a_kam_beside_stays_sponsor(self) -> None:
        bare = make_account("Bare")
        bare.add_member(self.henrik, "sponsor", by=self.root)

        self.give(bare, kam=self.henrik)

        self.assertEqual(Membership.objects.get(account=bare).role, "sponsor")

    def test_what_was_handed_over_meanwhile_is_left(self) -> None:
        seen = Account.objects.get(pk=self.acme.pk)
        _ = seen.team
        Membership.objects.get(account=self.acme, role="kam").hand_over(self.vera, by=self.alice)

        response = self.give(seen, kam=self.bob)

        self.assertEqual(response.status_code, 409)
        self.assertEqual(self.kam_of(self.acme), self.vera)

    def test_a_manager_changes_what_their_kam_leads(self) -> None:
        self.client.force_login(self.magda)

        self.give(self.acme, self.other, kam=self.bob)

        self.assertEqual(self.kam_of(self.acme), self.bob)
        self.assertEqual(self.kam_of(self.other), self.mallory)

    def test_bad_input_is_told(self) -> None:
        left = make_user("Gone", is_active=False)
        for changes in ({"value": ""}, {"value": left.pk}, {"value": "x"}, {"reason": ""}):
            with self.subTest(changes):
                response = self.give(self.acme, kam=self.bob, **changes)
                self.assertEqual(response.status_code, 422)
        self.assertEqual(self.kam_of(self.acme), self.alice)

    def test_a_reader_changes_nothing(self) -> None:
        self.client.force_login(self.vera)

        self.give(self.acme, kam=self.vera)

        self.assertEqual(self.kam_of(self.acme), self.alice)

    def test_no_other_method_is_taken(self) -> None:
        self.assertEqual(self.client.put(self.url).status_code, 405)
