from decimal import Decimal

from accounts.models import Standing
from planning.plan.account_summary import worth
from tests.base import MONDAY, ClaveTest

WON = 2


class WorthTest(ClaveTest):
    def won(self, **figures: object) -> tuple[str, str]:
        Standing.objects.update_or_create(account=self.acme, defaults=figures)
        line = worth(self.acme, MONDAY)[WON]
        return line.value, line.note

    def test_without_a_deal_nothing_was_won(self) -> None:
        value, note = self.won(won_count=0, won_sum=None)

        self.assertRegex(value, r"\b0$")
        self.assertEqual(note, "0 deals")

    def test_what_was_won_is_summed(self) -> None:
        value, note = self.won(won_count=2, won_sum=Decimal(30_000))

        self.assertIn("30", value)
        self.assertEqual(note, "2 deals")

    def test_a_deal_that_cannot_be_converted_is_not_taken_for_nothing(self) -> None:
        self.assertEqual(self.won(won_count=1, won_sum=None), ("not scored", "1 deal"))
