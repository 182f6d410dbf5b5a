from django.urls import reverse
from django.utils.timezone import now

from accounts.models import Tie
from kam.person.departure_impact import departure_impact
from tests.base import ClaveTest
from tests.factories import make_action, make_stakeholder


class StakeholderLeaveTest(ClaveTest):
    def setUp(self) -> None:
        self.paola = make_stakeholder(self.acme, roles=["shapes", "uses"], department="IT")
        self.cto = make_stakeholder(self.acme, "Andrés", roles=["uses"], reports_to=self.paola)
        self.url = reverse("stakeholder_leave", args=[self.paola.pk])
        self.client.force_login(self.bob)

    def test_it_says_what_breaks_before_it_is_done(self) -> None:
        Tie.set(self.paola, self.cto, strength=3, by=self.alice)
        action = make_action(self.objective, owner=self.bob, stakeholder=self.paola)

        parts = departure_impact(self.paola, self.bob, now())

        self.assertEqual((parts.roles, parts.actions, parts.alone_in), (["shapes"], [action], "IT"))
        self.assertEqual(
            (len(parts.ties), [p.name for p in parts.reports], parts.count), (1, ["Andrés"], 5)
        )
        self.assertContains(self.client.get(self.url), action.title)
        self.paola.refresh_from_db()
        self.assertFalse(self.paola.is_gone)

    def test_marked_as_left_they_are_off_the_map_and_their_page_says_so(self) -> None:
        response = self.client.post(self.url)

        self.assertRedirects(response, self.paola.get_absolute_url())
        self.assertNotContains(
            self.client.get(reverse("accounts:stakeholders", args=[self.acme.pk])), "Paola"
        )

    def test_reader_gets_403_and_stranger_404(self) -> None:
        for user, status in ((self.vera, 403), (self.mallory, 404)):
            self.client.force_login(user)
            self.assertEqual(self.client.post(self.url).status_code, status)
