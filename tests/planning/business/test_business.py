from datetime import timedelta
from decimal import Decimal

from django.urls import reverse
from django.utils.timezone import now

from planning.business.business_summary import glance, gravest_risks
from planning.business.risk_history import story
from planning.models import Confirmation, Risk
from planning.plan.freshness import freshness
from tests.base import MONDAY, TODAY, ClaveTest
from tests.planning.business_cast import make_risk, make_swot


class BusinessTest(ClaveTest):
    def setUp(self) -> None:
        self.url = reverse("planning:business", args=[self.acme.pk])

    def test_a_reader_sees_text_and_no_fields(self) -> None:
        make_swot(self.acme, text="14 hospitals")
        self.client.force_login(self.vera)

        response = self.client.get(self.url)

        self.assertContains(response, "14 hospitals")
        self.assertNotContains(response, "<textarea")

    def test_a_swot_older_than_its_cadence_is_stale(self) -> None:
        self.acme.service_class = "A"
        Confirmation.confirm(self.acme, "swot", by=self.alice, at=MONDAY - timedelta(days=31))

        self.assertTrue(freshness(self.acme, TODAY)["swot"].is_stale)
        self.assertFalse(freshness(self.acme, TODAY - timedelta(days=1))["swot"].is_stale)

    def test_still_true_is_one_button(self) -> None:
        self.client.force_login(self.bob)

        response = self.client.post(reverse("planning:confirm_swot", args=[self.acme.pk]))

        self.assertRedirects(response, f"{self.url}#swot")
        self.assertEqual(Confirmation.objects.get().by, self.bob)

    def test_the_gravest_risk_comes_first_and_a_closed_one_not_at_all(self) -> None:
        make_risk(self.acme, title="Small", severity=1, likelihood=2)
        make_risk(self.acme, title="Grave", severity=3, likelihood=3)
        make_risk(self.acme, title="Over", severity=3, likelihood=3, closed_at=MONDAY)

        self.assertEqual([r.title for r in gravest_risks(self.acme)], ["Grave", "Small"])
        self.assertEqual([r.state for r in gravest_risks(self.acme)], ["risk", "none"])

    def test_a_risk_is_closed_once_in_the_words_of_the_first(self) -> None:
        risk = make_risk(self.acme)
        again = Risk.objects.get(pk=risk.pk)
        risk.close(outcome="It did not happen", by=self.bob, at=MONDAY)
        again.close(outcome="It cost us", by=self.alice, at=MONDAY)

        self.assertEqual(again.outcome, "It did not happen")

    def test_a_risk_tells_its_story(self) -> None:
        risk = Risk.add_to(self.acme, by=self.alice, title="The review stalls")
        risk.change(by=self.bob, seen={"severity": 2}, severity=3)

        told = story(risk)

        self.assertEqual([t.who for t in told], ["Bob Baker", "Alice Alvarez"])
        self.assertEqual(told[0].words, ["now severity high, likelihood medium"])

    def test_a_glance_takes_four_questions(self) -> None:
        make_swot(self.acme, impact=1, text="Small")
        make_swot(self.acme, impact=3, text="Great")

        with self.assertNumQueries(4):
            found = glance(self.acme, TODAY)

        self.assertEqual(found.swot[0].first.text, "Great")

    def test_an_amount_is_never_negative(self) -> None:
        self.client.force_login(self.bob)
        fields = {"title": "Odd", "severity": 2, "likelihood": 2, "amount": Decimal(-5)}

        response = self.client.post(reverse("planning:risk_add", args=[self.acme.pk]), fields)

        self.assertEqual(response.status_code, 422)
        self.assertFalse(Risk.objects.lately_of(self.acme, now()).exists())
