"""Reviews held against due, and plans that nobody touches."""

from datetime import timedelta

from accounts.commerce.portfolio_figures import FILTERS
from accounts.directory.account_filters import AccountFilters
from accounts.models import Standing
from reviews.models import Review
from reviews.portfolio.compliance import Compliance
from reviews.portfolio.portfolio_page import Portfolio
from tests.base import MONDAY, TODAY
from tests.reviews.cases import ReviewCase

WEEK = timedelta(weeks=1)


class DisciplineTest(ReviewCase):
    def of(self) -> Compliance:
        account_filters = AccountFilters({}, user=self.vera, keys=FILTERS, counted=True)
        return Portfolio(account_filters, self.vera, MONDAY).compliance

    def past(self, *states: str) -> None:
        """One a week, the last one last week."""
        reviews = self.reviews_of(self.series)[: len(states)]
        for n, (review, state) in enumerate(zip(reviews, states, strict=True)):
            Review.objects.filter(pk=review.pk).update(
                starts_at=MONDAY - WEEK * (len(states) - n), state=state,
                reason="Holiday" if state == "skipped" else "",
                held_at=MONDAY if state == "held" else None,
                held_by=self.alice if state == "held" else None,
            )  # fmt: skip

    def stand(self, **figures: object) -> None:
        usual = {"day": TODAY, "plan_state": "draft", "plan_touched_at": MONDAY}
        Standing.objects.update_or_create(account=self.acme, defaults={**usual, **figures})

    def test_held_are_counted_against_due_and_skipped_ones_are_not_due(self) -> None:
        self.stand()
        self.past("held", "missed", "skipped", "held")

        found = self.of()

        self.assertEqual((found.held, found.due, found.missed), (2, 3, 1))
        row = found.rows[0]
        self.assertEqual(
            [square.state for square in row.squares], ["held", "missed", "skipped", "held"]
        )
        self.assertEqual((row.held, row.due), (2, 3))

    def test_only_ninety_days_count_and_twelve_squares_are_shown(self) -> None:
        self.stand()
        self.past(*["held"] * 16)

        found = self.of()

        self.assertEqual(found.due, 12)
        self.assertEqual(len(found.rows[0].squares), 12)

    def test_a_plan_is_stale_after_thirty_days(self) -> None:
        for days, stale in ((30, 0), (31, 1)):
            with self.subTest(days):
                self.stand(plan_touched_at=MONDAY - timedelta(days=days))
                self.assertEqual(self.of().stale, stale)
                self.assertEqual(self.of().oldest, days)

    def test_accounts_without_a_plan_are_not_asked(self) -> None:
        self.stand(plan_state="", plan_touched_at=None)

        self.assertEqual((self.of().planned, self.of().rows), (0, []))
