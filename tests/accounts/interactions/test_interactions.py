from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Interaction
from tests.base import MONDAY, ClaveTest
from tests.factories import make_interaction, make_stakeholder


class InteractionsTest(ClaveTest):
    def setUp(self) -> None:
        self.paola = make_stakeholder(self.acme)
        self.url = reverse("accounts:account_interactions", args=[self.acme.pk])
        self.client.force_login(self.alice)

    def log(self, number: int, **changes: object) -> Interaction:
        at = MONDAY - timedelta(hours=number)
        return make_interaction(
            self.paola, by=self.alice, at=at, note=f"Entry {number:03}.", **changes
        )

    def entries(self, url: str) -> list[int]:
        page = self.client.get(url).context["timeline"]
        return [entry.pk for week in page.weeks for entry in week.entries]

    def test_pages_of_fifty_lead_through_everything_once(self) -> None:
        expected = [self.log(number).pk for number in range(120)]

        seen, url = [], self.url
        while url:
            seen += self.entries(url)
            earlier = self.client.get(url).context["timeline"].earlier
            url = f"{self.url}{earlier}" if earlier else ""

        self.assertEqual(seen, expected)

    def test_entries_of_the_same_moment_are_not_lost_between_pages(self) -> None:
        for number in range(60):
            make_interaction(self.paola, by=self.alice, at=MONDAY, note=str(number))

        first = self.client.get(self.url).context["timeline"]
        rest = self.entries(f"{self.url}{first.earlier}")

        self.assertEqual(len({*self.entries(self.url), *rest}), 60)

    def test_without_a_note_the_overview_says_who_and_below_it_how(self) -> None:
        make_interaction(self.paola, by=self.alice, at=MONDAY, note="")

        page = self.client.get(self.acme.get_absolute_url())

        self.assertContains(page, '<p class="h"><b dir="auto">Paola Herrera</b></p>', html=True)
        self.assertNotContains(page, "</b>Call")
        self.assertContains(page, "Alice, call")

    def test_filters_by_person_and_kind(self) -> None:
        other = make_stakeholder(self.acme, "Andrés Villalobos")
        call = self.log(1)
        mail = make_interaction(other, by=self.alice, at=MONDAY, kind="email")

        self.assertEqual(self.entries(f"{self.url}?kind=email"), [mail.pk])
        self.assertEqual(self.entries(f"{self.url}?person={self.paola.pk}"), [call.pk])

    def test_nonsense_in_the_address_is_the_beginning(self) -> None:
        self.log(1)

        for query in (
            "before=x",
            "before=2026-01-01_zz",
            "before=0001-01-01T00:00:00_1",
            "kind=war",
            "person=x",
        ):
            with self.subTest(query):
                self.assertEqual(self.client.get(f"{self.url}?{query}").status_code, 200)

    def test_notes_are_text_and_never_markup(self) -> None:
        make_interaction(
            self.paola, by=self.alice, at=MONDAY, note="Hello\n<script>alert(1)</script> **bold**"
        )

        response = self.client.get(self.url)

        self.assertNotContains(response, "<script>alert")
        self.assertContains(response, "&lt;script&gt;alert(1)&lt;/script&gt; **bold**")

    def test_the_rail_page_shows_all_readable_accounts_and_no_other(self) -> None:
        self.log(1)
        stranger = make_stakeholder(self.other, "Stranger")
        make_interaction(stranger, by=self.mallory, at=MONDAY, note="Secret")

        response = self.client.get(reverse("accounts:interactions"))

        self.assertContains(response, "Entry 001")
        self.assertNotContains(response, "Secret")

    def test_the_page_asks_the_database_the_same_whatever_the_rows(self) -> None:
        self.log(1)
        before = self.count_queries()
        for number in range(2, 30):
            self.log(number)

        self.assertEqual(self.count_queries(), before)

    def test_taking_back_an_entry_moves_the_last_contact(self) -> None:
        entry = self.log(1)

        self.client.post(reverse("accounts:interaction_take_back", args=[entry.pk]))

        self.paola.refresh_from_db()
        self.assertIsNone(self.paola.last_contact_at)

    def test_who_has_influence_and_got_no_contact_is_named(self) -> None:
        make_stakeholder(self.acme, "Andrés Villalobos", influence="high")
        make_interaction(self.paola, by=self.alice, at=MONDAY)

        self.assertContains(self.client.get(self.url), "Andrés Villalobos")

    def count_queries(self) -> int:
        self.client.get(self.url)
        with CaptureQueriesContext(connection) as queries:
            self.client.get(self.url)
        return len(queries)
