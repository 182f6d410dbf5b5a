from typing import Any

from django.core import mail
from django.urls import reverse

from accounts.models import Invitation, Management, User
from kam.lib.outbox.models import Delivery
from kam.lib.outbox.tasks import send_mail
from tests.base import ClaveTest
from tests.factories import make_invitation, part_of


class UserInviteTest(ClaveTest):
    def setUp(self) -> None:
        self.url = reverse("accounts:user_invite")
        self.client.force_login(self.root)

    def invite(self, **changes: object) -> Any:
        fields = {
            "email": "Nora.New@Example.com",
            "name": "Nora  New",
            "title": "Analyst",
            "manager": self.alice.pk,
            "language": "es",
            "region": "es-CO",
            "time_zone": "America/Bogota",
        }
        return self.client.post(self.url, {**fields, **changes})

    def test_the_person_is_there_and_cannot_sign_in_yet(self) -> None:
        self.assertRedirects(self.invite(), reverse("accounts:users"))

        nora = User.objects.get(email="nora.new@example.com")
        self.assertEqual((nora.name, nora.is_active, nora.manager), ("Nora New", False, self.alice))
        self.assertFalse(nora.has_usable_password())

    def test_managers_above_count_at_once(self) -> None:
        self.invite()

        above = Management.objects.filter(report__email="nora.new@example.com")
        self.assertEqual({row.manager for row in above}, {self.alice, self.magda})

    def test_a_mail_goes_to_them_in_their_language_with_the_link_in_both_parts(self) -> None:
        self.invite()

        send_mail()

        message = Delivery.objects.get().raw()
        link = Invitation.objects.get().link
        text, page = (part_of(Delivery.objects.get(), kind) for kind in ("plain", "html"))
        self.assertEqual(mail.outbox[0].to, ["nora.new@example.com"])
        self.assertIn(link, text)
        self.assertIn(f'{link}"', page)
        self.assertIn('lang="es"', page)
        self.assertIn("Root Rojas", message["Subject"])

    def test_a_withdrawn_invitation_sends_nothing(self) -> None:
        invitation = make_invitation("Nora New", by=self.root)
        invitation.withdraw(by=self.root)

        send_mail()

        self.assertEqual(mail.outbox, [])
        self.assertFalse(User.objects.filter(email="nora@example.com").exists())

    def test_the_same_address_twice_is_refused_whatever_its_letters(self) -> None:
        response = self.invite(email="ALICE@example.com")

        self.assertContains(response, "is here already", status_code=422)
        self.assertEqual(Delivery.objects.count(), 0)

    def test_a_race_for_the_same_address_ends_with_words(self) -> None:
        make_invitation("Nora New", by=self.root)

        with self.assertRaisesMessage(Exception, "is here already"):
            make_invitation("Nora New", by=self.root)

    def test_a_region_of_another_language_becomes_one_of_theirs(self) -> None:
        self.invite(language="en", region="es-CO")

        self.assertEqual(User.objects.get(email="nora.new@example.com").region, "en-GB")

    def test_nonsense_is_refused_field_by_field(self) -> None:
        for field, value in [
            ("email", "nobody"),
            ("name", ""),
            ("name", "\x07"),
            ("name", "x" * 121),
            ("manager", "999999"),
            ("language", "fr"),
            ("time_zone", "Mars/Olympus"),
        ]:
            with self.subTest(field=field, value=value[:9]):
                response = self.invite(**{field: value})
                self.assertEqual(response.status_code, 422)
                self.assertIn(field, response.context["form"].errors)

    def test_names_of_any_script_are_kept(self) -> None:
        for number, name in enumerate(["李小龍", "عمر الشريف", "Zoë 🦊 Fox", "x" * 120]):
            self.invite(email=f"n{number}@example.com", name=name)
            self.assertTrue(User.objects.filter(name=name).exists(), name)

    def test_nobody_else_may_invite(self) -> None:
        self.client.force_login(self.alice)

        self.assertEqual(self.invite().status_code, 403)
