from typing import Any

from django.urls import reverse

from accounts.models import Account, Membership
from tests.base import ClaveTest


class MemberEditTest(ClaveTest):
    def setUp(self) -> None:
        self.member = Membership.objects.get(account=self.acme, user=self.bob)
        self.client.force_login(self.alice)

    def edit(self, member: Membership, **fields: str) -> Any:
        return self.client.post(reverse("accounts:member_edit", args=[member.pk]), fields)

    def test_role_and_right_change(self) -> None:
        self.edit(self.member, role="support", right="view")

        self.member.refresh_from_db()
        self.assertEqual((self.member.role, self.member.right), ("support", "view"))
        self.assertFalse(Account.objects.editable_by(self.bob).filter(pk=self.acme.pk).exists())

    def test_a_named_role_is_not_taken_on_the_way(self) -> None:
        self.assertEqual(self.edit(self.member, role="kam", right="lead").status_code, 422)

    def test_a_kam_always_leads(self) -> None:
        kam = Membership.objects.get(account=self.acme, user=self.alice)

        self.edit(kam, role="kam", right="view")

        kam.refresh_from_db()
        self.assertEqual(kam.right, "lead")

    def test_the_right_of_the_sponsor_can_change(self) -> None:
        sponsor = Membership.objects.get(account=self.acme, user=self.henrik)

        self.edit(sponsor, role="sponsor", right="edit")

        self.assertTrue(Account.objects.editable_by(self.henrik).filter(pk=self.acme.pk).exists())

    def test_nobody_raises_their_own_right(self) -> None:
        self.client.force_login(self.bob)

        self.assertEqual(self.edit(self.member, role="support", right="lead").status_code, 403)

    def test_stranger_gets_404(self) -> None:
        self.client.force_login(self.mallory)

        self.assertEqual(self.edit(self.member, role="support", right="lead").status_code, 404)
