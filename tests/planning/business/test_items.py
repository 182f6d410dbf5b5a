from decimal import Decimal
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from planning.business.business_summary import business
from planning.models import ClientGoal, FinancialYear, SwotItem
from tests.base import TODAY, ClaveTest
from tests.planning.business_cast import (
    make_goal,
    make_initiative,
    make_risk,
    make_standpoint,
    make_swot,
    make_year,
)

HTMX = {"HX-Request": "true"}


class ItemsTest(ClaveTest):
    def setUp(self) -> None:
        self.item = make_swot(self.acme)
        self.client.force_login(self.bob)

    def post(self, name: str, pk: int, data: Any = None, **headers: str) -> Any:
        return self.client.post(reverse(f"planning:{name}", args=[pk]), data or {}, headers=headers)

    def test_a_point_is_added_where_it_belongs(self) -> None:
        fields = {"text": "IT turnover", "quadrant": "weakness", "impact": 2}

        response = self.post("swot_add", self.acme.pk, fields, **HTMX)

        self.assertEqual(response["HX-Retarget"], "#swot")
        self.assertContains(response, "IT turnover")
        self.assertEqual(SwotItem.rows().get(quadrant="weakness").account, self.acme)

    def test_without_scripts_the_reader_returns_to_the_list(self) -> None:
        response = self.post("swot_remove", self.item.pk)

        page = reverse("planning:business", args=[self.acme.pk])
        self.assertRedirects(response, f"{page}#swot")

    def test_a_text_is_edited_in_place_and_both_stay_when_somebody_was_faster(self) -> None:
        SwotItem.rows().get().rename(seen="14 hospitals", text="15 hospitals", by=self.alice)

        response = self.post(
            "swot_text", self.item.pk, {"seen": "14 hospitals", "value": "16 hospitals"}, **HTMX
        )

        self.assertContains(response, "15 hospitals", status_code=409)
        self.assertContains(response, "16 hospitals", status_code=409)
        self.assertContains(response, "Alice Alvarez", status_code=409)

    def test_two_people_in_different_fields_of_one_form_lose_nothing(self) -> None:
        seen = self.seen()
        SwotItem.rows().update(evidence="CEO letter")

        response = self.post("swot_edit", self.item.pk, {**seen, "text": "15 hospitals"})

        self.item.refresh_from_db()
        self.assertEqual(response.status_code, 302)
        self.assertEqual((self.item.text, self.item.evidence), ("15 hospitals", "CEO letter"))

    def test_two_people_in_one_field_of_a_form_see_both_texts(self) -> None:
        seen = self.seen()
        SwotItem.rows().update(text="15 hospitals")

        response = self.post("swot_edit", self.item.pk, {**seen, "text": "16 hospitals"})

        self.assertContains(response, "changed this to “15 hospitals”", status_code=409)
        self.assertContains(response, 'value="16 hospitals"', status_code=409)
        self.assertContains(
            response, '<input type="hidden" name="initial-text" value="15 hospitals">',
            status_code=409, html=True,
        )  # fmt: skip

    def test_saving_again_after_the_refusal_keeps_mine(self) -> None:
        SwotItem.rows().update(text="15 hospitals")
        seen = {**self.seen(), "initial-text": "15 hospitals"}

        self.post("swot_edit", self.item.pk, {**seen, "text": "16 hospitals"})

        self.item.refresh_from_db()
        self.assertEqual(self.item.text, "16 hospitals")

    def seen(self) -> dict[str, object]:
        fields = {
            "text": "14 hospitals", "quadrant": "strength", "impact": 2, "evidence": "",
            "source_date": "",
        }  # fmt: skip
        return {**fields, **{f"initial-{name}": value for name, value in fields.items()}}

    def test_what_was_removed_can_be_put_back(self) -> None:
        response = self.post("swot_remove", self.item.pk, **HTMX)

        undo = reverse("planning:swot_restore", args=[self.item.pk])
        self.assertContains(response, f'action="{undo}"')
        self.post("swot_restore", self.item.pk)
        self.item.refresh_from_db()
        self.assertIsNone(self.item.removed_at)

    def test_the_order_is_moved_within_a_quadrant_only(self) -> None:
        second = make_swot(self.acme, text="Brand", position=2)
        make_swot(self.acme, quadrant="threat", text="MediCore", position=3)

        self.post("swot_up", second.pk)
        self.post("swot_up", second.pk)

        strengths = SwotItem.rows().of(self.acme).filter(quadrant="strength")
        self.assertEqual([row.text for row in strengths], ["Brand", "14 hospitals"])

    def test_a_year_stands_once_in_the_table(self) -> None:
        make_year(self.acme, year=2025)

        response = self.post("year_add", self.acme.pk, {"year": 2025, "currency": "EUR"})

        self.assertContains(response, "in the table already", status_code=422)

    def test_growth_is_computed_from_the_year_before_in_the_same_currency(self) -> None:
        make_year(self.acme, year=2024, revenue=Decimal(592))
        make_year(self.acme, year=2025, revenue=Decimal(645))
        make_year(self.acme, year=2026, revenue=Decimal(700), currency="USD")

        rows = {row.year.year: row.growth for row in business(self.acme, TODAY, now()).years}

        self.assertEqual(rows, {2026: None, 2025: Decimal("9.0"), 2024: None})

    def test_a_goal_of_theirs_is_served_by_ours(self) -> None:
        goal = make_goal(self.acme)
        self.objective.change(by=self.bob, serves=goal)

        found = business(self.acme, TODAY, now()).goals[0]

        self.assertEqual(found.ours, 1)

    def test_a_goal_whose_target_is_its_start_is_refused(self) -> None:
        fields = {"title": "Stay", "baseline": "5", "target": "5"}

        self.assertContains(
            self.post("goal_add", self.acme.pk, fields), "target equals the start", status_code=422
        )
        self.assertFalse(ClientGoal.rows().exists())

    def test_the_page_asks_the_same_whatever_it_holds(self) -> None:
        self.fill(1)
        before = self.count_queries()
        self.fill(15)

        self.assertEqual(self.count_queries(), before)

    def fill(self, times: int) -> None:
        for number in range(times):
            make_swot(self.acme, text=f"Point {number}", position=number)
            make_goal(self.acme)
            make_initiative(self.acme)
            make_standpoint(self.acme)
            make_risk(self.acme, owner=self.bob)
            make_year(self.acme, year=2000 + FinancialYear.rows().count())

    def count_queries(self) -> int:
        url = reverse("planning:business", args=[self.acme.pk])
        self.client.get(url)
        with CaptureQueriesContext(connection) as queries:
            self.client.get(url)
        return len(queries)
