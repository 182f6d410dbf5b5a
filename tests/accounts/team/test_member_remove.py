from typing import Any

from django.urls import reverse

from accounts.models import Account, Membership, User
from tests.base import ClaveTest


class MemberRemoveTest(ClaveTest):
    def setUp(self) -> None:
        self.client.force_login(self.alice)

    def remove(self, person: User) -> Any:
        member = Membership.objects.get(account=self.acme, user=person)
        return self.client.post(reverse("accounts:member_remove", args=[member.pk]))

    def test_the_account_no_longer_exists_for_them(self) -> None:
        self.remove(self.bob)

        self.client.force_login(self.bob)
        self.assertEqual(self.client.get(self.acme.get_absolute_url()).status_code, 404)
        self.assertFalse(Account.objects.visible_to(self.bob).exists())

    def test_what_they_own_keeps_their_name(self) -> None:
        self.remove(self.bob)

        self.action.refresh_from_db()
        self.assertEqual(self.action.owner, self.bob)

    def test_the_kam_and_the_sponsor_hand_over_first(self) -> None:
        for person in [self.alice, self.henrik]:
            response = self.remove(person)

            self.assertContains(response, "Hand the role over first", status_code=422)
        self.assertEqual(Membership.objects.filter(account=self.acme).count(), 4)

    def test_an_editor_removes_nobody(self) -> None:
        self.client.force_login(self.bob)

        self.assertEqual(self.remove(self.vera).status_code, 403)
