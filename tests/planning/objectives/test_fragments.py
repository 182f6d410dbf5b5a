from django.template.loader import render_to_string

from planning.business.business_summary import glance, gravest_risks
from planning.models import Approval
from planning.versions.plan_status import waiting_for
from tests.base import MONDAY, TODAY, ClaveTest
from tests.planning.business_cast import make_goal, make_risk, make_swot, make_year


class FragmentsTest(ClaveTest):
    """The regions that the overview and the page of today are composed of."""

    def test_their_business_on_the_overview(self) -> None:
        make_swot(self.acme, text="14 hospitals")
        make_year(self.acme, year=2024, revenue=100)
        make_year(self.acme, year=2025, revenue=109, margin="17.8")
        make_goal(self.acme, baseline=36, current=31, target=18, unit="h")

        html = self.render("kam/overview/_business.html", business=glance(self.acme, TODAY))

        self.assertInHTML("<li>14 hospitals</li>", html)
        self.assertIn("revenue growing 9.0\N{NO-BREAK SPACE}%", html)
        self.assertIn("31 of 18 h", html)

    def test_their_business_when_nothing_is_written(self) -> None:
        html = self.render("kam/overview/_business.html", business=glance(self.acme, TODAY))

        self.assertIn("Begin with one strength", html)

    def test_the_gravest_risks_on_the_overview(self) -> None:
        make_risk(self.acme, amount=180_000)

        html = self.render("kam/overview/_risks.html", risks=gravest_risks(self.acme))

        self.assertIn("€180\N{NO-BREAK SPACE}k", html)
        self.assertIn("nobody owns it", html)

    def test_what_waits_for_approval_today(self) -> None:
        approval = Approval.ask(self.plan, by=self.alice, at=MONDAY)

        html = self.render("kam/today/_approvals.html", approvals=waiting_for(self.magda))

        self.assertIn(f'href="/approvals/{approval.pk}/approve/"', html)
        self.assertEqual(self.render("kam/today/_approvals.html", approvals=[]).strip(), "")

    def render(self, template: str, **context: object) -> str:
        return render_to_string(template, {"account": self.acme, **context})
