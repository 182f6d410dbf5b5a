from django.test import Client
from django.urls import reverse

from tests.base import MONDAY
from tests.reviews.cases import ReviewCase

HTMX = {"HX-Request": "true"}


class ReviewAgendaTest(ReviewCase):
    def setUp(self) -> None:
        self.url = reverse("reviews:review_agenda", args=[self.review.pk])
        self.client.force_login(self.alice)

    def save(self, value: str, *, seen: str = "", htmx: bool = True) -> int:
        headers = HTMX if htmx else {}
        response = self.client.post(self.url, {"seen": seen, "value": value}, headers=headers)
        self.page = response.content.decode()
        return response.status_code

    def stored(self) -> str:
        self.review.refresh_from_db()
        return self.review.agenda

    def test_the_lines_are_kept_and_come_back_as_items(self) -> None:
        self.assertEqual(self.save("Numbers 4 min\r\nRoute to the CTO, 8 min"), 200)

        self.assertEqual(self.stored(), "Numbers 4 min\nRoute to the CTO, 8 min")
        self.assertInHTML('<li><span>Numbers</span><span class="m">4 min</span></li>', self.page)

    def test_without_scripts_it_goes_back_to_the_review(self) -> None:
        self.assertEqual(self.save("Numbers", htmx=False), 302)

    def test_the_slower_of_two_editors_sees_both_texts(self) -> None:
        self.save("Hers\nand more")

        status = self.save("Mine", seen="")

        self.assertEqual((status, self.stored()), (409, "Hers\nand more"))
        self.assertIn("Mine", self.page)
        self.assertIn("Hers", self.page)

    def test_a_text_seen_with_the_line_ends_of_browsers_is_not_stale(self) -> None:
        self.save("One\nTwo")

        self.assertEqual(self.save("One\r\nTwo\r\nThree", seen="One\r\nTwo"), 200)

    def test_who_writes_into_a_closed_review_gets_the_text_back(self) -> None:
        self.review.hold(by=self.bob, at=MONDAY)

        self.assertEqual(self.save("Every word of mine"), 409)
        self.assertIn("Every word of mine", self.page)

    def test_control_characters_are_refused_and_the_text_stays(self) -> None:
        self.assertEqual(self.save("bad \x07 bell"), 422)
        self.assertIn("bell", self.page)

    def test_reader_403_stranger_404_get_405(self) -> None:
        found = []
        for person in (self.vera, self.mallory):
            self.client.force_login(person)
            found.append(self.save("x"))

        self.client.force_login(self.alice)
        self.assertEqual((found, self.client.get(self.url).status_code), ([403, 404], 405))

    def test_without_a_token_nothing_is_written(self) -> None:
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(self.alice)

        self.assertEqual(strict.post(self.url, {"value": "x"}).status_code, 403)
