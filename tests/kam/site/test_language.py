from django.urls import reverse

from tests.base import ClaveTest


class LanguageTest(ClaveTest):
    def test_the_sign_in_page_speaks_the_language_of_the_browser(self) -> None:
        response = self.client.get(reverse("account_login"), headers={"accept-language": "es-MX"})

        self.assertContains(response, 'lang="es"')

    def test_a_visitor_chooses_another_language(self) -> None:
        self.client.post(reverse("set_language"), {"language": "es", "next": "/"})

        self.assertContains(self.client.get(reverse("account_login")), 'lang="es"')

    def test_a_signed_in_person_reads_in_their_own(self) -> None:
        self.alice.change_settings(language="es", region="es-CO")
        self.client.force_login(self.alice)

        response = self.client.get(reverse("today"), headers={"accept-language": "en"})

        self.assertContains(response, 'lang="es"')
        self.assertEqual(response["Content-Language"], "es")
