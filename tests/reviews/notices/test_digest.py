from datetime import date, timedelta
from typing import cast

from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.commerce.periods import site_day
from accounts.models import Membership
from reviews.emails import weekly_digest
from reviews.health.health import USUAL
from reviews.models import DigestChoice, Reading, Review
from reviews.notices.digest import gather
from tests.base import MONDAY
from tests.factories import make_account, make_action, make_objective, make_plan
from tests.reviews.cases import ReviewCase

LATER = MONDAY + timedelta(days=14)  # Monday 7 December


class DigestTest(ReviewCase):
    def test_a_manager_hears_of_the_accounts_below(self) -> None:
        digest = gather(self.magda, MONDAY)

        assert digest
        self.assertEqual([row.account for row in digest.accounts], [self.acme])
        self.assertEqual([review.pk for review in digest.coming], [self.review.pk])

    def test_who_watches_over_nothing_gets_nothing(self) -> None:
        self.assertIsNone(gather(self.bob, MONDAY))
        self.assertIsNone(gather(self.stefan, MONDAY))

    def test_held_of_due_counts_the_last_seven_days(self) -> None:
        first, second, *_ = self.reviews_of(self.series)
        second.hold(by=self.alice, at=second.starts_at)
        Review.objects.all().mark_missed(LATER)

        digest = gather(self.magda, LATER)

        assert digest
        self.assertEqual((len(digest.held), digest.due), (1, 1))
        self.assertEqual([review.pk for review in digest.missed], [first.pk])
        self.assertEqual([row.account for row in digest.needing], [self.acme])

    def test_a_review_closed_late_counts_in_the_week_in_which_it_was_held(self) -> None:
        first, *_ = self.reviews_of(self.series)
        Review.objects.filter(pk=first.pk).update(starts_at=LATER - timedelta(days=20))
        first.refresh_from_db()
        first.hold(by=self.alice, at=LATER - timedelta(hours=1))

        digest = gather(self.magda, LATER)

        assert digest
        self.assertEqual([review.pk for review in digest.held], [first.pk])

    def test_the_subject_counts_the_rows_that_say_they_need_somebody(self) -> None:
        day = site_day(LATER)
        parts = {"health": 14, "coverage": 14, "engagement": 14, "progress": 14}
        for account, found in ((self.acme, parts), (self.other, {"health": 90})):
            Reading.objects.create(account=account, day=day, made_at=LATER, weights=USUAL, **found)
        Membership.objects.create(account=self.other, user=self.magda, role="sponsor", right="view")

        digest = gather(self.magda, LATER)

        assert digest
        needing = [row.account for row in digest.needing]
        mail = cast(
            EmailMultiAlternatives,
            weekly_digest(digest, DigestChoice(user=self.magda, since=LATER)),
        )
        self.assertEqual(needing, [self.acme])
        self.assertIn("its health is at risk", " ".join(digest.accounts[0].needs))
        self.assertIn("one account needs you", mail.subject)
        self.assertEqual(str(mail.body).count("Needs you:"), len(needing))

    def test_late_actions_stand_with_their_people(self) -> None:
        first = make_action(self.objective, owner=self.bob, due=date(2026, 12, 1))
        make_action(self.objective, owner=self.alice, due=date(2026, 12, 2))

        digest = gather(self.magda, LATER)

        assert digest
        behind = [(late.person, late.count) for late in digest.late.people]
        self.assertEqual(behind, [(self.bob, 2), (self.alice, 1)])
        self.assertEqual(digest.late.people[0].oldest, first)
        self.assertEqual((len(digest.late), digest.accounts[0].late), (3, 3))

    def test_a_manager_who_may_not_see_it_any_more_hears_nothing_of_it(self) -> None:
        Membership.objects.filter(account=self.acme, user=self.alice).delete()

        self.assertIsNone(gather(self.magda, MONDAY))

    def test_nothing_to_report_is_quiet(self) -> None:
        Review.objects.of_series(self.series).delete()

        digest = gather(self.magda, MONDAY)

        assert digest
        self.assertTrue(digest.is_quiet)

    def test_more_accounts_ask_no_more_queries(self) -> None:
        few = self.count_queries()
        for number in range(10):
            account = make_account(f"Account {number}")
            Membership.objects.create(account=account, user=self.alice, role="kam", right="lead")
            objective = make_objective(make_plan(account), owner=self.alice)
            make_action(objective, owner=self.alice, due=date(2026, 11, 1))

        self.assertLessEqual(self.count_queries(), few + 2)

    def count_queries(self) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            gather(self.magda, MONDAY)
        return len(queries)
