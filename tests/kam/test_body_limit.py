from django.test import override_settings
from django.urls import reverse

from tests.base import ClaveTest

LIMIT = 2_621_440


class BodyLimitTest(ClaveTest):
    def setUp(self) -> None:
        self.client.force_login(self.alice)
        self.address = reverse("planning:action_title", args=[self.action.pk])

    def test_a_body_above_the_limit_is_refused_before_it_is_read(self) -> None:
        form = "application/x-www-form-urlencoded"
        response = self.client.post(self.address, "value=" + "x" * LIMIT, content_type=form)

        self.assertEqual(response.status_code, 413)
        self.assertContains(response, "more than fits into one save", status_code=413)

    def test_many_small_fields_are_refused(self) -> None:
        response = self.client.post(self.address, {f"field{n}": "x" for n in range(1100)})

        self.assertEqual(response.status_code, 400)

    @override_settings(UPLOAD_BYTES=1000)
    def test_a_form_with_a_file_has_its_own_limit(self) -> None:
        response = self.client.post(self.address, {"value": "x" * 2000})

        self.assertEqual(response.status_code, 413)

    def test_a_length_that_is_no_number_is_refused(self) -> None:
        response = self.client.generic("POST", self.address, b"", CONTENT_LENGTH="much")

        self.assertEqual(response.status_code, 400)
