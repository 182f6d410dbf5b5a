from datetime import UTC, date, datetime, timedelta

import time_machine
from django.urls import reverse

from accounts.models import Account, Membership, User
from accounts.models.rights import EDIT, LEAD, VIEW, readable_accounts
from planning.models import Action
from tests.base import ClaveTest
from tests.factories import (
    make_absence,
    make_account,
    make_action,
    make_objective,
    make_plan,
    make_user,
)

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 14)


def berlin(text: str) -> datetime:
    """A winter moment of the installation's clock, one hour before UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC) - timedelta(hours=1)


class RightsTest(ClaveTest):
    def rights(self, person: User) -> list[str]:
        return [
            right
            for right in (VIEW, EDIT, LEAD)
            if Account.objects.filter(pk__in=readable_accounts(person, right), pk=self.acme.pk)
        ]

    def test_each_reason_gives_its_right_and_no_more(self) -> None:
        expected = {
            self.alice: [VIEW, EDIT, LEAD],
            self.bob: [VIEW, EDIT],
            self.vera: [VIEW],
            self.henrik: [VIEW],
            self.magda: [VIEW, EDIT, LEAD],
            self.stefan: [VIEW],
            self.root: [VIEW, EDIT, LEAD],
            self.mallory: [],
        }

        self.assertEqual({person: self.rights(person) for person in expected}, expected)

    def test_managing_somebody_on_the_team_who_is_not_the_kam_gives_nothing(self) -> None:
        boss = make_user("Boss Berg")
        self.bob.report_to(boss, by=self.root)

        self.assertEqual(self.rights(boss), [])

    def test_above_the_above_sees_it_too(self) -> None:
        top = make_user("Top Torres")
        self.magda.report_to(top, by=self.root)

        self.assertEqual(self.rights(top), [VIEW, EDIT, LEAD])

    def test_disabled_people_have_no_right_left(self) -> None:
        self.root.is_active = self.bob.is_active = False

        self.assertEqual(self.rights(self.root) + self.rights(self.bob), [])

    def test_a_deputy_has_the_right_of_the_absent_one(self) -> None:
        for person, right in [
            (self.alice, [VIEW, EDIT, LEAD]),
            (self.bob, [VIEW, EDIT]),
            (self.vera, [VIEW]),
        ]:
            deputy = make_user(f"Deputy{person.pk} Diaz")
            make_absence(person, self.acme, deputy=deputy)
            self.assertEqual(self.rights(deputy), right)

    def test_from_the_first_midnight_of_the_installation_to_the_last(self) -> None:
        make_absence(self.bob, self.acme, deputy=self.mallory, starts=FIRST, ends=LAST)
        for moment, right in [
            ("2026-11-30T23:59:59", []),
            ("2026-12-01T00:00:00", [VIEW, EDIT]),
            ("2026-12-14T23:59:59", [VIEW, EDIT]),
            ("2026-12-15T00:00:00", []),
        ]:
            with self.subTest(moment), time_machine.travel(berlin(moment), tick=False):
                self.assertEqual(self.rights(self.mallory), right)

    def test_the_clock_of_the_deputy_does_not_count(self) -> None:
        far = make_user("Far Fiji", time_zone="Pacific/Fiji")
        make_absence(self.bob, self.acme, deputy=far, starts=FIRST, ends=LAST)

        with time_machine.travel(berlin("2026-11-30T23:30:00"), tick=False):
            self.assertEqual(self.rights(far), [])

    def test_the_day_of_a_clock_change_is_a_day(self) -> None:
        sunday = date(2027, 3, 28)
        make_absence(self.bob, self.acme, deputy=self.mallory, starts=sunday, ends=sunday)
        for moment, right in [
            (datetime(2027, 3, 27, 22, 59, 59, tzinfo=UTC), []),
            (datetime(2027, 3, 27, 23, 0, tzinfo=UTC), [VIEW, EDIT]),
            (datetime(2027, 3, 28, 21, 59, 59, tzinfo=UTC), [VIEW, EDIT]),
            (datetime(2027, 3, 28, 22, 0, tzinfo=UTC), []),
        ]:
            with self.subTest(moment), time_machine.travel(moment, tick=False):
                self.assertEqual(self.rights(self.mallory), right)

    def test_a_deputy_of_a_deputy_has_nothing(self) -> None:
        make_absence(self.bob, self.acme, deputy=self.mallory)
        other = make_user("Second Soto")
        make_absence(self.mallory, self.other, deputy=other)

        self.assertEqual(self.rights(other), [])

    def test_who_left_the_team_takes_the_deputy_along(self) -> None:
        make_absence(self.bob, self.acme, deputy=self.mallory)

        Membership.objects.get(account=self.acme, user=self.bob).leave(by=self.alice)

        self.assertEqual(self.rights(self.mallory), [])

    def test_the_account_stands_in_the_list_of_the_deputy(self) -> None:
        make_absence(self.bob, self.acme, deputy=self.mallory)

        mine = Account.objects.visible_to(self.mallory).of_team(self.mallory).by_name()

        self.assertEqual(list(mine), [self.acme, self.other])

    def test_a_deputy_opens_pages_and_edits_while_it_lasts(self) -> None:
        make_absence(self.bob, self.acme, deputy=self.mallory)
        self.client.force_login(self.mallory)

        self.assertEqual(self.client.get(self.acme.get_absolute_url()).status_code, 200)
        finish = reverse("planning:action_finish", args=[self.action.pk])
        self.assertEqual(self.client.post(finish).status_code, 302)

    def test_counts_know_nothing_of_what_one_may_not_see(self) -> None:
        for number in range(5):
            make_account(f"Secret {number}")
        self.client.force_login(self.mallory)

        page = self.client.get(reverse("accounts:accounts"))

        self.assertEqual(page.context["page"].paginator.count, 1)
        self.assertNotContains(page, "Secret")
        self.assertNotContains(page, "Acme")

    def test_lists_of_actions_leave_out_what_is_owned_on_lost_accounts(self) -> None:
        Membership.objects.get(account=self.acme, user=self.bob).leave(by=self.alice)

        self.assertEqual(list(Action.objects.visible_to(self.bob).owned_by(self.bob)), [])
        self.client.force_login(self.bob)
        self.assertNotContains(self.client.get("/"), self.action.title)

    def test_forms_offer_the_team_and_refuse_others(self) -> None:
        self.client.force_login(self.alice)
        for name, key in [
            ("planning:objective_add", self.plan.pk),
            ("planning:action_add", self.objective.pk),
            ("planning:action_edit", self.action.pk),
        ]:
            url = reverse(name, args=[key])
            offered = set(self.client.get(url).context["form"].fields["owner"].queryset)
            self.assertEqual(offered, {self.alice, self.bob, self.vera, self.henrik}, name)
            fields = {
                "title": "X",
                "due": "2027-01-01",
                "owner": self.mallory.pk,
                "horizon": "short",
            }
            self.assertIn("owner", self.client.post(url, fields).context["form"].errors)

    def test_an_action_cannot_wait_for_one_of_another_account(self) -> None:
        plan = make_plan(self.other)
        foreign = make_action(make_objective(plan, owner=self.mallory), owner=self.mallory)
        self.client.force_login(self.alice)
        url = reverse("planning:action_edit", args=[self.action.pk])

        fields = {"title": "X", "due": "2027-01-01", "owner": self.bob.pk, "waits_for": foreign.pk}

        self.assertIn("waits_for", self.client.post(url, fields).context["form"].errors)
