from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from accounts.models import Absence, Account, Membership, SessionNote, User
from accounts.users.offboarding import Heirs, depart
from planning.models import Action, Risk
from reviews.models import Attendance, Review, Series
from tests.base import MONDAY, ClaveTest
from tests.factories import (
    make_absence,
    make_action,
    make_invitation,
    make_session,
    make_stakeholder,
)
from tests.money import make_opportunity


def make_series(account: Account, *, owner: User) -> Series:
    fields = {"rule": "FREQ=WEEKLY", "starts": datetime(2026, 11, 26, 10), "time_zone": "UTC"}  # noqa: DTZ001 (a wall clock's time)
    return Series.schedule(account, by=owner, at=now(), attendees=[], owner=owner, **fields)


class UserDisableTest(ClaveTest):
    def setUp(self) -> None:
        self.client.force_login(self.root)

    def disable(self, person: User, **to: object) -> Any:
        return self.client.post(reverse("accounts:user_disable", args=[person.pk]), to)

    def account(self) -> str:
        return f"account-{self.acme.pk}"

    def test_every_session_ends_on_the_server(self) -> None:
        browser = self.client_class()
        browser.force_login(self.bob)
        make_session(self.bob)

        self.disable(self.bob, everything=self.alice.pk)

        self.assertRedirects(browser.get("/"), "/session/login/?next=/")
        self.assertFalse(SessionNote.objects.filter(user=self.bob).exists())

    def test_one_person_for_all_takes_role_and_records(self) -> None:
        risk = Risk.add_to(self.acme, by=self.alice, title="A rival bundles", owner=self.alice)
        deal = make_opportunity(self.acme, 9, owner=self.alice)
        paola = make_stakeholder(self.acme, owner=self.alice)
        series = make_series(self.acme, owner=self.alice)

        self.disable(self.alice, everything=self.bob.pk)

        self.assertFalse(User.objects.get(pk=self.alice.pk).is_active)
        self.assertEqual(Account.objects.get(pk=self.acme.pk).kam, self.bob)
        self.assertEqual(Membership.objects.get(account=self.acme, user=self.bob).right, "lead")
        for row in (self.objective, risk, deal, paola, series):
            row.refresh_from_db()
            with self.subTest(type(row).__name__):
                self.assertEqual(row.owner, self.bob)

    def test_each_record_to_a_person_of_its_own(self) -> None:
        other = make_action(self.objective, owner=self.bob, title="Send the numbers")

        self.disable(
            self.bob, **{self.account(): self.alice.pk, f"action-{other.pk}": self.vera.pk}
        )

        self.action.refresh_from_db()
        other.refresh_from_db()
        self.assertEqual((self.action.owner, other.owner), (self.alice, self.vera))

    def test_what_is_over_keeps_its_owner(self) -> None:
        done = make_action(self.objective, owner=self.bob, done_at=MONDAY, done_by=self.bob)
        lost = make_opportunity(
            self.acme, 9, owner=self.bob, state="lost", closed_at=MONDAY, reason="Price"
        )

        self.disable(self.bob, everything=self.alice.pk)

        done.refresh_from_db()
        lost.refresh_from_db()
        self.assertEqual((done.owner, lost.owner), (self.bob, self.bob))

    def test_whoever_takes_over_joins_the_team(self) -> None:
        self.disable(self.bob, everything=self.stefan.pk)

        member = Membership.objects.get(account=self.acme, user=self.stefan)
        self.assertEqual((member.role, member.right), ("other", "edit"))

    def test_the_new_owner_of_a_series_comes_to_it(self) -> None:
        series = make_series(self.acme, owner=self.bob)

        self.disable(self.bob, everything=self.stefan.pk)

        coming = Attendance.objects.filter(review__series=series, user=self.stefan)
        self.assertEqual(coming.count(), Review.objects.of_series(series).coming(now()).count())
        self.assertTrue(coming.exists())

    def test_who_only_comes_to_reviews_is_replaced_from_the_next_one_on(self) -> None:
        series = make_series(self.acme, owner=self.alice)
        series.ask([self.vera])
        reviews = Review.objects.of_series(series)
        reviews.invite_series()
        over = reviews.first()
        assert over is not None
        Review.objects.filter(pk=over.pk).update(starts_at=MONDAY)

        self.disable(self.vera, everything=self.bob.pk)

        asked = Attendance.objects.filter(review__series=series)
        self.assertEqual([a.review for a in asked.filter(user=self.vera)], [over])
        self.assertEqual(asked.filter(user=self.bob).count(), reviews.coming(now()).count())
        self.assertEqual(series.people_ids(), {self.alice.pk, self.bob.pk})

    def test_whoever_they_stood_in_for_gets_another_deputy(self) -> None:
        absence = make_absence(self.bob, self.acme, deputy=self.vera)

        self.disable(self.vera, everything=self.magda.pk)

        absence.refresh_from_db()
        self.assertEqual(absence.deputy, self.magda)

    def test_nobody_stands_in_for_themselves(self) -> None:
        absence = make_absence(self.bob, self.acme, deputy=self.vera)

        self.disable(self.vera, everything=self.bob.pk)

        self.assertFalse(Absence.objects.filter(pk=absence.pk).exists())

    def test_their_reports_get_another_manager_who_sees_the_accounts(self) -> None:
        page = self.client.get(reverse("accounts:user_disable", args=[self.magda.pk]))
        self.assertContains(page, "Who is the manager of Alice Alvarez from now on")

        self.assertEqual(self.disable(self.magda).status_code, 422)
        self.disable(self.magda, reports=self.stefan.pk)

        self.assertEqual(User.objects.get(pk=self.alice.pk).manager, self.stefan)
        self.assertIn(self.acme, Account.objects.led_by(self.stefan))
        self.assertFalse(User.objects.get(pk=self.magda.pk).is_active)

    def test_a_report_takes_over_the_others(self) -> None:
        self.bob.report_to(self.magda, by=self.root)
        self.magda.report_to(self.henrik, by=self.root)

        self.disable(self.magda, reports=self.alice.pk)

        managers = {
            u.name: u.manager for u in User.objects.filter(pk__in=[self.alice.pk, self.bob.pk])
        }
        self.assertEqual(managers, {"Alice Alvarez": self.henrik, "Bob Baker": self.alice})

    def test_whoever_reports_to_a_report_is_no_choice(self) -> None:
        self.bob.report_to(self.alice, by=self.root)

        self.assertEqual(self.disable(self.magda, reports=self.bob.pk).status_code, 422)

    def test_without_an_heir_nothing_changes(self) -> None:
        for person in (self.alice, self.bob):
            response = self.disable(person)

            self.assertContains(response, "Who takes over here?", status_code=422)
            self.assertTrue(User.objects.get(pk=person.pk).is_active)
        self.action.refresh_from_db()
        self.assertEqual(self.action.owner, self.bob)

    def test_what_came_meanwhile_stops_all_of_it(self) -> None:
        """The page said one action; a second one arrives before the answer."""
        late = make_action(self.objective, owner=self.bob, title="A new one")
        heirs = Heirs(records={f"action-{self.action.pk}": self.alice})

        with self.assertRaisesMessage(ValidationError, "given something new meanwhile"):
            depart(self.bob, by=self.root, at=MONDAY, to=heirs)

        self.action.refresh_from_db()
        self.assertEqual((self.action.owner, late.owner), (self.bob, self.bob))
        self.assertTrue(User.objects.get(pk=self.bob.pk).is_active)

    def test_the_sponsor_cannot_be_kam_of_the_same_account(self) -> None:
        response = self.disable(self.alice, everything=self.henrik.pk)

        self.assertContains(response, "Henrik Dahl is the Executive sponsor", status_code=422)

    def test_a_sponsor_hands_over_too(self) -> None:
        self.disable(self.henrik, everything=self.stefan.pk)

        self.assertEqual(Account.objects.get(pk=self.acme.pk).sponsor, self.stefan)

    def test_a_stranger_is_no_choice_for_one_account(self) -> None:
        response = self.disable(self.bob, **{self.account(): self.mallory.pk})

        self.assertEqual(response.status_code, 422)

    def test_it_lists_what_they_hold_on_each_account(self) -> None:
        response = self.client.get(reverse("accounts:user_disable", args=[self.bob.pk]))

        (holding,) = response.context["form"].ownership
        self.assertEqual(holding.account, self.acme)
        self.assertEqual(holding.parts, ["1 open action"])
        self.assertContains(response, self.action.title)

    def test_three_hundred_records_cost_no_queries_and_go_by_account(self) -> None:
        url = reverse("accounts:user_disable", args=[self.bob.pk])
        self.client.get(url)
        with CaptureQueriesContext(connection) as few:
            self.client.get(url)
        count = len(few)
        for number in range(300):
            make_action(self.objective, owner=self.bob, title=f"Step {number}")

        with self.assertNumQueries(count):
            page = self.client.get(url)

        self.assertLess(len(page.content), 60_000)
        self.disable(self.bob, everything=self.alice.pk)
        self.assertEqual(Action.objects.owned_by(self.alice).open().count(), 301)

    def test_the_history_names_every_new_owner(self) -> None:
        self.disable(self.bob, everything=self.alice.pk)

        self.client.force_login(self.alice)
        page = self.client.get(reverse("accounts:history", args=[self.acme.pk]))
        self.assertContains(page, "changed the owner of the action")

    def test_the_last_administrator_stays(self) -> None:
        response = self.disable(self.root)

        self.assertContains(response, "last administrator", status_code=422)
        self.assertTrue(User.objects.get(pk=self.root.pk).is_active)

    def test_nobody_chooses_them_any_more(self) -> None:
        self.disable(self.bob, everything=self.alice.pk)

        page = self.client.get(reverse("planning:action_add", args=[self.objective.pk]))
        self.assertNotIn(self.bob, page.context["form"].fields["owner"].queryset)

    def test_the_access_can_be_opened_again(self) -> None:
        self.disable(self.bob, everything=self.alice.pk)
        self.client.post(reverse("accounts:user_enable", args=[self.bob.pk]))

        self.assertTrue(User.objects.get(pk=self.bob.pk).is_active)

    def test_an_invited_person_is_not_opened_around_their_invitation(self) -> None:
        nora = make_invitation("Nora New", by=self.root).user

        response = self.client.post(reverse("accounts:user_enable", args=[nora.pk]))

        self.assertEqual(response.status_code, 404)
