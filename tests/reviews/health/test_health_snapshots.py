"""Readings: made from the records, kept once a day, told to lists through the standing."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from accounts.models import Account, Standing, User
from accounts.models.standing import refresh, refresh_due
from planning.models import Objective
from reviews.health.health_snapshots import keep, keep_due, take_back_then
from reviews.models import Reading, Weights
from tests.base import MONDAY, TODAY
from tests.factories import make_account, make_assessment, make_interaction, make_stakeholder
from tests.money import make_receivable, make_revenue, month_back
from tests.reviews.cases import ReviewCase

BUMP = "UPDATE accounts_account SET revision = revision + 1 WHERE id = %s"
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


class ReadingsTest(ReviewCase):
    def tick(self, at: datetime = MONDAY) -> int:
        refresh_due(at=at)
        return keep_due(at)

    def reading(self, day: date = TODAY) -> Reading:
        return Reading.objects.get(account=self.acme, day=day)

    def standing(self) -> Standing:
        return Standing.objects.get(account=self.acme)

    def befriend(self) -> None:
        for name, days, disposition in (("Paola", 10, 1), ("Gustavo", 80, 1), ("Ana", 5, -1)):
            person = make_stakeholder(self.acme, name)
            make_assessment(person, disposition, by=self.alice, on=TODAY - timedelta(days=90))
            make_interaction(person, by=self.alice, at=MONDAY - timedelta(days=days))

    def sell(self) -> None:
        for back in range(1, 25):
            make_revenue(self.acme, month_back(TODAY, back), 110 if back <= 12 else 100)
        make_receivable(self.acme, "1", 100, TODAY - timedelta(days=3))
        make_receivable(self.acme, "2", 300, TODAY + timedelta(days=3))

    def test_every_part_is_made_from_its_records(self) -> None:
        self.befriend()
        self.sell()
        self.objective.change(by=self.alice, target=Decimal(100), current=Decimal(20))

        self.tick()

        now = self.reading()
        expected = (TODAY - date(2026, 1, 1)).days / (date(2027, 1, 31) - date(2026, 1, 1)).days
        self.assertEqual(now.coverage, Decimal("33.3"))  # Paola of three; one silent, one against
        self.assertEqual(now.engagement, Decimal("50.0"))  # three of six, each twice a quarter
        self.assertEqual(now.progress, round(Decimal(20 / expected), 1))
        self.assertEqual(now.commercial, Decimal("55.0"))  # 1.1 gives 80, a quarter is overdue
        self.assertEqual((now.loyalty, now.issues), (None, None))
        by_hand = (33.3 * 25 + 50 * 20 + float(now.progress) * 15 + 55 * 15) / 75
        self.assertEqual(now.health, round(by_hand))
        self.assertEqual(now.sum.score, now.health)

    def test_nothing_known_is_not_scored(self) -> None:
        Objective.objects.all().delete()
        self.tick()

        self.assertIsNone(self.reading().health)
        self.assertIsNone(self.standing().health)

    def test_the_standing_says_what_the_reading_says(self) -> None:
        self.befriend()
        self.tick()

        now, kept = self.standing(), self.reading()
        self.assertEqual((now.health, now.coverage), (kept.health, kept.coverage))
        self.assertEqual(now.last_contact_at, MONDAY - timedelta(days=5))
        self.assertEqual(now.plan_state, "draft")
        self.assertIsNotNone(now.plan_touched_at)
        self.assertIsNone(now.health_before)

    def test_the_change_is_that_of_ninety_days(self) -> None:
        self.befriend()
        for days, health in ((120, 11), (95, 22), (89, 33)):
            Reading.objects.create(
                account=self.acme, day=TODAY - timedelta(days=days), made_at=MONDAY, weights={},
                health=health,
            )  # fmt: skip
        self.tick()

        self.assertEqual(self.standing().health_before, 22)

    def test_a_change_is_read_within_the_minute_and_nothing_else_is(self) -> None:
        self.befriend()
        self.assertEqual(self.tick(), 2)
        self.assertEqual(self.tick(MONDAY + MINUTE), 0)

        make_stakeholder(self.acme, "Somebody new", influence="high")
        self.acme.change(by=self.alice, at=MONDAY, city="Bogotá")

        self.assertEqual(self.tick(MONDAY + 2 * MINUTE), 1)
        self.assertEqual(self.reading().people, 4)
        self.assertEqual(self.tick(MONDAY + 3 * MINUTE), 0)
        self.assertEqual(Reading.objects.filter(account=self.acme).count(), 1)

    def test_a_new_day_has_its_own_reading(self) -> None:
        self.befriend()
        self.tick()
        self.tick(MONDAY + DAY)

        self.assertEqual(Reading.objects.filter(account=self.acme).count(), 2)

    def test_days_that_nobody_saw_stay_without_a_reading(self) -> None:
        self.tick()
        self.tick(MONDAY + 4 * DAY)

        days = Reading.objects.filter(account=self.acme).values_list("day", flat=True)
        self.assertEqual(set(days), {TODAY, TODAY + 4 * DAY})

    @override_settings(TIME_ZONE="America/Bogota")
    def test_the_day_is_that_of_the_installation(self) -> None:
        self.tick(datetime(2026, 11, 24, 3, 0, tzinfo=MONDAY.tzinfo))

        self.assertEqual(self.reading(TODAY).day, TODAY)

    def test_the_money_of_the_day_comes_first(self) -> None:
        refresh([self.acme.pk], at=MONDAY - DAY)

        self.assertEqual(keep_due(MONDAY), 0)

    def test_what_changed_meanwhile_is_not_written_and_stays_due(self) -> None:
        self.tick()
        self.acme.change(by=self.alice, at=MONDAY, city="Lima")

        with connection.execute_wrapper(self.raise_after_reading):
            self.assertEqual(keep_due(MONDAY + MINUTE), 0)

        self.assertEqual(self.reading().made_at, MONDAY)
        self.assertEqual(keep_due(MONDAY + 2 * MINUTE), 1)

    def raise_after_reading(self, execute: Any, sql: str, *rest: Any) -> Any:
        """Somebody else's action comes between reading the account and writing its figures."""
        if "FOR NO KEY UPDATE" in sql:
            with connection.cursor() as cursor:
                cursor.cursor.execute(BUMP, [self.acme.pk])
        return execute(sql, *rest)

    def test_a_review_that_began_is_no_longer_the_next_one(self) -> None:
        self.tick()
        later = self.review.starts_at
        self.assertEqual(self.standing().next_review_at, later)

        refresh_due(at=later)
        self.assertEqual(keep_due(later), 2)
        self.assertEqual(self.standing().next_review_at, later + 7 * DAY)

    def test_pages_are_drawn_anew_only_when_something_moved(self) -> None:
        self.befriend()
        self.tick()
        before = Account.objects.get(pk=self.acme.pk).revision
        keep([self.acme.pk], MONDAY + MINUTE)
        self.assertEqual(Account.objects.get(pk=self.acme.pk).revision, before)

        self.tick(MONDAY + 60 * DAY)
        self.assertGreater(Account.objects.get(pk=self.acme.pk).revision, before)

    def test_rails_are_drawn_anew_when_a_health_moves(self) -> None:
        User.objects.filter(pk=self.alice.pk).update(rail_day=TODAY, rail={})
        self.befriend()
        User.objects.filter(pk=self.alice.pk).update(rail_day=TODAY, rail={})

        self.tick()

        self.assertIsNone(User.objects.get(pk=self.alice.pk).rail_day)

    def test_archived_accounts_are_left_alone(self) -> None:
        self.acme.archive(by=self.alice, at=MONDAY)
        self.tick()

        self.assertFalse(Reading.objects.filter(account=self.acme).exists())

    def test_new_weights_count_from_their_day_and_old_readings_keep_theirs(self) -> None:
        self.befriend()
        self.tick()
        only = {**dict.fromkeys(("engagement", "loyalty", "progress", "commercial", "issues"), 0)}
        Weights.put_in_force({"coverage": 100, **only}, since=TODAY + DAY, by=self.root, at=MONDAY)
        before = self.reading().health
        self.acme.change(by=self.alice, at=MONDAY, city="Lima")
        self.tick(MONDAY + MINUTE)
        self.assertEqual(self.reading().health, before)

        self.tick(MONDAY + DAY)

        self.assertEqual(self.reading(TODAY + DAY).health, 33)
        self.assertEqual(self.reading().sum.score, before)

    def test_after_thirteen_months_the_last_of_a_month_stays(self) -> None:
        first = date(2025, 8, 1)
        Reading.objects.bulk_create(
            Reading(account=account, day=first + n * DAY, made_at=MONDAY, weights={})
            for n in range(480)
            if n != 60
            for account in (self.acme, self.other)
        )

        Reading.objects.thin(TODAY)
        Reading.objects.thin(TODAY)

        kept = Reading.objects.filter(account=self.acme).order_by("day")
        old = [r.day for r in kept if r.day < date(2025, 10, 1)]
        self.assertEqual(old, [date(2025, 8, 31), date(2025, 9, 29)])
        self.assertEqual(kept.filter(day__gte=date(2025, 10, 1)).count(), 480 - 61)

    def test_more_accounts_ask_no_more_questions(self) -> None:
        self.befriend()
        refresh_due(at=MONDAY)
        with CaptureQueriesContext(connection) as few:
            keep([self.acme.pk], MONDAY)
        others = [make_account(f"Client {n}") for n in range(5)]
        for account in others:
            make_interaction(make_stakeholder(account), by=self.alice, at=MONDAY)
        refresh_due(at=MONDAY)

        with CaptureQueriesContext(connection) as many:
            keep([account.pk for account in others], MONDAY)

        self.assertEqual(Reading.objects.count(), 6)
        self.assertLessEqual(len(many), len(few))

    def test_the_past_is_told_by_the_dated_records(self) -> None:
        self.befriend()
        self.sell()
        back = take_back_then([self.acme.pk], MONDAY - timedelta(days=30))[0]

        self.assertEqual(back.day, TODAY - timedelta(days=30))
        self.assertEqual(back.warm, 0)
        self.assertEqual(back.overdue_share, 0)
        self.assertEqual(back.coverage, Decimal("0.0"))

    def test_the_course_of_a_list_has_the_last_of_each_month(self) -> None:
        weights = Weights.objects.on(TODAY).of
        for day, health in (
            (date(2026, 9, 1), 50),
            (date(2026, 9, 30), 55),
            (date(2026, 11, 2), 60),
        ):
            Reading.objects.create(
                account=self.acme, day=day, made_at=MONDAY, health=health, weights=weights
            )
        self.befriend()
        self.tick()

        told = self.standing().health_course
        self.assertEqual(told, [55, None, self.reading().health])

        self.tick(MONDAY + timedelta(days=8))
        self.assertEqual(self.standing().health_course[:3], told)
        self.assertEqual(len(self.standing().health_course), 4)
