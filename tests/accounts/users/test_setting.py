from typing import Any

from django.urls import reverse

from accounts.models import User
from tests.base import ClaveTest

HTMX = {"HX-Request": "true"}


class SettingTest(ClaveTest):
    def setUp(self) -> None:
        self.client.force_login(self.bob)

    def save(self, row: str, value: str, **headers: str) -> Any:
        url = reverse("accounts:setting", args=[row])
        return self.client.post(url, {row: value}, headers=headers)

    def me(self) -> User:
        found: User = User.objects.get(pk=self.bob.pk)
        return found

    def test_each_row_saves_alone_without_scripts(self) -> None:
        for row, value in [
            ("name", "Robert Baker"),
            ("title", "Engineer"),
            ("time_zone", "America/Bogota"),
            ("theme", "dark"),
            ("density", "comfortable"),
            ("region", "en-US"),
            ("language", "es"),
        ]:
            with self.subTest(row):
                self.assertRedirects(self.save(row, value), "/settings/")
                self.assertEqual(getattr(self.me(), row), value)

    def test_with_htmx_the_row_comes_back(self) -> None:
        response = self.save("title", "  Sales   engineer ", **HTMX)

        self.assertContains(response, 'id="set-title"')
        self.assertNotContains(response, "<html")
        self.assertEqual(self.me().title, "Sales engineer")

    def test_what_changes_the_whole_page_draws_it_again(self) -> None:
        response = self.save("language", "es", **HTMX)

        self.assertEqual(response["HX-Redirect"], "/settings/")

    def test_another_language_brings_a_region_that_fits(self) -> None:
        self.save("language", "es")

        self.assertEqual(self.me().region, "es-CO")

    def test_a_refused_value_stays_in_the_row_with_the_reason(self) -> None:
        response = self.save("name", "Bo\x07b", **HTMX)

        self.assertContains(response, "Character 3", status_code=422)
        self.assertContains(response, 'aria-invalid="true"', status_code=422)
        self.assertNotContains(response, "<html", status_code=422)
        self.assertEqual(self.me().name, "Bob Baker")

    def test_nonsense_is_refused(self) -> None:
        for row, value in [
            ("name", ""),
            ("name", "x" * 121),
            ("time_zone", "Mars/Olympus"),
            ("language", "fr"),
            ("region", "es-MX"),
            ("theme", "pink"),
        ]:
            with self.subTest(row=row, value=value[:9]):
                self.assertEqual(self.save(row, value).status_code, 422)

    def test_only_rows_of_the_page_exist(self) -> None:
        for row in ["is_admin", "email", "sees_portfolio", "password"]:
            self.assertEqual(self.save(row, "on").status_code, 404)

    def test_other_fields_of_the_same_post_change_nothing(self) -> None:
        url = reverse("accounts:setting", args=["title"])
        self.client.post(url, {"title": "Boss", "is_admin": "on", "name": "Root"})

        self.assertEqual((self.me().is_admin, self.me().name), (False, "Bob Baker"))

    def test_names_of_any_script_are_shown_as_text(self) -> None:
        self.save("name", "<b>عمر</b> 🦊")

        self.assertContains(self.client.get("/settings/"), "&lt;b&gt;عمر&lt;/b&gt; 🦊")
