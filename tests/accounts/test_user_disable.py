from typing import Any

from django.urls import reverse

from accounts.models import Account, Membership, SessionNote, User
from tests.base import ClaveTest
from tests.factories import make_invitation, make_session


class UserDisableTest(ClaveTest):
    def setUp(self) -> None:
        self.client.force_login(self.root)

    def disable(self, person: User, **to: object) -> Any:
        return self.client.post(reverse("accounts:user_disable", args=[person.pk]), to)

    def test_every_session_ends_on_the_server(self) -> None:
        browser = self.client_class()
        browser.force_login(self.bob)
        make_session(self.bob)

        self.disable(self.bob)

        self.assertRedirects(browser.get("/"), "/session/login/?next=/")
        self.assertFalse(SessionNote.objects.filter(user=self.bob).exists())

    def test_the_accounts_of_a_kam_go_to_the_chosen_one(self) -> None:
        self.disable(self.alice, kam=self.bob.pk)

        self.assertFalse(User.objects.get(pk=self.alice.pk).is_active)
        self.assertEqual(Account.objects.get(pk=self.acme.pk).kam, self.bob)
        self.assertEqual(Membership.objects.get(account=self.acme, user=self.bob).right, "lead")

    def test_without_an_heir_a_kam_stays(self) -> None:
        response = self.disable(self.alice)

        self.assertEqual(response.status_code, 422)
        self.assertTrue(User.objects.get(pk=self.alice.pk).is_active)

    def test_the_sponsor_cannot_be_kam_of_the_same_account(self) -> None:
        response = self.disable(self.alice, kam=self.henrik.pk)

        self.assertEqual(response.status_code, 422)

    def test_a_sponsor_hands_over_too(self) -> None:
        self.disable(self.henrik, sponsor=self.stefan.pk)

        self.assertEqual(Account.objects.get(pk=self.acme.pk).sponsor, self.stefan)

    def test_it_lists_what_they_hold_on_each_account(self) -> None:
        response = self.client.get(reverse("accounts:user_disable", args=[self.bob.pk]))

        (holding,) = response.context["holdings"]
        self.assertEqual(holding.account, self.acme)
        self.assertEqual(holding.parts, ["1 open action"])

    def test_the_last_administrator_stays(self) -> None:
        response = self.disable(self.root)

        self.assertContains(response, "last administrator", status_code=422)
        self.assertTrue(User.objects.get(pk=self.root.pk).is_active)

    def test_nobody_chooses_them_any_more(self) -> None:
        self.disable(self.bob)

        page = self.client.get(reverse("planning:action_add", args=[self.objective.pk]))
        self.assertNotIn(self.bob, page.context["form"].fields["owner"].queryset)

    def test_the_access_can_be_opened_again(self) -> None:
        self.disable(self.bob)
        self.client.post(reverse("accounts:user_enable", args=[self.bob.pk]))

        self.assertTrue(User.objects.get(pk=self.bob.pk).is_active)

    def test_an_invited_person_is_not_opened_around_their_invitation(self) -> None:
        nora = make_invitation("Nora New", by=self.root).user

        response = self.client.post(reverse("accounts:user_enable", args=[nora.pk]))

        self.assertEqual(response.status_code, 404)
