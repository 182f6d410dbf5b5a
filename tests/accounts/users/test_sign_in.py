from typing import Any
from unittest.mock import patch

from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.base import ClaveTest

PASSWORD = "three quiet river stones"
URL = "/session/login/"


class SignInTest(ClaveTest):
    def setUp(self) -> None:
        cache.clear()
        self.addCleanup(cache.clear)
        self.alice.set_password(PASSWORD)
        self.alice.save()
        self.client = Client()

    def sign_in(
        self, login: str = "alice@example.com", password: str = PASSWORD, **extra: Any
    ) -> Any:
        return self.client.post(URL, {"login": login, "password": password}, **extra)

    def test_the_right_words_open_whatever_the_case_of_the_address(self) -> None:
        self.assertRedirects(self.sign_in("ALICE@Example.com"), "/")

    def test_every_field_is_named_once_and_one_link_leads_to_a_new_password(self) -> None:
        page = self.client.get(URL).content.decode()

        self.assertNotIn("placeholder", page)
        self.assertEqual(page.count(reverse("account_reset_password")), 1)

    def test_no_toast_says_what_the_page_shows_anyway(self) -> None:
        page = self.client.get(self.sign_in()["Location"])

        self.assertNotContains(page, "data-toast")
        self.assertNotContains(page, "Successfully")

    def test_known_and_unknown_people_hear_the_same(self) -> None:
        known = self.sign_in(password="wrong wrong wrong")
        unknown = self.sign_in("nobody@example.com", "wrong wrong wrong")

        said = [page.context["form"].non_field_errors() for page in (known, unknown)]
        self.assertEqual(said[0], said[1])
        self.assertTrue(said[0])

    def test_and_a_disabled_person_with_a_wrong_password_too(self) -> None:
        wrong = self.sign_in(password="wrong wrong wrong").context["form"].non_field_errors()
        self.alice.disable(by=self.root)

        self.assertEqual(
            self.sign_in(password="wrong wrong wrong").context["form"].non_field_errors(), wrong
        )

    def test_an_unknown_address_costs_a_hash_as_well(self) -> None:
        with patch.object(
            MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode
        ) as hashed:
            self.sign_in("nobody@example.com")
            unknown = hashed.call_count
            self.sign_in(password="wrong wrong wrong")

        self.assertEqual((unknown, hashed.call_count - unknown), (1, 1))

    def test_a_disabled_person_does_not_come_in(self) -> None:
        self.alice.disable(by=self.root)

        self.sign_in()

        self.assertNotIn("_auth_user_id", self.client.session)

    def test_ten_tries_a_minute_from_one_place(self) -> None:
        codes = [self.sign_in(f"user{n}@example.com").status_code for n in range(12)]

        self.assertNotIn(429, codes[:10])
        self.assertEqual(codes[10:], [429, 429])

    def test_the_refusal_is_a_page_of_ours(self) -> None:
        for number in range(11):
            response = self.sign_in(f"user{number}@example.com")

        self.assertContains(response, "A short pause", status_code=429)

    def test_five_wrong_tries_close_one_address_for_a_while_from_everywhere(self) -> None:
        for number in range(5):
            self.sign_in(password="wrong wrong wrong", REMOTE_ADDR=f"10.0.0.{number}")

        response = self.sign_in(REMOTE_ADDR="10.0.0.99")

        self.assertNotIn("_auth_user_id", self.client.session)
        self.assertContains(response, "Too many")

    def test_nobody_signs_up(self) -> None:
        fields = {"email": "new@example.com", "password1": PASSWORD, "password2": PASSWORD}
        self.client.post(reverse("account_signup"), fields)

        self.assertNotIn("_auth_user_id", self.client.session)

    def test_refusals_are_logged_without_the_address_or_password(self) -> None:
        with self.assertLogs("accounts.users.sign_in_adapter", "WARNING") as logged:
            self.sign_in(password="wrong wrong wrong")

        self.assertIn("refused from 127.0.0.1", logged.output[0])
        self.assertNotIn("wrong", logged.output[0])

    def test_a_link_to_elsewhere_is_not_followed(self) -> None:
        response = self.client.post(
            f"{URL}?next=https://evil.example/",
            {"login": "alice@example.com", "password": PASSWORD},
        )

        self.assertEqual(response["Location"], "/")
