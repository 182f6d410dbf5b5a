from datetime import timedelta
from typing import Any

import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils.timezone import now

from accounts.models import Invitation
from tests.base import ClaveTest
from tests.factories import make_action, make_invitation

PASSWORD = "three quiet river stones"


class InvitationTest(ClaveTest):
    def setUp(self) -> None:
        cache.clear()
        self.invitation = make_invitation("Nora New", by=self.root)
        self.client = Client()

    def accept(self, link: str = "", **changes: str) -> Any:
        fields = {"name": "Nora Newton", "password": PASSWORD}
        return self.client.post(link or self.invitation.link, {**fields, **changes})

    def test_name_and_password_open_the_door(self) -> None:
        response = self.accept()

        self.assertRedirects(response, "/")
        nora = self.invitation.user
        nora.refresh_from_db()
        self.assertEqual((nora.name, nora.is_active), ("Nora Newton", True))
        self.assertTrue(nora.check_password(PASSWORD))

    def test_the_link_works_once(self) -> None:
        self.accept()

        self.assertEqual(Client().get(self.invitation.link).status_code, 404)
        self.assertFalse(self.invitation.accept(name="Other", password=PASSWORD, at=now()))

    def test_a_used_link_says_what_to_do(self) -> None:
        self.accept()

        response = Client().get(self.invitation.link)

        self.assertContains(response, "/session/login/", status_code=404)

    def test_seven_days_and_not_a_second_longer(self) -> None:
        end = self.invitation.sent_at + timedelta(days=7)

        with time_machine.travel(end - timedelta(seconds=2)):
            self.assertEqual(self.client.get(self.invitation.link).status_code, 200)
        with time_machine.travel(end + timedelta(seconds=1)):
            self.assertEqual(self.client.get(self.invitation.link).status_code, 404)
            self.assertEqual(self.accept().status_code, 404)

    def test_sending_again_closes_the_old_link_and_opens_a_new_one(self) -> None:
        old = self.invitation.link
        self.invitation.send_again(by=self.root, at=now())

        self.assertEqual(self.client.get(old).status_code, 404)
        self.assertRedirects(self.accept(self.invitation.link), "/")

    def test_a_withdrawn_link_opens_nothing(self) -> None:
        link = self.invitation.link
        self.invitation.withdraw(by=self.root)

        self.assertEqual(self.client.get(link).status_code, 404)

    def test_who_owns_something_already_stays_without_access(self) -> None:
        make_action(self.objective, owner=self.invitation.user)
        self.invitation.withdraw(by=self.root)

        self.invitation.user.refresh_from_db()
        self.assertFalse(self.invitation.user.is_active)
        self.assertFalse(Invitation.objects.exists())

    def test_a_forged_link_is_like_one_that_never_was(self) -> None:
        for token in [
            "x",
            "x:y",
            self.invitation.link.split("/")[2][:-1] + "A",
            "W10:abc",
            "a" * 3000,
        ]:
            with self.subTest(token[:12]):
                self.assertEqual(self.client.get(f"/invitation/{token}/").status_code, 404)

    def test_weak_passwords_are_refused_with_words(self) -> None:
        for password in ["short", "password2026", "123456789012", "nora@example.com"]:
            with self.subTest(password):
                self.assertEqual(self.accept(password=password).status_code, 422)
        self.invitation.user.refresh_from_db()
        self.assertFalse(self.invitation.user.is_active)

    def test_the_page_speaks_the_language_of_the_invited(self) -> None:
        spanish = make_invitation("Sol Sur", by=self.root, language="es", region="es-CO")

        response = self.client.get(spanish.link)

        self.assertContains(response, 'lang="es"')

    def test_ten_tries_a_minute_then_a_pause(self) -> None:
        codes = [self.accept("/invitation/guess/").status_code for _try in range(12)]

        self.assertEqual(codes[:10], [404] * 10)
        self.assertEqual(codes[10:], [429] * 2)

    def test_nobody_signs_in_before_accepting(self) -> None:
        user = self.invitation.user
        user.set_password(PASSWORD)
        user.save()

        self.client.post("/session/login/", {"login": user.email, "password": PASSWORD})

        self.assertNotIn("_auth_user_id", self.client.session)
