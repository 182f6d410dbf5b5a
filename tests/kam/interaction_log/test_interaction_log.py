from datetime import timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.timezone import now

from accounts.models import Assessment, Interaction
from planning.models import Action
from tests.base import ClaveTest
from tests.factories import make_account, make_objective, make_stakeholder

HTMX = {"HX-Request": "true"}


class InteractionLogTest(ClaveTest):
    def setUp(self) -> None:
        self.paola = make_stakeholder(self.acme)
        self.url = reverse("interaction_log")
        self.client.force_login(self.bob)

    def log(self, headers: dict[str, str] | None = None, **changes: object) -> Any:
        at = now().astimezone(self.bob.zone).strftime("%Y-%m-%dT%H:%M")
        fields = {"token": uuid4(), "theirs": [self.paola.pk], "kind": "call", "at": at}
        return self.client.post(self.url, {**fields, **changes}, headers=headers or {})

    def test_one_entry_moves_the_last_contact(self) -> None:
        response = self.log(note="Will ask for an hour in January")

        timeline = reverse("accounts:account_interactions", args=[self.acme.pk])
        self.assertRedirects(response, timeline)
        self.paola.refresh_from_db()
        assert self.paola.last_two_way_at
        self.assertLess(now() - self.paola.last_two_way_at, timedelta(minutes=2))
        self.assertEqual(Interaction.objects.get().ours, [self.bob])

    def test_the_time_typed_is_the_reader_s_own(self) -> None:
        self.bob.change_settings(time_zone="America/Bogota")

        self.log(at="2026-07-01T09:30")

        at = Interaction.objects.get().at.astimezone(ZoneInfo("America/Bogota"))
        self.assertEqual(at.strftime("%Y-%m-%d %H:%M"), "2026-07-01 09:30")

    def test_a_form_sent_twice_is_logged_once_with_all_that_follows(self) -> None:
        token = uuid4()
        for _again in range(2):
            self.log(
                token=token,
                note="Yes",
                disposition="1",
                next_title="Send it",
                next_due="2030-01-01",
            )

        counts = [
            Interaction.objects.count(),
            Assessment.objects.count(),
            Action.objects.concerning(self.paola).count(),
        ]
        self.assertEqual(counts, [1, 1, 1])

    def test_the_words_are_the_evidence_of_the_new_stance(self) -> None:
        self.log(note="“We want this”", disposition="2")

        opinion = Assessment.objects.get()
        self.assertEqual(
            (opinion.disposition, opinion.evidence, opinion.author), (2, "“We want this”", self.bob)
        )
        self.assertEqual(opinion.interaction, Interaction.objects.get())

    def test_the_next_action_lands_under_the_first_open_short_objective(self) -> None:
        make_objective(self.plan, owner=self.bob, title="Long one", horizon="long", position=0)

        self.log(next_title="Send one slide", next_due="2030-01-01")

        action = Action.objects.get(title="Send one slide")
        self.assertEqual(
            (action.objective, action.stakeholder, action.owner),
            (self.objective, self.paola, self.bob),
        )

    def test_another_objective_can_be_chosen(self) -> None:
        long = make_objective(self.plan, owner=self.bob, title="Long one", horizon="long")

        self.log(next_title="Send it", next_due="2030-01-01", objective=long.pk)

        self.assertEqual(Action.objects.get(title="Send it").objective, long)

    def test_without_a_plan_the_field_is_not_offered_and_not_swallowed(self) -> None:
        bare = make_account("Bare")
        bare.add_member(self.bob, "kam", by=self.root)
        person = make_stakeholder(bare, "Somebody")

        page = self.client.get(self.url, {"person": person.pk})
        refused = self.log(theirs=[person.pk], next_title="Send it", next_due="2030-01-01")

        self.assertNotContains(page, 'name="next_title"')
        self.assertEqual(refused.status_code, 422)
        self.assertFalse(Interaction.objects.exists())

    def test_an_unanswered_mail_is_not_both_ways_a_visit_always_is(self) -> None:
        for kind, expected in (("email", False), ("visit", True)):
            self.log(kind=kind, no_answer="on")
            self.assertEqual(Interaction.objects.newest_first()[0].is_two_way, expected)
            Interaction.objects.all().delete()

    def test_a_paste_of_100_kb_is_refused_with_a_word_and_kept_in_the_field(self) -> None:
        response = self.log(note="x" * 100_000, headers=HTMX)

        self.assertContains(response, "10000", status_code=422)
        self.assertIn("x" * 100_000, response.content.decode())

    def test_what_makes_no_sense_is_refused(self) -> None:
        wrong: list[dict[str, Any]] = [{"theirs": []}, {"kind": "war"}, {"at": "2999-01-01T10:00"}, {"at": "soon"}, {"at": "1900-01-01T10:00"},
                 {"note": "a\x07b"}, {"token": "x"}, {"theirs": ["x"]}, {"disposition": "7"}, {"next_title": "x", "next_due": ""}]  # fmt: skip
        for fields in wrong:
            with self.subTest(fields):
                self.assertEqual(self.log(**fields).status_code, 422)
        self.assertFalse(Interaction.objects.exists())

    def test_how_several_stand_cannot_be_said_at_once(self) -> None:
        other = make_stakeholder(self.acme, "Andrés")

        response = self.log(theirs=[self.paola.pk, other.pk], disposition="1", note="x")

        self.assertContains(response, "Choose one person", status_code=422)

    def test_people_of_two_accounts_are_refused(self) -> None:
        self.other.add_member(self.bob, "sales", by=self.root)
        stranger = make_stakeholder(self.other, "Stranger")

        self.assertContains(
            self.log(theirs=[self.paola.pk, stranger.pk]), "different accounts", status_code=422
        )

    def test_people_one_may_not_change_cannot_be_chosen(self) -> None:
        for user in (self.vera, self.mallory):
            self.client.force_login(user)
            self.assertEqual(self.log().status_code, 422)
        self.assertFalse(Interaction.objects.exists())

    def test_as_a_dialog_it_knows_the_account_under_it(self) -> None:
        under = f"http://testserver/accounts/{self.acme.pk}/stakeholders/"

        response = self.client.get(self.url, headers={**HTMX, "HX-Current-URL": under})

        self.assertContains(response, "<dialog")
        self.assertContains(response, f'name="account" value="{self.acme.pk}"')
        self.assertNotContains(response, "<html")

    def test_the_page_under_the_dialog_is_drawn_anew(self) -> None:
        under = f"/accounts/{self.acme.pk}/stakeholders/?view=table"

        response = self.log(headers={**HTMX, "HX-Current-URL": f"http://testserver{under}#x"})

        self.assertEqual(response["HX-Redirect"], under)

    def test_another_site_is_never_returned_to(self) -> None:
        response = self.log(headers={**HTMX, "HX-Current-URL": "https://evil.example/"})

        self.assertTrue(response["HX-Redirect"].startswith("/accounts/"))

    def test_a_stranger_s_account_in_the_address_does_not_exist(self) -> None:
        self.assertEqual(self.client.get(self.url, {"account": self.other.pk}).status_code, 404)

    def test_without_a_token_of_its_own_each_form_gets_a_new_one(self) -> None:
        tokens = {self.client.get(self.url).context["form"]["token"].value() for _again in range(2)}

        self.assertEqual(len(tokens), 2)

    def test_wrong_method_gets_405(self) -> None:
        self.assertEqual(self.client.delete(self.url).status_code, 405)
