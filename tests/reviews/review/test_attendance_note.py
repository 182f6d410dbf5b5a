from django.urls import reverse

from reviews.models import Attendance
from tests.reviews.cases import ReviewCase


class AttendanceNoteTest(ReviewCase):
    def setUp(self) -> None:
        self.url = reverse("reviews:attendance_note", args=[self.review.pk])
        self.client.force_login(self.alice)

    def note(self, state: str, person: int = 0) -> int:
        data = {"person": person or self.bob.pk, "state": state}
        return self.client.post(self.url, data, headers={"HX-Request": "true"}).status_code

    def test_one_click_says_who_is_here(self) -> None:
        self.assertEqual(self.note("present"), 200)

        states = Attendance.objects.filter(review=self.review).values_list("user", "state")
        self.assertEqual(dict(states)[self.bob.pk], "present")
        self.assertEqual(dict(states)[self.vera.pk], "invited")

    def test_who_was_not_asked_and_what_is_no_state_are_refused(self) -> None:
        self.assertEqual(self.note("present", self.mallory.pk), 422)
        self.assertEqual(self.note("asleep"), 422)

    def test_stranger_404_reader_403_get_405(self) -> None:
        self.assertEqual(self.client.get(self.url).status_code, 405)
        for person, status in ((self.mallory, 404), (self.vera, 403)):
            self.client.force_login(person)
            self.assertEqual(self.note("present"), status)
