from typing import Any

from django.urls import reverse

from accounts.models import Account, Membership
from tests.base import ClaveTest


class MemberAddTest(ClaveTest):
    def setUp(self) -> None:
        self.url = reverse("accounts:member_add", args=[self.acme.pk])
        self.client.force_login(self.alice)

    def add(self, **changes: object) -> Any:
        fields = {"user": self.stefan.pk, "role": "marketing", "right": "edit"}
        return self.client.post(self.url, {**fields, **changes})

    def test_they_see_the_account_from_now_on(self) -> None:
        self.assertFalse(Account.objects.visible_to(self.mallory).filter(pk=self.acme.pk).exists())

        self.add(user=self.mallory.pk)

        self.assertTrue(Account.objects.visible_to(self.mallory).filter(pk=self.acme.pk).exists())

    def test_only_people_who_are_not_on_the_team_are_offered(self) -> None:
        offered = set(self.client.get(self.url).context["form"].fields["user"].queryset)

        self.assertEqual(offered, {self.mallory, self.root, self.magda, self.stefan})

    def test_a_second_kam_or_sponsor_is_not_offered_and_refused(self) -> None:
        roles = [
            value
            for value, _label in self.client.get(self.url).context["form"].fields["role"].choices
        ]

        self.assertNotIn("kam", roles)
        self.assertEqual(self.add(role="kam").status_code, 422)
        self.assertEqual(self.add(role="sponsor").status_code, 422)

    def test_a_missing_sponsor_can_be_added(self) -> None:
        Membership.objects.filter(account=self.acme, role="sponsor").delete()

        self.add(role="sponsor", right="view")

        self.assertEqual(Account.objects.get(pk=self.acme.pk).sponsor, self.stefan)

    def test_somebody_disabled_is_refused(self) -> None:
        self.stefan.disable(by=self.root)

        self.assertEqual(self.add().status_code, 422)

    def test_an_unknown_right_is_refused(self) -> None:
        self.assertEqual(self.add(right="own").status_code, 422)

    def test_an_editor_does_not_decide_about_the_team(self) -> None:
        self.client.force_login(self.bob)

        self.assertEqual(self.add().status_code, 403)
