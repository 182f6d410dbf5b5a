"""The figures of a measure on the form of an objective: what they are called, and what is missing."""

from django.urls import reverse

from tests.base import ClaveTest


class ObjectiveFiguresTest(ClaveTest):
    def setUp(self) -> None:
        self.client.force_login(self.bob)
        self.url = reverse("planning:objective_add", args=[self.plan.pk])

    def read_spanish(self) -> None:
        self.bob.language = "es"
        self.bob.save(update_fields=["language"])

    def test_a_missing_figure_is_said_without_its_label(self) -> None:
        page = self.client.post(self.url, {"title": "Fewer callbacks"})

        self.assertContains(page, "Write the figure that the measure starts from.", status_code=422)
        self.assertContains(page, "Write the figure as it is now.", status_code=422)
        self.assertContains(page, "Fewer callbacks", status_code=422)
        self.assertNotContains(page, "“From”", status_code=422)

    def test_spanish_labels_can_stand_in_a_sentence(self) -> None:
        self.read_spanish()

        page = self.client.post(self.url, {"title": "Menos quejas", "baseline": "x", "current": ""})

        self.assertContains(page, "“Punto de partida” no es un número", status_code=422)
        self.assertContains(page, "Escribe la cifra actual.", status_code=422)
