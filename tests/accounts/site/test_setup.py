from datetime import timedelta
from typing import Any

import time_machine
from django.core.cache import cache
from django.test import Client, TestCase
from django.urls import reverse
from django.utils.timezone import now

from accounts.models import SetupLink, Site, User
from accounts.models.setup import path_of
from tests.factories import make_site, make_user

PASSWORD = "three quiet river stones"
SITE = {
    "company": "Acero Andino",
    "currency": "COP",
    "fiscal_month": "7",
    "time_zone": "America/Bogota",
    "language": "es",
    "region": "es-CO",
    "working_days": ["1", "2", "3", "4", "5", "6"],
    "holidays": "2026-12-25 Navidad\n2026-12-08 Inmaculada Concepción",
}
ANA = {"name": "Ana Arias", "email": "Ana@Example.com", "password": PASSWORD}


class SetupTest(TestCase):
    def setUp(self) -> None:
        cache.clear()
        self.token = SetupLink.renew(at=now())

    def describe(self, **changes: Any) -> Any:
        return self.client.post(path_of(self.token), {**SITE, **changes})

    def come_in(self, token: str = "", **changes: Any) -> Any:
        address = reverse("accounts:setup_administrator", args=[token or self.token])
        return self.client.post(address, {**ANA, **changes})

    def test_company_then_administrator_then_signed_in(self) -> None:
        described = self.describe()
        self.assertRedirects(described, reverse("accounts:setup_administrator", args=[self.token]))

        response = self.come_in()

        self.assertEqual(response.status_code, 302)
        ana = User.objects.get(email="ana@example.com")
        self.assertTrue(ana.is_admin and ana.check_password(PASSWORD))
        self.assertEqual(self.client.session["_auth_user_id"], str(ana.pk))

    def test_the_site_is_what_was_said(self) -> None:
        self.describe()

        here = Site.objects.get()
        self.assertEqual(
            (here.company, here.currency, here.fiscal_month), ("Acero Andino", "COP", 7)
        )
        self.assertEqual(here.working_days, [1, 2, 3, 4, 5, 6])
        self.assertEqual(
            here.holidays,
            [["2026-12-08", "Inmaculada Concepción"], ["2026-12-25", "Navidad"]],
        )

    def test_the_administrator_reads_as_the_site(self) -> None:
        self.describe()
        self.come_in()

        ana = User.objects.get()
        self.assertEqual(
            (ana.language, ana.region, ana.time_zone), ("es", "es-CO", "America/Bogota")
        )

    def test_only_the_hash_of_the_link_is_kept(self) -> None:
        link = SetupLink.objects.get()

        self.assertNotIn(self.token, str(vars(link)))

    def test_thirty_minutes_and_not_a_second_longer(self) -> None:
        made = SetupLink.objects.get().made_at

        for seconds, status in ((30 * 60 - 1, 200), (30 * 60, 404)):
            with time_machine.travel(made + timedelta(seconds=seconds), tick=False):
                self.assertEqual(self.client.get(path_of(self.token)).status_code, status)

    def test_a_link_that_is_over_says_how_to_make_a_new_one(self) -> None:
        SetupLink.renew(at=now())

        for token in (self.token, "foreign"):
            response = self.client.get(path_of(token))
            self.assertContains(response, "bin/manage setup_link", status_code=404)

    def test_once_there_is_an_administrator_it_opens_nothing(self) -> None:
        make_site()
        make_user("Root Rojas", is_admin=True)

        response = self.client.get(path_of(self.token))
        self.assertContains(response, "/session/login/", status_code=404)
        self.assertEqual(self.come_in().status_code, 404)
        self.assertEqual(User.objects.count(), 1)

    def test_of_two_on_one_link_the_first_comes_in(self) -> None:
        link, same = SetupLink.objects.get(), SetupLink.objects.get()
        fields: dict[str, Any] = {"name": "Ana", "password": PASSWORD, "at": now()}

        first = link.use(email="ana@example.com", **fields)
        second = same.use(email="eva@example.com", **fields)

        self.assertIsNotNone(first)
        self.assertIsNone(second)
        self.assertEqual(User.objects.count(), 1)

    def test_the_administrator_comes_after_the_company(self) -> None:
        response = self.come_in()

        self.assertRedirects(response, path_of(self.token))
        self.assertFalse(User.objects.exists())

    def test_bad_words_are_told_and_nothing_typed_is_lost(self) -> None:
        response = self.describe(company="", working_days=[], holidays="2026-02-30 Nobody's day")

        self.assertEqual(response.status_code, 422)
        self.assertContains(response, "2026-02-30 Nobody&#x27;s day</textarea>", status_code=422)
        self.assertContains(response, 'value="America/Bogota" selected', status_code=422)
        self.assertEqual(
            set(response.context["form"].errors), {"company", "working_days", "holidays"}
        )
        self.assertFalse(Site.objects.exists())

    def test_an_easy_password_is_refused_and_the_address_kept(self) -> None:
        self.describe()

        response = self.come_in(password="password1234")

        self.assertEqual(list(response.context["form"].errors), ["password"])
        self.assertContains(response, "Ana@Example.com", status_code=422)

    def test_it_speaks_spanish_before_anybody_is_there(self) -> None:
        response = Client(headers={"Accept-Language": "es-MX,es;q=0.9"}).get(path_of(self.token))

        self.assertContains(response, 'lang="es"')
        self.assertEqual(response.context["form"]["currency"].value(), "MXN")
        self.assertEqual(response.context["form"]["time_zone"].value(), "America/Mexico_City")
        self.assertEqual(response.context["form"]["region"].value(), "es-MX")

    def test_guessing_is_slowed_down(self) -> None:
        with time_machine.travel(now(), tick=False):
            codes = [self.client.get(path_of("guess")).status_code for _try in range(31)]

        self.assertEqual(codes, [404] * 30 + [429])
