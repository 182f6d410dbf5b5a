from accounts.models import Account, Management, Membership, User
from tests.base import ClaveTest
from tests.factories import make_user


class RightsTest(ClaveTest):
    def names(self, user: User) -> list[str]:
        return list(Account.objects.visible_to(user).by_name().values_list("name", flat=True))

    def test_the_team_sees_its_account_and_no_other(self) -> None:
        for person in (self.alice, self.bob, self.vera, self.henrik):
            self.assertEqual(self.names(person), ["Acme"])
        self.assertEqual(self.names(self.mallory), ["Other"])

    def test_a_manager_sees_the_accounts_of_everybody_below(self) -> None:
        director = make_user("Dora Director")
        self.magda.report_to(director, by=self.root)

        self.assertEqual(self.names(self.magda), ["Acme"])
        self.assertEqual(self.names(director), ["Acme"])

    def test_a_manager_of_a_team_member_who_is_not_the_kam_sees_nothing(self) -> None:
        boss = make_user("Boris Boss")
        self.bob.report_to(boss, by=self.root)

        self.assertEqual(self.names(boss), [])

    def test_portfolio_view_reads_everything_and_changes_nothing(self) -> None:
        self.assertEqual(self.names(self.stefan), ["Acme", "Other"])
        self.assertFalse(Account.objects.editable_by(self.stefan).exists())

    def test_a_disabled_person_sees_nothing(self) -> None:
        self.root.is_active = False

        self.assertEqual(self.names(self.root), [])

    def test_a_reader_may_not_edit_and_an_editor_may(self) -> None:
        self.assertFalse(Account.objects.editable_by(self.vera).exists())
        self.assertTrue(Account.objects.editable_by(self.bob).exists())

    def test_leaving_the_team_ends_the_right_at_once(self) -> None:
        Membership.objects.filter(user=self.bob).delete()

        self.assertEqual(self.names(self.bob), [])

    def test_nobody_becomes_the_manager_of_somebody_above(self) -> None:
        with self.assertRaisesMessage(Exception, "reports to"):
            self.magda.report_to(self.alice, by=self.root)

        self.assertFalse(Management.objects.filter(manager=self.alice).exists())
