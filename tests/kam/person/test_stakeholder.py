from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from accounts.models import Acquaintance, Tie
from tests.base import TODAY, ClaveTest
from tests.factories import make_action, make_assessment, make_interaction, make_stakeholder

DAY = timedelta(days=1)


class StakeholderTest(ClaveTest):
    def setUp(self) -> None:
        self.cto = make_stakeholder(self.acme, "Andrés Villalobos", influence="high", title="CTO")
        self.paola = make_stakeholder(self.acme, owner=self.alice, reports_to=self.cto)
        self.url = self.paola.get_absolute_url()
        self.client.force_login(self.alice)

    def test_nobody_knows_them_but_there_is_a_way_in(self) -> None:
        make_interaction(self.paola, by=self.alice, at=now())
        make_assessment(self.paola, 1, by=self.alice, on=now().date() - DAY)

        response = self.client.get(self.cto.get_absolute_url())

        self.assertContains(response, "Alice Alvarez → Paola Herrera → Andrés Villalobos")
        self.assertContains(response, "Reports to Andrés Villalobos.")

    def test_strength_shows_its_parts(self) -> None:
        make_interaction(self.paola, by=self.alice, at=now())

        response = self.client.get(self.url)

        self.assertContains(response, "Relationship strength")
        self.assertContains(response, "not scored")

    def test_opinions_stand_with_author_date_and_evidence(self) -> None:
        make_assessment(
            self.paola, -1, by=self.bob, on=TODAY - 400 * DAY, evidence="One interface less"
        )

        response = self.client.get(self.url)

        self.assertContains(response, "One interface less")
        self.assertContains(response, "Bob Baker")
        self.assertContains(response, "Still true?")

    def test_actions_that_concern_them_are_listed(self) -> None:
        make_action(
            self.objective, owner=self.bob, title="Call about the pilot", stakeholder=self.paola
        )

        self.assertContains(self.client.get(self.url), "Call about the pilot")

    def test_a_reader_sees_it_without_buttons(self) -> None:
        self.client.force_login(self.vera)

        response = self.client.get(self.url)

        self.assertContains(response, "Paola Herrera")
        self.assertNotContains(response, "/edit/")
        self.assertNotContains(response, '<form method="post" action="/stakeholders')

    def test_who_left_says_so_and_can_come_back(self) -> None:
        self.paola.leave(by=self.alice, at=now())

        self.assertContains(self.client.get(self.url), f"/stakeholders/{self.paola.pk}/return/")

    def test_the_page_asks_the_database_the_same_whatever_happened(self) -> None:
        self.add(0)
        before = self.count_queries()
        for number in range(1, 15):
            self.add(number)

        self.assertEqual(self.count_queries(), before)

    def test_stranger_gets_404_and_post_405(self) -> None:
        self.assertEqual(self.client.post(self.url).status_code, 405)
        self.client.force_login(self.mallory)
        self.assertEqual(self.client.get(self.url).status_code, 404)

    def add(self, number: int) -> None:
        other = make_stakeholder(self.acme, f"Other {number}", reports_to=self.paola)
        Tie.set(other, self.paola, strength=2, by=self.alice)
        make_assessment(self.paola, 1, by=self.bob, on=TODAY - number * DAY)
        make_interaction(self.paola, other, by=self.bob, at=now() - number * DAY)
        make_action(self.objective, owner=self.bob, stakeholder=self.paola)
        user = (self.alice, self.bob, self.vera, self.henrik)[number % 4]
        Acquaintance.set(user, self.paola, level=2, wanted=3, by=self.alice)

    def count_queries(self) -> int:
        self.client.get(self.url)
        with CaptureQueriesContext(connection) as queries:
            self.client.get(self.url)
        return len(queries)
