from datetime import UTC, datetime, timedelta

import time_machine
from django.test import override_settings
from django.urls import reverse

from accounts.models import Membership
from accounts.models.absence import today_here
from tests.base import MONDAY, ClaveTest
from tests.factories import make_absence


@override_settings(TIME_ZONE="America/Bogota")
class RailTest(ClaveTest):
    """Mallory stands in for Bob on Acme; she lives two hours west of the installation."""

    def setUp(self) -> None:
        type(self.mallory).objects.filter(pk=self.mallory.pk).update(
            time_zone="America/Los_Angeles"
        )
        self.client.force_login(self.mallory)

    def names_acme(self) -> bool:
        page = self.client.get(reverse("guide"))
        self.assertContains(page, "Other")
        return "Acme" in page.content.decode()

    def test_a_deputy_sees_the_account_while_it_lasts(self) -> None:
        absence = make_absence(self.bob, self.acme, deputy=self.mallory)
        self.assertTrue(self.names_acme())

        absence.cancel(by=self.alice)

        self.assertFalse(self.names_acme())

    def test_it_is_gone_with_the_last_midnight_of_the_installation(self) -> None:
        with time_machine.travel(datetime(2026, 11, 23, 20, tzinfo=UTC)):
            make_absence(self.bob, self.acme, deputy=self.mallory)
            self.assertEqual(today_here(), MONDAY.date())
        # One minute apart; in Los Angeles it is ten in the evening, before and after.
        with time_machine.travel(datetime(2026, 11, 24, 4, 59, 30, tzinfo=UTC)):
            self.assertTrue(self.names_acme())
        with time_machine.travel(datetime(2026, 11, 24, 5, 0, 30, tzinfo=UTC)):
            self.assertFalse(self.names_acme())

    def test_it_is_gone_with_the_member_who_leaves_the_team(self) -> None:
        make_absence(self.bob, self.acme, deputy=self.mallory)
        self.assertTrue(self.names_acme())

        Membership.objects.get(account=self.acme, user=self.bob).leave(by=self.alice)

        self.assertFalse(self.names_acme())

    def test_it_is_gone_with_the_account_into_the_archive(self) -> None:
        days = {"starts": today_here(), "ends": today_here() + timedelta(days=3)}
        make_absence(self.bob, self.acme, deputy=self.mallory, **days)
        self.assertTrue(self.names_acme())

        self.acme.archive(by=self.alice, at=MONDAY)

        self.assertFalse(self.names_acme())
