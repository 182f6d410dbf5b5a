from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse

from accounts.models import User
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
        response = self.client.post(self.address, {"value": "x" * 100_000})

        self.assertContains(response, "too large to send", status_code=413)

    @override_settings(UPLOAD_BYTES=60_000, UPLOAD_TOGETHER=200_000)
    def test_several_files_count_one_by_one_and_all_together(self) -> None:
        self.client.force_login(self.root)
        for sizes, status in (
            ([50_000] * 3, 302), ([80_000, 10], 422), ([55_000] * 4, 422), ([59_000] * 6, 413),
        ):  # fmt: skip
            with self.subTest(sizes=sizes):
                files = [SimpleUploadedFile(f"{n}.csv", b"x\n" * (size // 2))
                         for n, size in enumerate(sizes)]  # fmt: skip
                response = self.client.post(reverse("integrations:import_add"), {"uploads": files})
                self.assertEqual(response.status_code, status)

    @override_settings(UPLOAD_BYTES=60_000)
    def test_a_stranger_sends_no_more_than_a_file(self) -> None:
        self.client.logout()
        file = SimpleUploadedFile("big.csv", b"x" * 200_000)

        response = self.client.post(reverse("integrations:import_add"), {"uploads": file})

        self.assertEqual(response.status_code, 413)

    def test_the_page_speaks_the_language_of_the_person(self) -> None:
        User.objects.filter(pk=self.alice.pk).update(language="es")

        kind = "multipart/form-data; boundary=x"
        response = self.client.generic(
            "POST", "/imports/add/", b"x", kind, CONTENT_LENGTH=str(1 << 30)
        )

        self.assertContains(response, "10,0\xa0MB", status_code=413)
        self.assertContains(response, 'lang="es"', status_code=413)

    def test_a_length_that_is_no_number_is_refused(self) -> None:
        response = self.client.generic("POST", self.address, b"", CONTENT_LENGTH="much")

        self.assertEqual(response.status_code, 400)
