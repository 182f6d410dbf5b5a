from typing import Any

from django.urls import reverse

from tests.base import ClaveTest
from tests.factories import make_stakeholder

HTMX = {"HX-Request": "true"}


class StakeholderPositionTest(ClaveTest):
    def setUp(self) -> None:
        self.paola = make_stakeholder(self.acme, influence="low")
        self.url = reverse("accounts:stakeholder_position", args=[self.paola.pk])
        self.client.force_login(self.bob)

    def move(self, influence: str = "high", seen: str = "low", **headers: str) -> Any:
        data = {"influence": influence, "initial-influence": seen, "cadence": "", "owner": ""}
        return self.client.post(self.url, data, headers=headers)

    def test_a_radio_moves_the_person_and_the_map_comes_again(self) -> None:
        response = self.move(**HTMX)

        self.assertEqual(response["HX-Redirect"], self.paola.map_url)
        self.paola.refresh_from_db()
        self.assertEqual(self.paola.influence, "high")

    def test_without_scripts_the_map_follows(self) -> None:
        self.assertRedirects(self.move(), self.paola.map_url)

    def test_another_editor_was_faster(self) -> None:
        self.paola.change(by=self.alice, influence="medium")

        response = self.move(**HTMX)

        self.assertContains(response, "Alice Alvarez", status_code=409)
        self.assertContains(response, "Medium", status_code=409)
        self.paola.refresh_from_db()
        self.assertEqual(self.paola.influence, "medium")

    def test_nonsense_is_refused(self) -> None:
        self.assertEqual(self.move("enormous", **HTMX).status_code, 422)

    def test_reader_gets_403_stranger_404_and_get_405(self) -> None:
        for user, status in ((self.vera, 403), (self.mallory, 404)):
            self.client.force_login(user)
            self.assertEqual(self.move().status_code, status)
        self.assertEqual(self.client.get(self.url).status_code, 405)
