import time_machine
from django.urls import reverse
from django.utils.html import escape

from reviews.models import Review
from tests.base import MONDAY, shown
from tests.reviews.cases import ReviewCase, local


@time_machine.travel(MONDAY, tick=False)
class ReviewMoveTest(ReviewCase):
    def setUp(self) -> None:
        self.url = reverse("reviews:review_move", args=[self.review.pk])
        self.client.force_login(self.alice)

    def test_the_form_begins_with_the_clock_of_the_series(self) -> None:
        response = self.client.get(self.url)

        self.assertContains(response, 'value="2026-11-26"')
        self.assertContains(response, 'value="10:00"')

    def test_only_this_one_moves(self) -> None:
        self.client.post(self.url, {"day": "2026-11-27", "clock": "15:00"})

        first, second, *_ = self.reviews_of(self.series)
        self.assertEqual(first.local_start, local("2026-11-27T15:00"))
        self.assertFalse(second.is_moved)

    def test_whoever_looks_reads_why(self) -> None:
        why = "The client's board meets <that> day"
        said = {"day": "2026-11-27", "clock": "15:00", "reason": why}

        page = self.client.post(self.url, said, follow=True)

        self.assertContains(page, f"moved from Thu 26 Nov: {escape(why)}")
        self.assertContains(
            self.client.get(reverse("reviews:account_reviews", args=[self.acme.pk])), escape(why)
        )

    def test_the_history_says_why_where_somebody_wrote_it(self) -> None:
        history = reverse("accounts:history", args=[self.acme.pk])
        self.client.post(self.url, {"day": "2026-11-27", "clock": "15:00"})
        self.assertIn("<ins>Fri 27 Nov, 15:00</ins></p>", shown(self.client.get(history)))

        said = {"day": "2026-11-30", "clock": "15:00", "reason": "Their audit"}
        self.client.post(self.url, said)

        self.assertContains(self.client.get(history), "<ins>Mon 30 Nov, 15:00</ins>: Their audit")

    def test_not_into_the_past(self) -> None:
        response = self.client.post(self.url, {"day": "2026-11-20", "clock": "15:00"})

        self.assertContains(response, "That time has passed", status_code=422)

    def test_not_beyond_what_a_calendar_knows(self) -> None:
        for day in ("9999-12-31", "0001-01-01", "2026-02-30"):
            with self.subTest(day):
                response = self.client.post(self.url, {"day": day, "clock": "15:00"})
                self.assertEqual(response.status_code, 422)

    def test_a_held_one_stays_where_it_was(self) -> None:
        self.review.hold(by=self.bob, at=MONDAY)

        response = self.client.post(self.url, {"day": "2026-11-27", "clock": "15:00"})

        self.assertEqual(response.status_code, 409)
        self.assertFalse(Review.objects.get(pk=self.review.pk).is_moved)

    def test_stranger_404_reader_403(self) -> None:
        for person, status in ((self.mallory, 404), (self.vera, 403)):
            self.client.force_login(person)
            self.assertEqual(self.client.get(self.url).status_code, status)
