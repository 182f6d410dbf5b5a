from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Opportunity, Stakeholder
from reviews.review.plan_changes import Change
from reviews.review.review_page import room
from tests.base import MONDAY
from tests.factories import make_assessment, make_interaction, make_stakeholder
from tests.money import make_opportunity
from tests.reviews.cases import ReviewCase

LATER = MONDAY + timedelta(days=20)


class ChangesAroundTest(ReviewCase):
    person: Stakeholder
    deal: Opportunity

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.person = make_stakeholder(cls.acme, "Paola Herrera", cadence=14)
        make_interaction(cls.person, by=cls.alice, at=MONDAY - timedelta(days=2))
        make_assessment(cls.person, -1, by=cls.alice, on=MONDAY.date())
        cls.deal = make_opportunity(cls.acme, 100_000, owner=cls.alice)
        cls.review.hold(by=cls.alice, at=MONDAY)

    def since(self) -> dict[str, Change]:
        second = self.reviews_of(self.series)[1]
        found = room(second, self.alice, LATER).changes
        return {
            row.label: row for row in found if row.label not in ("Actions done", "Late actions")
        }

    def change(self, **fields: Any) -> None:
        Opportunity.objects.filter(pk=self.deal.pk).update(**fields)

    def test_nothing_moved_says_nothing(self) -> None:
        self.assertEqual(set(self.since()), {"Paola Herrera"})  # the time that passed

    def test_who_was_met_and_then_not_again_is_going_cold(self) -> None:
        row = self.since()["Paola Herrera"]

        self.assertEqual((row.before, row.now, row.state), ("2 days ago", "22 days ago", "risk"))

    def test_who_came_closer_is_good_news(self) -> None:
        make_interaction(self.person, by=self.alice, at=LATER - timedelta(days=1))
        make_assessment(self.person, 1, by=self.alice, on=LATER.date())

        row = self.since()["Paola Herrera"]

        self.assertEqual((row.before, row.now, row.state), ("Sceptic", "Supporter", "good"))

    def test_a_deal_that_is_put_off_is_to_be_talked_about(self) -> None:
        self.change(expected=date(2027, 6, 30))

        row = self.since()["Vault for imaging"]

        self.assertEqual((row.change, row.state), ("put off", "risk"))
        self.assertEqual(
            (row.before, row.now), ("€100\xa0k, 50 %, 31 Mar", "€100\xa0k, 50 %, 30 Jun")
        )

    def test_won_lost_and_new_deals_are_told(self) -> None:
        self.change(state="won", closed_at=timezone.make_aware(LATER.replace(tzinfo=None)))
        make_opportunity(self.acme, 5_000, owner=self.alice, title="Training")

        found = self.since()

        self.assertEqual(found["Vault for imaging"].state, "good")
        self.assertEqual((found["Training"].before, found["Training"].now), ("–", "€5\xa0k"))

    def test_a_held_review_keeps_telling_what_it_told(self) -> None:
        second = self.reviews_of(self.series)[1]
        self.change(expected=date(2027, 6, 30))
        second.hold(by=self.alice, at=LATER)
        told = room(second, self.alice, LATER).changes

        self.change(expected=date(2028, 1, 31), probability=10)

        self.assertEqual(room(second, self.alice, LATER + timedelta(days=9)).changes, told)

    def test_an_old_snapshot_without_people_and_deals_says_nothing_of_them(self) -> None:
        kept = self.review.snapshot
        assert kept
        data = {key: value for key, value in kept.data.items() if key not in ("people", "deals")}
        second = self.reviews_of(self.series)[1]
        last = second.previous_held
        assert last and last.snapshot
        last.snapshot.data = data

        labels = [row.label for row in room(second, self.alice, LATER).changes]

        self.assertEqual(labels, ["Actions done", "Late actions"])
