import re
from typing import Any

from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kam.lib.outbox.models import Delivery
from kam.lib.outbox.tasks import send_mail
from tests.base import ClaveTest
from tests.factories import make_session, part_of

NEW = "four louder mountain birds"


class PasswordResetTest(ClaveTest):
    def setUp(self) -> None:
        cache.clear()
        self.addCleanup(cache.clear)
        self.client = Client()

    def ask(self, email: str = "alice@example.com") -> Any:
        return self.client.post(reverse("account_reset_password"), {"email": email})

    def link(self) -> str:
        self.ask()
        send_mail()
        text = part_of(Delivery.objects.get(), "plain")
        return re.search(r"https?://[^/]+(/session/password/reset/key/\S+)", text)[1]  # type: ignore[index]  # fails the test if it is not there

    def choose(self, link: str, password: str = NEW) -> Any:
        page = self.client.get(link, follow=True)
        fields = {"password1": password, "password2": password}
        return self.client.post(page.request["PATH_INFO"], fields)

    def test_from_the_mail_to_the_new_password(self) -> None:
        self.choose(self.link())

        self.alice.refresh_from_db()
        self.assertTrue(self.alice.check_password(NEW))
        self.client.post("/session/login/", {"login": self.alice.email, "password": NEW})
        self.assertIn("_auth_user_id", self.client.session)

    def test_the_link_stands_in_both_parts_and_it_looks_like_our_mail(self) -> None:
        link = self.link()

        page = part_of(Delivery.objects.get(), "html")
        self.assertEqual(mail.outbox[0].to, [self.alice.email])
        self.assertIn(f'{link}"', page)
        self.assertIn("prefers-color-scheme", page)

    def test_the_link_works_once(self) -> None:
        link = self.link()
        self.choose(link)

        self.assertContains(Client().get(link, follow=True), "used up")

    def test_a_weak_password_is_refused(self) -> None:
        self.choose(self.link(), "password2026")

        self.alice.refresh_from_db()
        self.assertFalse(self.alice.check_password("password2026"))

    def test_every_session_ends(self) -> None:
        make_session(self.alice)
        browser = self.client_class()
        browser.force_login(self.alice)

        self.choose(self.link())

        self.assertEqual(browser.get("/").status_code, 302)
        self.assertFalse(self.alice.session_notes.exists())

    def test_known_and_unknown_addresses_see_the_same_page(self) -> None:
        known, unknown = self.ask(), self.ask("nobody@example.com")

        self.assertEqual(known["Location"], unknown["Location"])
        self.assertEqual(Delivery.objects.count(), 1)

    def test_nothing_is_sent_while_the_page_waits(self) -> None:
        with CaptureQueriesContext(connection) as known:
            self.ask()
        with CaptureQueriesContext(connection) as unknown:
            self.ask("nobody@example.com")

        self.assertEqual(mail.outbox, [])
        self.assertLess(len(known) - len(unknown), 10)

    def test_disabled_and_invited_people_get_no_mail(self) -> None:
        self.alice.disable(by=self.root)

        self.ask()

        self.assertFalse(Delivery.objects.exists())

    def test_who_is_disabled_meanwhile_gets_none_either(self) -> None:
        self.ask()
        self.alice.disable(by=self.root)

        send_mail()

        self.assertEqual(mail.outbox, [])

    def test_five_a_minute_for_one_address(self) -> None:
        codes = [self.ask().status_code for _try in range(7)]

        self.assertEqual(codes, [302] * 5 + [429] * 2)
