from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.base import MONDAY, ClaveTest
from tests.factories import make_interaction, make_stakeholder

HTMX = {"HX-Request": "true"}


class InteractionPeopleTest(ClaveTest):
    def setUp(self) -> None:
        self.paola = make_stakeholder(self.acme, title="VP Engineering")
        self.cto = make_stakeholder(self.acme, "Andrés Villalobos")
        self.url = reverse("interaction_people")
        self.client.force_login(self.bob)

    def find(self, words: str = "", **changes: object) -> Any:
        return self.client.post(self.url, {"words": words, **changes}, headers=HTMX)

    def test_any_part_of_a_name_without_accents_finds_the_person(self) -> None:
        response = self.find("andres")

        self.assertContains(response, "Andrés Villalobos")
        self.assertNotContains(response, "Paola")

    def test_who_was_chosen_stays_ticked_and_first(self) -> None:
        page = self.find("andres", theirs=[self.paola.pk]).content.decode()

        self.assertLess(page.index("Paola"), page.index("Andrés"))
        self.assertIn(f'value="{self.paola.pk}" checked', page)

    def test_once_somebody_is_chosen_the_rest_of_the_form_knows_the_account(self) -> None:
        self.assertContains(self.find(theirs=[self.paola.pk]), "hx-swap-oob")
        self.assertNotContains(
            self.find(theirs=[self.paola.pk], account=self.acme.pk), "hx-swap-oob"
        )

    def test_whom_we_meet_often_comes_first(self) -> None:
        make_interaction(self.cto, by=self.alice, at=MONDAY)

        page = self.find().content.decode()

        self.assertLess(page.index("Andrés"), page.index("Paola"))

    def test_gaps_people_gone_and_other_people_s_people_are_not_found(self) -> None:
        make_stakeholder(self.acme, "Gap", is_gap=True)
        make_stakeholder(self.acme, "Gone").leave(by=self.alice, at=MONDAY)
        make_stakeholder(self.other, "Stranger")

        for words in ("gap", "gone", "stranger"):
            with self.subTest(words):
                self.assertContains(self.find(words), "Nobody by that name")

    def test_readers_find_nobody_to_log_with(self) -> None:
        self.client.force_login(self.vera)

        self.assertNotContains(self.find("paola"), "Paola Herrera")

    def test_without_scripts_it_is_the_page_with_what_was_typed(self) -> None:
        response = self.client.post(self.url, {"words": "paola", "note": "Half a sentence"})

        self.assertContains(response, "<html")
        self.assertContains(response, "Half a sentence")
        self.assertNotContains(response, 'class="errors"')

    def test_few_queries_whatever_the_people(self) -> None:
        before = self.count_queries()
        for number in range(40):
            make_stakeholder(self.acme, f"Person {number}")

        self.assertEqual(self.count_queries(), before)

    def test_wrong_method_gets_405(self) -> None:
        self.assertEqual(self.client.get(self.url).status_code, 405)

    def count_queries(self) -> int:
        self.find("p")
        with CaptureQueriesContext(connection) as queries:
            self.find("p")
        return len(queries)
