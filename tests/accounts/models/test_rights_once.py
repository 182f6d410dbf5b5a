from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Account, Membership, User, changing
from accounts.models.rights import EDIT, LEAD, VIEW, readable_accounts
from kam.lib.data.once import asked_once
from planning.models import Action
from tests.base import ClaveTest
from tests.factories import make_account


class RightsOnceTest(ClaveTest):
    def everybody(self) -> list[User]:
        return [*User.objects.all()]

    def ids(self, person: User, right: str) -> list[int]:
        found = Account.objects.filter(pk__in=readable_accounts(person, right))
        return sorted(found.values_list("pk", flat=True))

    def test_everybody_has_the_same_rights_while_a_page_is_drawn(self) -> None:
        self.client.force_login(self.alice)
        User.objects.filter(pk=self.henrik.pk).update(sees_portfolio=True)
        User.objects.filter(pk=self.bob.pk).update(is_active=False)
        for person in self.everybody():
            for right in (VIEW, EDIT, LEAD):
                with self.subTest(person.name, right=right):
                    anew = self.ids(person, right)
                    with asked_once():
                        self.assertEqual(self.ids(person, right), anew)

    def test_rights_are_asked_for_once(self) -> None:
        with asked_once(), CaptureQueriesContext(connection) as questions:
            for _ in range(3):
                list(Account.objects.visible_to(self.alice))
                list(Action.objects.editable_by(self.alice))

        self.assertEqual(len(questions), 7)
        self.assertEqual(sum("membership" in str(q) for q in questions.captured_queries), 1)

    def test_whoever_sees_everything_has_no_filter(self) -> None:
        self.assertEqual(
            str(Account.objects.visible_to(self.root).query), str(Account.objects.all().query)
        )

    def test_persons_are_kept_apart(self) -> None:
        with asked_once():
            self.assertEqual(self.ids(self.alice, VIEW), [self.acme.pk])
            self.assertEqual(self.ids(self.mallory, VIEW), [self.other.pk])

    def test_nothing_is_kept_across_an_action(self) -> None:
        with asked_once():
            self.assertEqual(self.ids(self.mallory, VIEW), [self.other.pk])
            with changing(self.acme.pk, "team.add", by=self.alice.pk):
                Membership.objects.create(
                    account=self.acme, user=self.mallory, role="finance", right="view"
                )
                self.assertEqual(self.ids(self.mallory, VIEW), [self.acme.pk, self.other.pk])
            self.assertEqual(self.ids(self.mallory, VIEW), [self.acme.pk, self.other.pk])

    def test_nothing_is_kept_beyond_a_page(self) -> None:
        with asked_once():
            self.ids(self.mallory, VIEW)
        Membership.objects.filter(user=self.mallory).delete()

        self.assertEqual(self.ids(self.mallory, VIEW), [])
        with asked_once():
            self.assertEqual(self.ids(self.mallory, VIEW), [])

    def test_a_long_list_is_left_to_the_database(self) -> None:
        from accounts.models import rights

        more = [make_account(f"Of many {n}") for n in range(2)]
        Membership.objects.bulk_create(
            Membership(account=account, user=self.alice, role="finance", right="view")
            for account in more
        )
        all_of_them = self.ids(self.alice, VIEW)
        known: Any = rights
        usual, known.LISTED = known.LISTED, 2
        try:
            with asked_once():
                self.assertNotIsInstance(readable_accounts(self.alice), list)
                self.assertEqual(self.ids(self.alice, VIEW), all_of_them)
        finally:
            known.LISTED = usual
