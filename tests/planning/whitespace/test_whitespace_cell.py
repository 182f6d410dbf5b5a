from typing import Any

from django.urls import reverse

from accounts.models import BusinessUnit, Product
from planning.models import Cell
from tests.base import MONDAY, ClaveTest
from tests.money import make_opportunity


class WhitespaceCellTest(ClaveTest):
    north: BusinessUnit
    vault: Product

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.north = BusinessUnit.objects.create(account=cls.acme, name="North")
        cls.vault = Product.objects.create(name="Vault")

    def setUp(self) -> None:
        query = f"?unit={self.north.pk}&product={self.vault.pk}"
        self.url = reverse("planning:whitespace_cell", args=[self.acme.pk]) + query
        self.say_url = reverse("planning:whitespace_say", args=[self.acme.pk]) + query
        self.client.force_login(self.bob)

    def fields(self, **changes: Any) -> dict[str, Any]:
        """The form as it was opened before anybody said anything, with what is typed now."""
        blank = {
            "state": "unexplored",
            "potential": "",
            "currency": "EUR",
            "competitor": "",
            "note": "",
        }
        seen = {f"initial-{name}": value for name, value in blank.items()}
        return {**blank, **seen, **changes}

    def test_a_place_opens_beside_the_grid(self) -> None:
        page = self.client.get(self.url)

        self.assertContains(page, 'id="place"')
        self.assertContains(page, "Not explored")
        self.assertContains(page, self.say_url.replace("&", "&amp;"))

    def test_saying_what_it_is(self) -> None:
        answer = self.client.post(self.say_url, self.fields(state="potential", potential="90000"))

        self.assertRedirects(answer, reverse("planning:whitespace", args=[self.acme.pk]))
        cell = Cell.objects.get()
        self.assertEqual(
            (cell.state, cell.potential, cell.stated_by), ("potential", 90_000, self.bob)
        )
        self.acme.standing.refresh_from_db()
        self.assertEqual(self.acme.standing.potential, 90_000)

    def test_htmx_gets_the_region_anew(self) -> None:
        answer = self.client.post(
            self.say_url, self.fields(state="potential", potential="90000"),
            headers={"HX-Request": "true"},
        )  # fmt: skip

        self.assertContains(answer, 'id="whitespace"')
        self.assertNotContains(answer, 'id="place"')
        self.assertEqual(answer["HX-Retarget"], "#whitespace")

    def test_two_editors_of_a_new_place_both_words_stay(self) -> None:
        """Neither saw a stored row; the second is told, and saving again decides."""
        Cell.say(
            self.acme, self.north, self.vault, by=self.alice, at=MONDAY,
            seen={"state": "unexplored", "note": ""}, state="potential", note="From Paola",
        )  # fmt: skip

        answer = self.client.post(self.say_url, self.fields(state="lost", note="Mine"))

        self.assertContains(answer, "Alice Alvarez changed this to", status_code=409)
        self.assertContains(answer, "From Paola", status_code=409)
        self.assertContains(answer, 'value="Mine"', status_code=409)
        self.assertEqual(Cell.objects.get().note, "From Paola")

        again = self.fields(state="lost", note="Mine")
        again |= {"initial-state": "potential", "initial-note": "From Paola"}
        self.assertEqual(self.client.post(self.say_url, again).status_code, 302)
        self.assertEqual(Cell.objects.get().note, "Mine")

    def test_two_editors_of_different_fields_lose_nothing(self) -> None:
        Cell.say(
            self.acme, self.north, self.vault, by=self.alice, at=MONDAY,
            seen={"note": ""}, note="From Paola",
        )  # fmt: skip

        self.client.post(self.say_url, self.fields(state="potential", potential="5"))

        cell = Cell.objects.get()
        self.assertEqual((cell.note, cell.state, cell.potential), ("From Paola", "potential", 5))

    def test_a_competitor_has_a_name(self) -> None:
        answer = self.client.post(
            self.say_url, self.fields(state="competitor", potential="9", note="Kept")
        )

        self.assertContains(answer, "Who holds it?", status_code=422)
        self.assertContains(answer, 'value="Kept"', status_code=422)

    def test_nonsense_is_refused_with_words(self) -> None:
        for wrong in ({"potential": "-1"}, {"potential": "much"}, {"currency": "XXQ"},
                      {"state": "opportunity"}, {"note": "\x07"}, {"competitor": "x" * 121}):  # fmt: skip
            with self.subTest(wrong):
                answer = self.client.post(self.say_url, self.fields(**wrong))
                self.assertContains(answer, "to put right", status_code=422)
        self.assertFalse(Cell.objects.exists())

    def test_a_unit_of_another_account_is_no_place_here(self) -> None:
        foreign = BusinessUnit.objects.create(account=self.other, name="Zorbex")
        url = f"{self.url.split('?')[0]}?unit={foreign.pk}&product={self.vault.pk}"

        page = self.client.get(url)

        self.assertContains(page, "Which place?")
        self.assertNotContains(page, "Zorbex")

    def test_a_reader_reads_and_cannot_say(self) -> None:
        self.client.force_login(self.vera)

        self.assertNotContains(self.client.get(self.url), '<form method="post" action="/accounts')
        self.assertEqual(self.client.post(self.say_url, self.fields()).status_code, 403)

    def test_stranger_gets_404(self) -> None:
        self.client.force_login(self.mallory)
        self.assertEqual(self.client.get(self.url).status_code, 404)
        self.assertEqual(self.client.post(self.say_url).status_code, 404)

    def test_wrong_method(self) -> None:
        self.assertEqual(self.client.post(self.url).status_code, 405)
        self.assertEqual(self.client.get(self.say_url).status_code, 405)

    def test_long_and_foreign_names_stand(self) -> None:
        for name in ("א" * 160, "🏥" * 80, "<script>alert(1)</script>"):
            BusinessUnit.objects.create(account=self.acme, name=name)

        page = self.client.get(self.url)

        self.assertContains(page, "א" * 160)
        self.assertNotContains(page, "<script>alert(1)")

    def test_what_follows_from_records_is_explained(self) -> None:
        make_opportunity(self.acme, 80_000, owner=self.bob, unit=self.north, product=self.vault)

        page = self.client.get(self.url)

        self.assertContains(page, "The state follows from revenue and opportunities.")
        self.assertContains(page, "Vault for imaging")

    def test_from_a_place_to_an_opportunity_without_typing_it_again(self) -> None:
        url = reverse("accounts:opportunity_add", args=[self.acme.pk])
        page = self.client.get(f"{url}?unit={self.north.pk}&product={self.vault.pk}")

        self.assertContains(page, f'<option value="{self.north.pk}" selected>North</option>')
        self.assertContains(page, f'<option value="{self.vault.pk}" selected>Vault</option>')
