"""The plan on one page on screen: the count of lines, and the choice of what to cut."""

from typing import Any

from django.urls import reverse

from planning.models import Plan
from tests.base import MONDAY, ClaveTest
from tests.factories import make_action, make_objective, make_stakeholder
from tests.planning.business_cast import make_goal, make_risk

MOST_QUERIES = 19


class OnepageTest(ClaveTest):
    def setUp(self) -> None:
        self.client.force_login(self.alice)
        self.url = reverse("planning:onepage", args=[self.plan.pk])
        self.lines_url = reverse("planning:onepage_lines", args=[self.plan.pk])

    def crowd(self, n: int) -> None:
        for number in range(n):
            objective = make_objective(self.plan, owner=self.bob, title=f"Reach {number}")
            make_action(objective, owner=self.bob, title=f"Do {number}")
            make_goal(self.acme, title=f"Want {number}")
            make_risk(self.acme, title=f"Danger {number}")
            make_stakeholder(self.acme, f"Person {number}", influence="high")

    def page(self) -> Any:
        return self.client.get(self.url).context["page"]

    def test_never_more_than_twelve_lines_and_it_is_said_what_is_left_out(self) -> None:
        self.crowd(20)

        page = self.client.get(self.url)

        self.assertContains(page, "12 of 12 lines.")
        self.assertContains(page, "lines are left out.")
        self.assertEqual(len(page.context["page"].keys), 11)

    def test_each_section_has_its_share(self) -> None:
        self.crowd(20)

        shares = [len(part.lines) for part in self.page().parts]

        self.assertEqual(shares, [2, 2, 5, 2])

    def test_few_lines_fit_without_a_choice(self) -> None:
        page = self.client.get(self.url)

        self.assertContains(page, "3 of 12 lines.")
        self.assertContains(page, "Fits on one page.")
        self.assertContains(page, "Meet the CTO")

    def test_bar_leads_to_the_choice_and_to_the_pdf(self) -> None:
        page = self.client.get(self.url)

        self.assertContains(page, f'href="{self.lines_url}"')
        pdf = reverse("planning:report_request", args=[self.plan.pk])
        self.assertContains(page, f'href="{pdf}?form=one_page"')

    def test_no_style_stands_in_the_page_but_the_pictures_have_theirs(self) -> None:
        """The content security policy would refuse it, and the pictures would be black."""
        self.crowd(3)

        page = self.client.get(self.url)

        self.assertContains(page, '<svg class="map"')
        self.assertNotContains(page, "<style")
        self.assertContains(page, "reports/svg.css")

    def test_reader_sees_the_page_but_chooses_nothing(self) -> None:
        self.client.force_login(self.vera)

        self.assertNotContains(self.client.get(self.url), self.lines_url)
        self.assertEqual(self.client.get(self.lines_url).status_code, 403)

    def test_what_was_chosen_stands_there_and_nothing_else(self) -> None:
        self.crowd(20)
        keys = [f"objective:{self.objective.pk}", f"action:{self.action.pk}"]

        answer = self.client.post(self.lines_url, {"lines": keys})

        self.assertRedirects(answer, self.url)
        self.assertEqual(self.page().keys, keys)
        self.assertContains(self.client.get(self.url), "3 of 12 lines.")

    def test_thirteenth_line_is_refused_and_the_ticks_stay(self) -> None:
        self.crowd(20)
        keys = [line.key for line in self.page().objectives.all][:14]

        answer = self.client.post(self.lines_url, {"lines": keys})

        self.assertContains(
            answer, "11 lines fit besides the first one. Take 3 out.", status_code=422
        )
        self.assertEqual(answer.context["ticked"], keys)
        self.assertEqual(Plan.objects.get(pk=self.plan.pk).one_page, [])

    def test_no_tick_gives_the_choice_back(self) -> None:
        self.plan.choose_lines([f"action:{self.action.pk}"], by=self.alice)

        self.client.post(self.lines_url, {})

        self.assertEqual(Plan.objects.get(pk=self.plan.pk).one_page, [])
        self.assertEqual(len(self.page().keys), 2)

    def test_line_of_another_account_is_refused(self) -> None:
        answer = self.client.post(self.lines_url, {"lines": ["objective:999999"]})

        self.assertEqual(answer.status_code, 422)

    def test_chosen_line_that_is_gone_leaves_its_place(self) -> None:
        keys = [f"objective:{self.objective.pk}", f"action:{self.action.pk}"]
        self.plan.choose_lines(keys, by=self.alice)

        self.action.finish(by=self.bob, at=MONDAY)

        self.assertEqual(self.page().keys, keys[:1])

    def test_queries_are_few_and_the_same_whatever_the_plan_holds(self) -> None:
        self.client.get(self.url)
        with self.assertNumQueries(MOST_QUERIES):
            self.client.get(self.url)
        self.crowd(20)

        with self.assertNumQueries(MOST_QUERIES):
            self.client.get(self.url)

    def test_stranger_gets_404(self) -> None:
        self.client.force_login(self.mallory)

        self.assertEqual(self.client.get(self.url).status_code, 404)
        self.assertEqual(self.client.get(self.lines_url).status_code, 404)

    def test_wrong_method_gets_405(self) -> None:
        self.assertEqual(self.client.post(self.url).status_code, 405)
        self.assertEqual(self.client.put(self.lines_url).status_code, 405)
