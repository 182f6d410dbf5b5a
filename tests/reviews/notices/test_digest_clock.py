from datetime import UTC, datetime, timedelta

from django.core.mail import EmailMessage

from accounts.models import User
from kam.lib.outbox.models import Delivery
from kam.lib.outbox.registry import SkipReason, renderers
from reviews.models import DigestChoice
from reviews.notices.review_clock import announce_digests
from tests.base import MONDAY
from tests.reviews.cases import ReviewCase

NEXT_MONDAY = datetime(2026, 11, 30, 6, 0, tzinfo=UTC)  # 07:00 in Berlin


class DigestClockTest(ReviewCase):
    def setUp(self) -> None:
        announce_digests(MONDAY)  # Magda, who manages Alice, has it from here on

    def digests(self, at: datetime) -> list[tuple[int, datetime]]:
        announce_digests(at)
        rows = Delivery.objects.filter(kind="weekly_digest").order_by("due_at", "id")
        return [(row.recipient_id, row.due_at) for row in rows]

    def test_who_becomes_a_manager_waits_for_the_next_monday(self) -> None:
        self.assertEqual(self.digests(NEXT_MONDAY - timedelta(seconds=1)), [])
        self.assertEqual(self.digests(NEXT_MONDAY), [(self.magda.pk, NEXT_MONDAY)])
        self.assertEqual(len(self.digests(NEXT_MONDAY + timedelta(minutes=1))), 1)

    def test_it_comes_at_seven_of_the_reader_on_both_sides_of_daylight_saving(self) -> None:
        march = [datetime(2027, 3, 22, 6, tzinfo=UTC), datetime(2027, 3, 29, 5, tzinfo=UTC)]

        for due in march:
            self.assertNotIn(due, [at for _p, at in self.digests(due - timedelta(seconds=1))])
            self.assertIn((self.magda.pk, due), self.digests(due))

    def test_each_reader_has_their_own_clock(self) -> None:
        self.magda.time_zone = "America/Bogota"
        self.magda.save(update_fields=["time_zone"])

        self.assertEqual(self.digests(MONDAY + timedelta(hours=2)), [])
        self.assertEqual(len(self.digests(MONDAY + timedelta(hours=3))), 1)

    def test_a_missed_time_is_made_up_once_and_a_year_brings_one(self) -> None:
        found = self.digests(MONDAY + timedelta(days=365))
        again = self.digests(MONDAY + timedelta(days=365, minutes=1))

        self.assertEqual(len(found), 1)
        self.assertEqual(again, found)

    def test_a_sponsor_gets_it_when_they_want_it(self) -> None:
        DigestChoice.objects.of(self.henrik, MONDAY).choose(
            is_on=True, weekday=2, hour=18, at=MONDAY
        )

        wednesday = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)
        self.assertEqual(self.digests(wednesday), [(self.henrik.pk, wednesday)])

    def test_a_change_of_the_day_makes_up_nothing(self) -> None:
        tuesday = MONDAY + timedelta(days=2)
        DigestChoice.objects.of(self.magda, tuesday).choose(
            is_on=True, weekday=1, hour=7, at=tuesday
        )

        self.assertEqual(self.digests(tuesday), [])

    def test_stopped_before_it_is_rendered_is_not_sent(self) -> None:
        self.digests(NEXT_MONDAY)
        delivery = Delivery.objects.get(kind="weekly_digest")
        self.assertIsInstance(renderers["weekly_digest"](delivery, NEXT_MONDAY), EmailMessage)

        choice = DigestChoice.objects.of(self.magda, NEXT_MONDAY)
        choice.choose(is_on=False, weekday=0, hour=7, at=NEXT_MONDAY)

        self.assertEqual(renderers["weekly_digest"](delivery, NEXT_MONDAY), SkipReason.STOPPED)

    def test_one_local_week_has_one_digest_whatever_zone_its_reader_moves_to(self) -> None:
        for old, new, sent in (
            ("Asia/Tokyo", "America/Mexico_City", datetime(2026, 12, 6, 22, 0, tzinfo=UTC)),
            ("Pacific/Auckland", "Pacific/Honolulu", datetime(2026, 12, 13, 18, 0, tzinfo=UTC)),
            ("Pacific/Honolulu", "Pacific/Auckland", datetime(2026, 12, 21, 17, 0, tzinfo=UTC)),
        ):
            with self.subTest(old, new=new):
                Delivery.objects.filter(kind="weekly_digest").delete()
                User.objects.filter(pk=self.magda.pk).update(time_zone=old)
                self.assertEqual(len(self.digests(sent - timedelta(days=7))), 1)
                self.assertEqual(len(self.digests(sent)), 2)

                User.objects.filter(pk=self.magda.pk).update(time_zone=new)
                hours = [sent + timedelta(hours=h) for h in range(0, 24 * 5, 3)]
                counts = {len(self.digests(at)) for at in hours}
                self.assertEqual(counts, {2})
                self.assertEqual(len(self.digests(sent + timedelta(days=8))), 3)

    def test_nobody_loses_a_week_by_moving_ahead_of_it(self) -> None:
        User.objects.filter(pk=self.magda.pk).update(time_zone="Pacific/Honolulu")
        before = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)  # Sunday afternoon there
        self.digests(before)
        known = Delivery.objects.filter(kind="weekly_digest").count()
        User.objects.filter(pk=self.magda.pk).update(time_zone="Pacific/Auckland")

        self.assertEqual(len(self.digests(before + timedelta(minutes=1))), known + 1)

    def test_a_digest_told_by_its_day_before_this_release_is_known(self) -> None:
        self.digests(NEXT_MONDAY)
        Delivery.objects.filter(kind="weekly_digest").update(occasion="2026-11-30")

        self.assertEqual(len(self.digests(NEXT_MONDAY + timedelta(minutes=1))), 1)
