from typing import Any

from django.urls import reverse
from django.utils.timezone import now

from accounts.models import Acquaintance, Assessment, Tie
from tests.base import TODAY, ClaveTest
from tests.factories import make_assessment, make_stakeholder


class OpinionsTest(ClaveTest):
    def setUp(self) -> None:
        self.paola = make_stakeholder(self.acme)
        self.cto = make_stakeholder(self.acme, "Andrés Villalobos")
        self.client.force_login(self.bob)

    def post(self, name: str, pk: int, **data: object) -> Any:
        return self.client.post(reverse(f"accounts:{name}", args=[pk]), data)

    def test_an_opinion_carries_author_date_and_evidence(self) -> None:
        self.post(
            "stakeholder_assess",
            self.paola.pk,
            disposition="1",
            evidence="Came uninvited",
            made_on="2026-01-05",
        )

        opinion = Assessment.objects.get()
        self.assertEqual(
            (opinion.disposition, opinion.author, opinion.is_guess), (1, self.bob, False)
        )
        self.assertEqual(str(opinion.made_on), "2026-01-05")

    def test_an_opinion_about_the_future_or_without_a_stance_is_refused(self) -> None:
        for wrong in (
            {"disposition": "1", "made_on": "2999-01-01"},
            {"evidence": "x"},
            {"disposition": "3"},
            {"disposition": "1", "evidence": "x" * 1001},
        ):
            with self.subTest(wrong):
                self.assertEqual(
                    self.post("stakeholder_assess", self.paola.pk, **wrong).status_code, 422
                )

    def test_said_beside_the_map_it_leads_back_there(self) -> None:
        url = reverse("accounts:stakeholder_assess", args=[self.paola.pk])

        response = self.client.post(f"{url}?from=map", {"disposition": "-2", "evidence": "No"})

        self.assertRedirects(response, self.paola.map_url)

    def test_still_true_is_signed(self) -> None:
        opinion = make_assessment(self.paola, 1, by=self.alice, on=TODAY)

        self.post("assessment_confirm", opinion.pk)

        opinion.refresh_from_db()
        self.assertEqual(
            (opinion.confirmed_by, opinion.confirmed_on), (self.bob, self.bob.today(now()))
        )

    def test_influence_is_set_in_either_direction_and_once(self) -> None:
        for direction in ("moves", "moved", "moves"):
            self.post(
                "tie_set", self.paola.pk, other=self.cto.pk, direction=direction, strength="3"
            )

        pairs = set(Tie.objects.values_list("influencer", "influenced"))
        self.assertEqual(pairs, {(self.paola.pk, self.cto.pk), (self.cto.pk, self.paola.pk)})

    def test_influence_on_oneself_or_a_stranger_is_refused(self) -> None:
        stranger = make_stakeholder(self.other, "Stranger")

        for pk in (self.paola.pk, stranger.pk):
            response = self.post(
                "tie_set", self.paola.pk, other=pk, direction="moves", strength="2"
            )
            self.assertEqual(response.status_code, 422)

    def test_levels_now_and_wanted_are_kept_by_pair(self) -> None:
        for level in ("1", "2"):
            self.post("acquaintance_set", self.paola.pk, user=self.bob.pk, level=level, wanted="4")

        pair = Acquaintance.objects.get()
        self.assertEqual((pair.level, pair.wanted, pair.user), (2, 4, self.bob))

    def test_only_the_team_knows_people(self) -> None:
        response = self.post(
            "acquaintance_set", self.paola.pk, user=self.mallory.pk, level="1", wanted="1"
        )

        self.assertEqual(response.status_code, 422)

    def test_removing_a_line_leads_back_to_the_person(self) -> None:
        tie = Tie.set(self.paola, self.cto, strength=1, by=self.alice)

        self.assertRedirects(self.post("tie_remove", tie.pk), self.paola.get_absolute_url())
        self.assertFalse(Tie.objects.exists())
