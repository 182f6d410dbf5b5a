from typing import Any

from django.urls import reverse

from accounts.models import Stakeholder
from tests.base import ClaveTest


class StakeholderAddTest(ClaveTest):
    def setUp(self) -> None:
        self.url = reverse("accounts:stakeholder_add", args=[self.acme.pk])
        self.client.force_login(self.bob)

    def add(self, **changes: Any) -> Any:
        fields = {"name": "Paola Herrera", "influence": "medium", "roles": ["shapes", "uses"]}
        return self.client.post(self.url, {**fields, **changes})

    def test_an_editor_adds_a_person_and_sees_her_page(self) -> None:
        response = self.add(title="VP Engineering", cadence="14", owner=self.alice.pk)

        paola = Stakeholder.objects.get()
        self.assertRedirects(response, reverse("stakeholder", args=[paola.pk]))
        self.assertEqual(
            (paola.roles, paola.cadence, paola.owner), (["shapes", "uses"], 14, self.alice)
        )

    def test_a_seat_without_a_name_is_a_gap(self) -> None:
        self.add(name="Legal counsel", is_gap="on")

        self.assertTrue(Stakeholder.objects.get().is_gap)

    def test_only_the_team_may_hold_a_relationship(self) -> None:
        self.assertEqual(self.add(owner=self.mallory.pk).status_code, 422)

    def test_nobody_reports_to_a_person_of_another_account(self) -> None:
        stranger = Stakeholder.objects.create(account=self.other, name="Stranger")

        self.assertEqual(self.add(reports_to=stranger.pk).status_code, 422)

    def test_names_of_all_kinds_are_kept_as_typed(self) -> None:
        for name in ("Ñ" * 200, "👩🏽‍⚕️ Dr. 😀", "محمد الراشد", "<script>alert(1)</script>"):
            with self.subTest(name):
                self.assertEqual(self.add(name=name).status_code, 302)
                self.assertTrue(Stakeholder.objects.filter(name=name).exists())

    def test_what_cannot_be_kept_is_refused_at_its_field(self) -> None:
        wrong: list[dict[str, Any]] = [{"name": ""}, {"name": "x" * 201}, {"name": "Pao\x07la"}, {"name": "a\x00b"}, {"email": "no"},
                 {"cadence": "0"}, {"cadence": "soon"}, {"influence": "huge"}, {"roles": ["king"]}, {"phone": "1" * 41}]  # fmt: skip
        for fields in wrong:
            with self.subTest(fields):
                self.assertContains(self.add(**fields), 'class="err"', status_code=422)
        self.assertFalse(Stakeholder.objects.exists())

    def test_reader_gets_403_and_stranger_404(self) -> None:
        for user, status in ((self.vera, 403), (self.mallory, 404)):
            with self.subTest(user.name):
                self.client.force_login(user)
                self.assertEqual(self.add().status_code, status)

    def test_wrong_method_gets_405(self) -> None:
        self.assertEqual(self.client.delete(self.url).status_code, 405)
