from django.http import HttpResponse
from django.urls import reverse

from kam.lib.data import history
from planning.models import Action
from tests.base import ClaveTest

HTMX = {"HX-Request": "true"}


class ActionTitleTest(ClaveTest):
    def setUp(self) -> None:
        self.url = reverse("planning:action_title", args=[self.action.pk])
        self.client.force_login(self.bob)

    def rename(
        self, value: str, seen: str = "Call the VP of engineering", **headers: str
    ) -> HttpResponse:
        answer: HttpResponse = self.client.post(
            self.url, {"seen": seen, "value": value}, headers=headers
        )  # type: ignore[assignment]
        return answer

    def test_an_editor_renames_it_in_place(self) -> None:
        response = self.rename("Visit the VP", **HTMX)

        self.assertContains(response, f'id="action-{self.action.pk}"')
        self.assertNotContains(response, "<html")
        self.action.refresh_from_db()
        self.assertEqual(self.action.title, "Visit the VP")

    def test_without_scripts_the_reader_returns_to_the_plan(self) -> None:
        response = self.rename("Visit the VP")

        plan = reverse("planning:plan", args=[self.acme.pk])
        self.assertRedirects(
            response,
            f"{plan}?plan={self.plan.pk}&open={self.objective.pk}#objective-{self.objective.pk}",
        )

    def test_two_editors_both_texts_stay_on_the_row(self) -> None:
        Action.objects.get(pk=self.action.pk).rename(
            seen="Call the VP of engineering", title="Write to the VP", by=self.alice
        )

        response = self.rename("Visit the VP", **HTMX)

        self.assertContains(response, "Write to the VP", status_code=409)
        self.assertContains(response, "Visit the VP", status_code=409)
        self.assertContains(response, "Alice Alvarez", status_code=409)
        self.action.refresh_from_db()
        self.assertEqual(self.action.title, "Write to the VP")

    def test_a_conflict_without_scripts_is_a_page_with_both_texts(self) -> None:
        self.action.rename(seen=self.action.title, title="Write to the VP", by=self.alice)

        response = self.rename("Visit the VP")

        self.assertContains(response, "<html", status_code=409)
        self.assertContains(response, "Visit the VP", status_code=409)

    def test_the_same_text_twice_is_no_conflict(self) -> None:
        self.rename("Visit the VP")

        response = self.rename("Visit the VP", **HTMX)

        self.assertEqual(response.status_code, 200)

    def test_the_change_is_kept_with_who_and_what(self) -> None:
        self.rename("Visit the VP")

        event = history.events_of(self.action).order_by("-pgh_id").first()
        self.assertEqual(event.title, "Visit the VP")
        self.assertEqual(event.pgh_context.metadata["action"], "action.rename")
        self.assertEqual(event.pgh_context.metadata["user"], self.bob.pk)

    def test_an_empty_text_is_refused_and_nothing_is_lost(self) -> None:
        response = self.rename("   ", **HTMX)

        self.assertEqual(response.status_code, 422)
        self.action.refresh_from_db()
        self.assertEqual(self.action.title, "Call the VP of engineering")

    def test_a_control_character_is_refused_and_the_text_kept(self) -> None:
        response = self.rename("Visit\x07 the VP", **HTMX)

        self.assertContains(response, "Character 6", status_code=422)

    def test_two_hundred_characters_fit_and_one_more_does_not(self) -> None:
        self.assertEqual(self.rename("ñ" * 200, **HTMX).status_code, 200)
        self.assertEqual(self.rename("ñ" * 201, seen="ñ" * 200, **HTMX).status_code, 422)

    def test_markup_is_text(self) -> None:
        response = self.rename("<script>alert(1)</script>", **HTMX)

        self.assertNotContains(response, "<script>")

    def test_stranger_gets_404(self) -> None:
        self.client.force_login(self.mallory)

        self.assertEqual(self.rename("Mine now").status_code, 404)

    def test_reader_gets_403(self) -> None:
        self.client.force_login(self.vera)

        self.assertEqual(self.rename("Mine now").status_code, 403)

    def test_an_ended_session_sends_htmx_to_the_door(self) -> None:
        self.client.logout()

        response = self.rename("Visit the VP", **HTMX)

        self.assertEqual(response.status_code, 204)
        self.assertIn("/session/login/", response["HX-Redirect"])
