import re
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from accounts.models import Stakeholder, Tie
from tests.base import ClaveTest
from tests.factories import make_assessment, make_interaction, make_stakeholder

NASTY = [
    "Ñ" * 200,
    "👩🏽‍⚕️ Dr. 😀",
    "محمد بن عبد الله الراشد",
    "<script>alert(1)</script>",
    'A "quoted" & <b>bold</b>',
    "山田 太郎",
]


class StakeholdersTest(ClaveTest):
    def setUp(self) -> None:
        self.url = reverse("accounts:stakeholders", args=[self.acme.pk])
        self.client.force_login(self.alice)

    def cto(self) -> Stakeholder:
        return make_stakeholder(
            self.acme, "Andrés Villalobos", title="CTO", influence="high", roles=["decides"]
        )

    def test_without_people_the_page_asks_for_the_first_ones(self) -> None:
        self.assertContains(self.client.get(self.url), 'class="empty')

    def test_the_map_says_each_person_in_one_sentence_and_links_it(self) -> None:
        cto = self.cto()

        response = self.client.get(self.url)

        self.assertContains(
            response,
            'aria-label="Andrés Villalobos, CTO, decides, Unknown, influence: high, last contact: never met"',
        )
        self.assertContains(response, f"?view=map&amp;person={cto.pk}")

    def test_what_stands_out_is_said_in_words(self) -> None:
        self.cto()

        self.assertContains(self.client.get(self.url), "Andrés Villalobos could derail the plan")

    def test_each_view_has_its_address(self) -> None:
        self.cto()

        for view, sign in (
            ("map", "pm-t"),
            ("table", "<tbody>"),
            ("org", 'class="org"'),
            ("nonsense", "pm-t"),
        ):
            with self.subTest(view):
                self.assertContains(self.client.get(self.url, {"view": view}), sign)

    def test_a_chosen_person_opens_the_panel(self) -> None:
        cto = self.cto()

        response = self.client.get(self.url, {"person": cto.pk})

        self.assertContains(response, 'id="panel"')
        self.assertContains(response, reverse("accounts:stakeholder_position", args=[cto.pk]))

    def test_readers_see_the_panel_without_forms(self) -> None:
        cto = self.cto()
        self.client.force_login(self.vera)

        response = self.client.get(self.url, {"person": cto.pk})

        self.assertContains(response, 'id="panel"')
        self.assertNotContains(response, 'id="position"')

    def test_nonsense_in_the_address_counts_as_not_said(self) -> None:
        self.cto()

        for query in (
            {"person": "x"},
            {"person": "9" * 30},
            {"role": "king"},
            {"page": "-1"},
            {"department": "?" * 500},
        ):
            with self.subTest(query):
                self.assertEqual(self.client.get(self.url, query).status_code, 200)

    def test_filters_narrow_every_view(self) -> None:
        self.cto()
        make_stakeholder(self.acme, "Paola Herrera", department="IT", roles=["shapes"])

        for query in ({"role": "shapes"}, {"department": "IT"}):
            for view in ("map", "table", "org"):
                with self.subTest(query, view=view):
                    page = body(self.client.get(self.url, {"view": view, **query}))
                    self.assertIn("Paola", page)
                    self.assertNotIn(
                        "Andrés", page.split('class="insights"')[1].split("</nav>", 1)[1]
                    )

    def test_people_who_left_are_off_the_map(self) -> None:
        self.cto().leave(by=self.alice, at=now())
        make_stakeholder(self.acme, "Paola Herrera")

        self.assertNotContains(self.client.get(self.url), "Andrés")

    def test_any_name_gives_a_well_formed_picture(self) -> None:
        for name in NASTY:
            make_stakeholder(self.acme, name, title=name, influence="high")

        page = body(self.client.get(self.url))

        for picture in re.findall(r'<svg class="chart pmap[ "].*?</svg>\s*(?=</div>)', page, re.S):
            ElementTree.fromstring(re.sub(r' hx-[a-z-]+="[^"]*"', "", picture))  # noqa: S314 (our own page)
        self.assertNotIn("<script>alert", page)

    def test_three_hundred_people_stay_on_pages_of_fifty(self) -> None:
        for number in range(300):
            make_stakeholder(
                self.acme, f"Person {number}", influence=("low", "medium", "high")[number % 3]
            )

        table = self.client.get(self.url, {"view": "table"})
        last = self.client.get(self.url, {"view": "table", "page": "6"})

        self.assertEqual(body(table).count('<th scope="row">'), 50)
        self.assertEqual(body(last).count('<th scope="row">'), 50)
        self.assertContains(self.client.get(self.url), "100 most urgent of 300")

    def test_the_page_asks_the_database_the_same_whatever_the_people(self) -> None:
        self.person(0)
        before = {view: self.count_queries(view) for view in ("map", "table", "org")}
        for number in range(1, 25):
            self.person(number)

        self.assertEqual({view: self.count_queries(view) for view in before}, before)

    def test_numbers_in_the_picture_are_not_written_as_in_spanish(self) -> None:
        self.cto()
        self.alice.change_settings(language="es", region="es-CO")

        picture = (
            body(self.client.get(self.url)).split('<svg class="chart pmap')[1].split("</svg>")[0]
        )

        self.assertIsNone(re.search(r'(?:x|y|cx|cy|r)="\d+,\d', picture))

    def test_htmx_gets_the_region_alone(self) -> None:
        self.cto()

        response = self.client.get(self.url, headers={"HX-Request": "true"})

        self.assertContains(response, 'id="people"')
        self.assertNotContains(response, "<html")

    def test_stranger_gets_404(self) -> None:
        self.client.force_login(self.mallory)

        self.assertEqual(self.client.get(self.url).status_code, 404)

    def test_wrong_method_gets_405(self) -> None:
        self.assertEqual(self.client.post(self.url).status_code, 405)

    def person(self, number: int) -> None:
        person = make_stakeholder(self.acme, f"Person {number}", owner=self.bob, influence="high")
        make_assessment(
            person, number % 5 - 2, by=self.alice, on=now().date() - timedelta(days=100)
        )
        make_interaction(person, by=self.bob, at=now() - timedelta(days=number))
        if number:
            first = self.acme.stakeholders.order_by("pk")[0]
            Tie.set(person, first, strength=2, by=self.alice)

    def count_queries(self, view: str) -> int:
        self.client.get(self.url, {"view": view})
        with CaptureQueriesContext(connection) as queries:
            self.client.get(self.url, {"view": view})
        return len(queries)


def body(response: Any) -> str:
    return str(response.content.decode())
