"""Two managers who give many accounts a KAM at the same moment, on real transactions."""

from functools import partial
from typing import Any

from django.utils.timezone import now

from accounts.directory.bulk_change import KamGiven, Outcome, change_all
from accounts.models import Account, Membership, User
from tests.factories import make_account, make_user
from tests.planning.at_once import AtOnceTest, at_once


class AccountsKamAtOnceTest(AtOnceTest):
    def setUp(self) -> None:
        super().setUp()
        self.managers = [make_user(name, is_admin=True) for name in ("Ann Ant", "Ben Bee")]
        self.kams = [make_user("Nora Nunez"), make_user("Paul Prado")]

    def led_by_alice(self, name: str) -> Account:
        account = make_account(name)
        account.give_kam(self.alice, by=self.alice)
        return account

    def given_at_once(self, accounts: list[Account]) -> list[Any]:
        """The first manager ticks them in one order, the second the other way round."""
        led = dict(Membership.objects.filter(role="kam").values_list("account", "user"))
        seen = {one.pk: str(led.get(one.pk, "")) for one in accounts}
        orders = [seen, dict(reversed(seen.items()))]
        return at_once(
            *(
                partial(change_all, KamGiven(), ticks, kam, reason="Shares", by=by, at=now())
                for ticks, kam, by in zip(orders, self.kams, self.managers, strict=True)
            )
        )

    def assert_one_came_first(self, accounts: list[Account], answers: list[Any]) -> None:
        self.assertTrue(all(isinstance(one, Outcome) for one in answers), answers)
        counts = sorted((one.changed, len(one.stale), len(one.refused)) for one in answers)
        self.assertEqual(counts, [(0, len(accounts), 0), (len(accounts), 0, 0)])
        winner: User = self.kams[0] if answers[0].changed else self.kams[1]
        kams = Membership.objects.filter(account__in=accounts, role="kam")
        self.assertEqual([one.user_id for one in kams], [winner.pk] * len(accounts))

    def test_accounts_that_have_a_kam(self) -> None:
        for turn in range(5):
            accounts = [self.led_by_alice(f"Row {turn} {n:02}") for n in range(20)]

            self.assert_one_came_first(accounts, self.given_at_once(accounts))

    def test_accounts_without_one(self) -> None:
        for turn in range(5):
            accounts = [make_account(f"Row {turn} {n:02}") for n in range(20)]

            self.assert_one_came_first(accounts, self.given_at_once(accounts))

    def test_a_bulk_change_beside_a_hand_over_on_the_team_page(self) -> None:
        for turn in range(5):
            accounts = [self.led_by_alice(f"Row {turn} {n:02}") for n in range(20)]
            last = Membership.objects.get(account=accounts[-1], role="kam")
            seen = {one.pk: str(self.alice.pk) for one in accounts}
            manager, other = self.managers

            many = partial(change_all, KamGiven(), seen, self.kams[0], reason="Shares")

            bulk, _alone = at_once(
                partial(many, by=manager, at=now()), partial(last.hand_over, self.kams[1], by=other)
            )

            self.assertIsInstance(bulk, Outcome)
            self.assertEqual(bulk.changed + len(bulk.stale), 20)
            self.assertEqual(Membership.objects.filter(account=accounts[-1], role="kam").count(), 1)
