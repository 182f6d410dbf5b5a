from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import Account, Membership, User
from tests.base import ClaveTest


class RoleHandOverTest(ClaveTest):
    def setUp(self) -> None:
        self.kam = Membership.objects.get(account=self.acme, user=self.alice)
        self.client.force_login(self.alice)

    def hand_over(self, to: User) -> Any:
        return self.client.post(
            reverse("accounts:role_hand_over", args=[self.kam.pk]), {"to": to.pk}
        )

    def test_a_member_becomes_kam_and_the_former_one_stays(self) -> None:
        self.hand_over(self.bob)

        account = Account.objects.get(pk=self.acme.pk)
        self.assertEqual(account.kam, self.bob)
        team = {m.user: (m.role, m.right) for m in account.team}
        self.assertEqual(team[self.bob], ("kam", "lead"))
        self.assertEqual(team[self.alice], ("other", "edit"))

    def test_somebody_from_outside_can_take_it(self) -> None:
        self.hand_over(self.stefan)

        self.assertEqual(Account.objects.get(pk=self.acme.pk).kam, self.stefan)

    def test_the_managers_of_the_new_kam_see_the_account_and_the_old_ones_no_more(self) -> None:
        self.bob.report_to(self.stefan, by=self.root)

        self.hand_over(self.bob)

        self.assertFalse(Account.objects.visible_to(self.magda).exists())
        self.assertIn(self.acme, Account.objects.led_by(self.stefan))

    def test_the_sponsor_is_not_offered(self) -> None:
        self.assertEqual(self.hand_over(self.henrik).status_code, 422)

    def test_twice_at_once_the_second_one_is_told(self) -> None:
        late = Membership.objects.get(pk=self.kam.pk)
        self.kam.hand_over(self.bob, by=self.alice)

        with self.assertRaisesMessage(ValidationError, "a moment ago"):
            late.hand_over(self.vera, by=self.root)

    def test_only_named_roles_are_handed_over(self) -> None:
        bob = Membership.objects.get(account=self.acme, user=self.bob)

        response = self.client.get(reverse("accounts:role_hand_over", args=[bob.pk]))

        self.assertEqual(response.status_code, 404)
