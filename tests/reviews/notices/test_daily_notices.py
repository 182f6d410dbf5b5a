from datetime import UTC, date, datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from kam.lib.outbox.models import Delivery, OptOut
from reviews.models import Clock, Review
from reviews.notices.daily_notices import announce_mornings, working_mornings
from reviews.notices.review_clock import tick
from tests.base import MONDAY, ClaveTest
from tests.factories import make_action, make_user

# 07:00 in Berlin of the week of the cast's Monday, 23 November 2026.
MONDAY_7, TUESDAY_7, WEDNESDAY_7, THURSDAY_7, FRIDAY_7, SATURDAY_7, SUNDAY_7, NEXT_7 = (
    datetime(2026, 11, 23, 6, tzinfo=UTC) + timedelta(days=days) for days in range(8)
)
MINUTE = timedelta(minutes=1)


class MorningsTest(ClaveTest):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.action.due = date(2026, 11, 26)  # Thursday
        cls.action.save(update_fields=["due"])

    def told(self, morning: datetime, *, since: datetime | None = None) -> list[int]:
        """Whose actions the tick of that minute tells of."""
        before = set(Delivery.objects.values_list("pk", flat=True))
        announce_mornings(since or morning - MINUTE, morning)
        new = Delivery.objects.filter(kind="actions_due").exclude(pk__in=before)
        return list(new.order_by("recipient").values_list("recipient", flat=True))

    def test_an_action_is_told_two_working_days_ahead_on_the_day_and_when_it_is_late(self) -> None:
        mornings = (MONDAY_7, TUESDAY_7, WEDNESDAY_7, THURSDAY_7, FRIDAY_7, SATURDAY_7, SUNDAY_7)

        told = [bool(self.told(morning)) for morning in mornings]

        self.assertEqual(told, [False, True, False, True, True, False, False])

    def test_what_is_late_is_told_again_on_mondays(self) -> None:
        for morning in (NEXT_7, NEXT_7 + timedelta(days=7)):
            self.assertEqual(self.told(morning), [self.bob.pk])
        self.assertEqual(self.told(NEXT_7 + timedelta(days=8)), [])

    def test_a_weekend_is_told_beside_its_working_days(self) -> None:
        self.action.due = date(2026, 11, 28)  # Saturday
        self.action.save(update_fields=["due"])

        told = [bool(self.told(day)) for day in (WEDNESDAY_7, THURSDAY_7, FRIDAY_7, NEXT_7)]

        self.assertEqual(told, [False, True, True, True])

    def test_many_actions_are_one_mail_and_twice_is_once(self) -> None:
        for _number in range(5):
            make_action(self.objective, owner=self.bob, due=date(2026, 11, 26))

        self.assertEqual(self.told(THURSDAY_7), [self.bob.pk])
        self.assertEqual(self.told(THURSDAY_7), [])

    def test_nobody_hears_before_seven_on_their_own_clock(self) -> None:
        self.bob.time_zone = "America/Bogota"
        self.bob.save(update_fields=["time_zone"])

        self.assertEqual(self.told(THURSDAY_7), [])
        self.assertEqual(self.told(THURSDAY_7 + timedelta(hours=6)), [self.bob.pk])

    def test_three_days_without_a_clock_are_made_up_once(self) -> None:
        told = self.told(FRIDAY_7 + timedelta(hours=2), since=MONDAY_7 + MINUTE)

        self.assertEqual(told, [self.bob.pk])
        delivery = Delivery.objects.get(kind="actions_due")
        self.assertEqual((delivery.occasion, delivery.due_at), ("2026-11-27", FRIDAY_7))

    def test_who_stopped_it_who_left_and_what_is_done_are_not_told(self) -> None:
        other = make_user("Olga Otter", is_active=False)
        make_action(self.objective, owner=other, due=date(2026, 11, 26))
        done = make_action(self.objective, owner=self.alice, due=date(2026, 11, 26))
        done.finish(by=self.alice, at=MONDAY)
        OptOut.objects.choose(self.bob, "actions_due", wanted=False)

        self.assertEqual(self.told(THURSDAY_7), [])

    def test_seven_comes_once_when_the_clocks_change(self) -> None:
        zone = self.bob.zone
        start = datetime(2026, 10, 24, tzinfo=UTC)  # the night of the 25th is 25 hours long

        ticks = [start + timedelta(minutes=30 * n) for n in range(48 * 4)]
        found = [
            day
            for before, at in zip(ticks, ticks[1:], strict=False)
            for day in working_mornings(zone, before, at)
        ]

        self.assertEqual(found, [date(2026, 10, 26), date(2026, 10, 27)])

    def test_more_people_ask_no_more_queries(self) -> None:
        few = self.queries()
        for number in range(20):
            person = make_user(f"P{number} Person")
            make_action(self.objective, owner=person, due=date(2026, 11, 26))

        self.assertEqual(self.queries(), few)

    def queries(self) -> int:
        with CaptureQueriesContext(connection) as found:
            announce_mornings(THURSDAY_7 - MINUTE, THURSDAY_7)
        return len(found)


class ClockTest(ClaveTest):
    def test_a_clock_that_never_ran_makes_up_nothing(self) -> None:
        self.assertEqual(Clock.objects.since(MONDAY), MONDAY)

    def test_it_remembers_until_when_it_ran(self) -> None:
        tick(MONDAY)

        self.assertEqual(Clock.objects.since(MONDAY + timedelta(days=3)), MONDAY)

    def test_a_jump_of_a_year_looks_back_a_week(self) -> None:
        tick(MONDAY)
        late = MONDAY + timedelta(days=365)

        self.assertEqual(Clock.objects.since(late), late - timedelta(days=7))

    def test_a_clock_that_was_ahead_goes_on_from_now(self) -> None:
        tick(MONDAY + timedelta(days=30))
        tick(MONDAY)

        self.assertEqual(Clock.objects.since(MONDAY + MINUTE), MONDAY)

    def test_there_is_one_row(self) -> None:
        tick(MONDAY)
        tick(MONDAY + MINUTE)

        self.assertEqual(Clock.objects.count(), 1)
        self.assertFalse(Review.objects.exists())
