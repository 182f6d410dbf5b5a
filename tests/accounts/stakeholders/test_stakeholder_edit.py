import re

from django.urls import reverse

from accounts.models import Stakeholder
from kam.lib.data import history
from tests.base import ClaveTest
from tests.factories import make_stakeholder


class StakeholderEditTest(ClaveTest):
    def setUp(self) -> None:
        self.ceo = make_stakeholder(self.acme, "Camila Restrepo")
        self.paola = make_stakeholder(self.acme, title="VP", roles=["shapes"], reports_to=self.ceo)
        self.url = reverse("accounts:stakeholder_edit", args=[self.paola.pk])
        self.client.force_login(self.bob)

    def opened(self) -> dict[str, object]:
        """The form as a browser would send it back unchanged."""
        form = self.client.get(self.url).context["form"]
        data: dict[str, object] = {}
        for bound in form:
            value = bound.value()
            stored = getattr(value, "pk", value)
            for name in (bound.html_name, bound.html_initial_name):
                data[name] = "" if stored is None or stored is False else stored
        return data

    def test_only_what_was_changed_is_written(self) -> None:
        data = self.opened()
        Stakeholder.objects.filter(pk=self.paola.pk).update(phone="601")

        self.assertEqual(
            self.client.post(self.url, {**data, "title": "VP Engineering"}).status_code, 302
        )

        self.paola.refresh_from_db()
        self.assertEqual((self.paola.title, self.paola.phone), ("VP Engineering", "601"))

    def test_two_editors_of_one_field_both_texts_are_shown(self) -> None:
        data = self.opened()
        self.paola.change(by=self.alice, title="Vice president")

        response = self.client.post(self.url, {**data, "title": "VP Engineering"})

        self.assertContains(response, "Vice president", status_code=409)
        self.assertContains(response, 'value="VP Engineering"', status_code=409)
        self.assertContains(response, "Alice Alvarez", status_code=409)
        self.paola.refresh_from_db()
        self.assertEqual(self.paola.title, "Vice president")

    def test_saving_once_more_after_a_conflict_keeps_mine(self) -> None:
        data = self.opened()
        self.paola.change(by=self.alice, title="Vice president")
        refused = self.client.post(self.url, {**data, "title": "VP Engineering"})
        seen = re.search(r'name="initial-title" value="([^"]*)"', refused.content.decode())

        assert seen
        again = {**data, "title": "VP Engineering", "initial-title": seen[1]}
        self.assertEqual(self.client.post(self.url, again).status_code, 302)

        self.paola.refresh_from_db()
        self.assertEqual(self.paola.title, "VP Engineering")

    def test_a_ring_is_refused_at_its_field(self) -> None:
        self.url = reverse("accounts:stakeholder_edit", args=[self.ceo.pk])

        response = self.client.post(self.url, {**self.opened(), "reports_to": self.paola.pk})

        self.assertContains(response, "reports to Camila Restrepo already", status_code=422)

    def test_an_unchanged_form_changes_nothing(self) -> None:
        before = history.events_of(self.paola).count()

        self.assertEqual(self.client.post(self.url, self.opened()).status_code, 302)

        self.assertEqual(history.events_of(self.paola).count(), before)

    def test_reader_gets_403_and_stranger_404(self) -> None:
        for user, status in ((self.vera, 403), (self.mallory, 404)):
            with self.subTest(user.name):
                self.client.force_login(user)
                self.assertEqual(self.client.post(self.url, {"name": "X"}).status_code, status)
