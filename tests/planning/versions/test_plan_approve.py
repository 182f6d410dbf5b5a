from decimal import Decimal
from typing import Any

from django.db import DatabaseError, transaction
from django.urls import reverse

from kam.lib.outbox.models import Delivery
from planning.models import Approval, Objective, Plan, Snapshot
from planning.models.approval import Decided
from planning.versions.plan_status import standing, waiting_for
from planning.versions.version_data import fingerprint, frozen
from tests.base import MONDAY, ClaveTest
from tests.factories import make_absence, make_user
from tests.planning.at_once import AtOnceTest, at_once


class PlanApproveTest(ClaveTest):
    def ask(self) -> Approval:
        return Approval.ask(self.plan, by=self.alice, at=MONDAY, note="The budget is new.")

    def approve(self, approval: Approval, seen: str = "") -> Any:
        url = reverse("planning:plan_approve", args=[approval.pk])
        seen = seen or fingerprint(frozen(Plan.objects.get(pk=self.plan.pk)))
        return self.client.post(url, {"seen": seen})

    def test_asking_tells_the_sponsor_and_the_manager_once(self) -> None:
        self.ask()
        self.ask()

        told = Delivery.objects.filter(kind="plan_to_approve")
        self.assertEqual({d.recipient for d in told}, {self.henrik, self.magda})
        self.assertEqual(told.count(), 2)

    def test_the_sponsor_approves_though_he_may_only_read(self) -> None:
        approval = self.ask()
        self.client.force_login(self.henrik)

        response = self.approve(approval)

        self.assertRedirects(response, self.plan.get_absolute_url())
        approval.refresh_from_db()
        self.assertEqual((approval.outcome, approval.decided_by), ("approved", self.henrik))
        data = Snapshot.objects.get().data
        self.assertEqual(data["approval"]["by"]["name"], "Henrik Dahl")
        self.assertEqual(standing(self.plan).state, "approved")

    def test_who_asked_never_approves_alone(self) -> None:
        approval = Approval.ask(self.plan, by=self.magda, at=MONDAY)
        self.client.force_login(self.magda)

        self.assertEqual(self.approve(approval).status_code, 403)

    def test_the_kam_and_the_administrator_do_not_approve(self) -> None:
        approval = Approval.ask(self.plan, by=self.bob, at=MONDAY)

        for person in (self.alice, self.bob, self.root, self.stefan):
            self.client.force_login(person)
            self.assertEqual(self.approve(approval).status_code, 403)

    def test_only_a_manager_above_the_kam_not_beside_nor_a_deputy(self) -> None:
        beside, above = make_user("Beate Beside"), make_user("Ada Above")
        self.bob.report_to(beside, by=self.root)
        self.magda.report_to(above, by=self.root)
        self.acme.add_member(beside, "sales", right="lead", by=self.root)
        make_absence(self.henrik, self.acme, deputy=self.bob)
        approval = self.ask()

        answers = {}
        for person in (beside, self.bob, above):
            self.client.force_login(person)
            answers[person.name] = self.approve(approval).status_code

        self.assertEqual(answers, {"Beate Beside": 403, "Bob Baker": 403, "Ada Above": 302})

    def test_a_plan_that_moved_while_it_was_read_is_read_again(self) -> None:
        approval = self.ask()
        seen = fingerprint(frozen(Plan.objects.get(pk=self.plan.pk)))
        self.objective.rename(seen="Meet the CTO", title="Meet the CEO", by=self.bob)
        self.client.force_login(self.magda)

        response = self.approve(approval, seen)

        self.assertContains(response, "changed while you were reading", status_code=409)
        self.assertEqual(Approval.objects.get().outcome, "")

    def test_daily_work_does_not_disturb_an_approval(self) -> None:
        approval = self.ask()
        seen = fingerprint(frozen(Plan.objects.get(pk=self.plan.pk)))
        self.action.rename(seen=self.action.title, title="Visit the VP", by=self.bob)
        self.client.force_login(self.magda)

        self.assertEqual(self.approve(approval, seen).status_code, 302)

    def test_the_second_to_decide_is_told_who_did(self) -> None:
        approval = self.ask()
        approval.send_back(comment="Say why", by=self.henrik, at=MONDAY)
        self.client.force_login(self.magda)

        response = self.approve(approval)

        self.assertContains(response, "Henrik Dahl sent it back", status_code=409)

    def test_sending_back_needs_a_comment_and_tells_who_asked(self) -> None:
        approval = self.ask()
        self.client.force_login(self.magda)
        url = reverse("planning:plan_send_back", args=[approval.pk])

        self.assertEqual(self.client.post(url, {"comment": " "}).status_code, 422)
        self.client.post(url, {"comment": "The budget is missing."})

        told = Delivery.objects.get(kind="plan_decided")
        self.assertEqual(told.recipient, self.alice)
        self.client.force_login(self.alice)
        page = self.client.get(self.plan.get_absolute_url())
        self.assertContains(page, "The budget is missing.")

    def test_after_approval_only_what_it_covers_asks_again(self) -> None:
        approval = self.ask()
        approval.approve(
            by=self.magda, at=MONDAY, seen=standing(self.plan, to_decide=True).fingerprint
        )

        self.action.rename(seen=self.action.title, title="Visit the VP", by=self.bob)
        daily = standing(self.plan)
        self.objective.change(by=self.bob, target=Decimal(5))
        governed = standing(self.plan)

        self.assertEqual((daily.state, daily.changes, daily.governed), ("approved", 1, 0))
        self.assertEqual((governed.state, governed.changes, governed.governed), ("draft", 2, 1))

    def test_what_waits_stands_on_the_day_of_who_decides(self) -> None:
        self.ask()

        self.assertEqual(len(waiting_for(self.magda)), 1)
        self.assertEqual(len(waiting_for(self.henrik)), 1)
        self.assertEqual(len(waiting_for(self.alice)), 0)

    def test_a_version_never_changes_again(self) -> None:
        self.ask().approve(
            by=self.magda, at=MONDAY, seen=standing(self.plan, to_decide=True).fingerprint
        )

        with self.assertRaises(DatabaseError), transaction.atomic():
            Snapshot.objects.update(number=9)

    def test_taking_back_reopens_the_draft(self) -> None:
        self.ask()
        self.client.force_login(self.bob)

        self.client.post(reverse("planning:plan_withdraw", args=[self.plan.pk]))

        self.assertEqual(standing(self.plan).state, "draft")

    def test_a_version_is_saved_and_read_again(self) -> None:
        self.client.force_login(self.bob)
        url = reverse("planning:version_save", args=[self.plan.pk])

        response = self.client.post(url, {"note": "Before the budget talks"}, follow=True)

        Objective.objects.update(title="Something else")
        page = self.client.get(response.redirect_chain[0][0])
        self.assertContains(page, "Meet the CTO")
        self.assertContains(page, "Before the budget talks")
        self.assertNotContains(page, "ed-form")

    def test_a_version_that_is_not_there_does_not_exist(self) -> None:
        self.client.force_login(self.bob)

        for number in ("7", "x", "-1"):
            page = self.client.get(f"{self.plan.get_absolute_url()}&v={number}")
            self.assertEqual(page.status_code, 404)


class ApproveAtOnceTest(AtOnceTest):
    def test_of_two_approving_at_once_one_wins_and_one_is_told(self) -> None:
        first = Approval.ask(self.plan, by=self.alice, at=MONDAY)
        second = Approval.objects.get(pk=first.pk)
        seen = standing(Plan.objects.get(), to_decide=True).fingerprint

        answers = at_once(
            lambda: first.approve(by=self.henrik, at=MONDAY, seen=seen),
            lambda: second.approve(by=self.magda, at=MONDAY, seen=seen),
        )

        self.assertEqual(sum(isinstance(a, Decided) for a in answers), 1)
        self.assertEqual(sum(a is None for a in answers), 1)
        self.assertEqual(Snapshot.objects.count(), 1)
        self.assertEqual(Delivery.objects.filter(kind="plan_decided").count(), 1)
