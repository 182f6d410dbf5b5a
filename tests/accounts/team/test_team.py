from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Membership
from accounts.models.absence import today_here
from tests.base import ClaveTest
from tests.factories import make_absence, make_user


class TeamTest(ClaveTest):
    def setUp(self) -> None:
        self.url = reverse("accounts:team", args=[self.acme.pk])
        self.client.force_login(self.alice)

    def test_kam_and_sponsor_come_first_with_their_rights(self) -> None:
        rows = self.client.get(self.url).context["team_page"].rows

        self.assertEqual(
            [(row.member.user.name, row.member.role, row.member.right) for row in rows],
            [
                ("Alice Alvarez", "kam", "lead"),
                ("Henrik Dahl", "sponsor", "view"),
                ("Bob Baker", "sales_engineering", "edit"),
                ("Vera Viewer", "finance", "view"),
            ],
        )

    def test_who_leads_has_the_buttons_and_who_edits_has_not(self) -> None:
        add = reverse("accounts:member_add", args=[self.acme.pk])

        self.assertContains(self.client.get(self.url), add)
        self.client.force_login(self.bob)
        self.assertNotContains(self.client.get(self.url), add)

    def test_everybody_names_their_own_deputy_only(self) -> None:
        self.client.force_login(self.vera)

        page = self.client.get(self.url)

        self.assertContains(page, "/deputy/", count=1)

    def test_who_stands_in_today_is_shown(self) -> None:
        make_absence(self.bob, self.acme, deputy=self.stefan)

        page = self.client.get(self.url)

        self.assertContains(page, "Stefan Stern")
        row = next(r for r in page.context["team_page"].rows if r.member.user == self.bob)
        self.assertEqual(row.away.deputy, self.stefan)

    def test_an_absence_that_is_over_is_no_longer_shown(self) -> None:
        yesterday = today_here() - timedelta(days=1)
        make_absence(self.bob, self.acme, deputy=self.stefan, starts=yesterday, ends=yesterday)

        self.assertNotContains(self.client.get(self.url), "Stefan Stern")

    def test_an_account_without_sponsor_says_so(self) -> None:
        Membership.objects.filter(account=self.acme, role="sponsor").delete()

        self.assertContains(self.client.get(self.url), "no executive sponsor")

    def test_a_big_team_needs_no_more_queries(self) -> None:
        self.queries()
        few = self.queries()
        for number in range(30):
            person = make_user(f"Member{number} Example")
            self.acme.add_member(person, "other", by=self.alice)
            make_absence(person, self.acme, deputy=self.stefan)
        self.queries()  # the rail is drawn anew

        self.assertEqual(self.queries(), few)

    def test_stranger_gets_404(self) -> None:
        self.client.force_login(self.mallory)

        self.assertEqual(self.client.get(self.url).status_code, 404)

    def queries(self) -> int:
        with CaptureQueriesContext(connection) as found:
            self.client.get(self.url)
        return len(found)
