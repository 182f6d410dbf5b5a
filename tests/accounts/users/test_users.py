from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from tests.base import ClaveTest
from tests.factories import make_invitation, make_user


class UsersTest(ClaveTest):
    def setUp(self) -> None:
        self.url = reverse("accounts:users")
        self.client.force_login(self.root)

    def names(self, query: str = "") -> list[str]:
        response = self.client.get(self.url, {"q": query})
        return [person.name for person in response.context["page"]]

    def test_everybody_is_listed_by_surname_the_accents_notwithstanding(self) -> None:
        make_user("Zoe Álvarez")
        make_user("Ana Ñáñez")

        names = self.names()

        self.assertEqual(names[:2], ["Alice Alvarez", "Zoe Álvarez"])
        self.assertLess(names.index("Mallory Moss"), names.index("Ana Ñáñez"))
        self.assertLess(names.index("Ana Ñáñez"), names.index("Root Rojas"))

    def test_words_are_found_in_name_title_and_address_without_accents(self) -> None:
        make_user("José Peña", title="Dirección comercial")

        self.assertEqual(self.names("pena JOSE"), ["José Peña"])
        self.assertEqual(self.names("direccion"), ["José Peña"])
        self.assertEqual(self.names("bob@example"), ["Bob Baker"])

    def test_what_nobody_is_called_finds_nobody_and_breaks_nothing(self) -> None:
        for query in ["zzz", "%", "_", "zz\x00z", "'; DROP TABLE", "م", "x" * 5000]:
            with self.subTest(query[:20]):
                self.assertEqual(self.names(query), [])

    def test_fifty_a_page(self) -> None:
        for number in range(60):
            make_user(f"Person{number} Example")

        first, second = self.client.get(self.url), self.client.get(self.url, {"page": 2})

        self.assertEqual(len(first.context["page"]), 50)
        self.assertEqual(len(second.context["page"]), 18)
        self.assertContains(first, 'href="?page=2"')

    def test_more_people_need_no_more_queries(self) -> None:
        self.queries()
        few = self.queries()
        for number in range(40):
            make_user(f"Person{number} Example", manager=self.magda)
            make_invitation(f"Guest{number} Example", by=self.root)

        self.assertEqual(self.queries(), few)

    def test_it_says_how_many_accounts_each_has(self) -> None:
        page = {person.name: person for person in self.client.get(self.url).context["page"]}

        self.assertEqual(
            (page["Alice Alvarez"].account_count, page["Alice Alvarez"].kam_count), (1, 1)
        )
        self.assertEqual((page["Bob Baker"].account_count, page["Bob Baker"].kam_count), (1, 0))
        self.assertEqual(page["Stefan Stern"].account_count, 0)

    def test_it_counts_in_words_who_is_here(self) -> None:
        make_invitation("Nora New", by=self.root)
        User.objects.filter(pk=self.vera.pk).update(is_active=False)

        roll = self.client.get(self.url).context["roll"]

        self.assertEqual((roll.active, roll.kams, roll.invited), (7, 2, 1))

    def test_nobody_else_may_look(self) -> None:
        self.client.force_login(self.alice)

        self.assertEqual(self.client.get(self.url).status_code, 403)

    def queries(self) -> int:
        with CaptureQueriesContext(connection) as found:
            self.client.get(self.url)
        return len(found)
