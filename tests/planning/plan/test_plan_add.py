from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse

from planning.models import Plan
from planning.models.plan import PeriodTaken
from tests.base import ClaveTest
from tests.factories import make_plan
from tests.planning.at_once import AtOnceTest, at_once


class PlanAddTest(ClaveTest):
    def setUp(self) -> None:
        self.url = reverse("planning:plan_add", args=[self.acme.pk])
        self.client.force_login(self.bob)

    def start(self, first: str, last: str) -> Any:
        return self.client.post(self.url, {"period_start": first, "period_end": last})

    def test_the_next_plan_begins_the_day_after_the_last_one(self) -> None:
        self.assertContains(self.client.get(self.url), 'value="2028-01-01"')

        response = self.start("2028-01-01", "2028-12-31")

        made = Plan.objects.get(period_start=date(2028, 1, 1))
        self.assertRedirects(response, made.get_absolute_url())

    def test_a_period_that_ends_before_it_begins_is_refused_in_words(self) -> None:
        response = self.start("2028-12-31", "2028-01-01")

        self.assertContains(response, "ends before it begins", status_code=422)

    def test_periods_of_an_account_never_overlap(self) -> None:
        response = self.start("2027-12-31", "2028-12-31")

        self.assertContains(response, "A plan runs from 1 Jan 2026 to 31 Dec 2027", status_code=422)

    def test_another_account_may_have_the_same_days(self) -> None:
        made = make_plan(self.other)

        self.assertEqual(made.period_start, self.plan.period_start)

    def test_the_database_has_the_last_word(self) -> None:
        with self.assertRaises(IntegrityError), transaction.atomic():
            make_plan(self.acme, period_start=date(2027, 6, 1), period_end=date(2028, 6, 1))

    def test_periods_are_switched_by_their_address(self) -> None:
        later = make_plan(self.acme, period_start=date(2028, 1, 1), period_end=date(2028, 12, 31))

        response = self.client.get(later.get_absolute_url())

        self.assertEqual(response.context["plan"], later)
        self.assertContains(response, "2026–2027")

    def test_a_plan_of_another_account_in_the_address_does_not_exist(self) -> None:
        foreign = make_plan(self.other)

        url = reverse("planning:plan", args=[self.acme.pk])

        self.assertEqual(self.client.get(f"{url}?plan={foreign.pk}").status_code, 404)

    def test_the_budget_is_changed_only_where_nobody_was_faster(self) -> None:
        url = reverse("planning:plan_edit", args=[self.plan.pk])
        form = {
            "period_start": "2026-01-01", "initial-period_start": "2026-01-01",
            "period_end": "2027-12-31", "initial-period_end": "2027-12-31",
            "budget": "90", "initial-budget": "",
        }  # fmt: skip
        Plan.objects.filter(pk=self.plan.pk).update(budget=50)

        response = self.client.post(url, form)

        self.assertContains(response, "changed this to “50.00”", status_code=409)


class PlanAddAtOnceTest(AtOnceTest):
    def test_of_two_at_once_one_is_told(self) -> None:
        def start() -> Plan:
            return Plan.start(
                self.acme,
                by=self.alice,
                period_start=date(2028, 1, 1),
                period_end=date(2028, 12, 31),
            )

        answers = at_once(start, start)

        self.assertEqual(sorted(type(a).__name__ for a in answers), ["PeriodTaken", "Plan"])
        self.assertTrue(any(isinstance(a, PeriodTaken) for a in answers))
