from typing import cast

from django.core.mail import EmailMultiAlternatives
from django.test import override_settings

from kam.lib.outbox.models import Delivery
from kam.lib.outbox.registry import SkipReason
from planning.emails import plan_decided, plan_to_approve, render_decided, render_to_approve
from planning.models import Approval
from tests.base import MONDAY, ClaveTest

SITE = "https://clave.example"


@override_settings(SITE_URL=SITE)
class EmailsTest(ClaveTest):
    def setUp(self) -> None:
        self.approval = Approval.ask(self.plan, by=self.alice, at=MONDAY, note="<b>Look</b>")

    def test_the_sponsor_is_asked_with_the_same_link_twice(self) -> None:
        message = cast(EmailMultiAlternatives, plan_to_approve(self.approval, self.henrik))

        link = f"{SITE}/approvals/{self.approval.pk}/approve/"
        self.assertEqual(message.to, [self.henrik.email])
        self.assertEqual(message.subject, "Plan to approve: Acme, v1")
        self.assertIn(link, message.body)
        self.assertIn(link, str(message.alternatives[0][0]))
        self.assertNotIn("<b>Look", str(message.alternatives[0][0]))

    def test_a_spanish_reader_reads_spanish_dates(self) -> None:
        self.henrik.language, self.henrik.region = "es", "es-CO"

        message = cast(EmailMultiAlternatives, plan_to_approve(self.approval, self.henrik))

        self.assertIn("lun 23 nov", str(message.alternatives[0][0]))

    def test_sent_back_says_why(self) -> None:
        self.approval.send_back(comment="The budget is missing.", by=self.henrik, at=MONDAY)

        message = plan_decided(self.approval, self.alice)

        self.assertEqual(message.subject, "Sent back: plan v1 of Acme")
        self.assertIn("The budget is missing.", message.body)

    def test_nobody_is_asked_any_more_once_it_is_decided(self) -> None:
        self.approval.withdraw(by=self.alice, at=MONDAY)

        for delivery in Delivery.objects.filter(kind="plan_to_approve"):
            self.assertEqual(render_to_approve(delivery, MONDAY), SkipReason.OVER)

    def test_who_may_no_longer_see_the_account_hears_nothing(self) -> None:
        self.approval.send_back(comment="Why?", by=self.henrik, at=MONDAY)
        self.acme.memberships.filter(user=self.alice).delete()

        told = render_decided(Delivery.objects.get(kind="plan_decided"), MONDAY)
        self.assertEqual(told, SkipReason.RIGHT)

    def test_who_may_no_longer_decide_is_not_asked(self) -> None:
        self.acme.memberships.filter(user=self.henrik).delete()

        delivery = Delivery.objects.get(kind="plan_to_approve", recipient=self.henrik)
        self.assertEqual(render_to_approve(delivery, MONDAY), SkipReason.RIGHT)

    def test_one_click_stops_each_kind(self) -> None:
        self.approval.send_back(comment="Why?", by=self.henrik, at=MONDAY)

        asked, decided = (
            plan_to_approve(self.approval, self.henrik),
            plan_decided(self.approval, self.alice),
        )

        ways = [str(mail.message()["List-Unsubscribe"]) for mail in (asked, decided)]
        self.assertEqual(len(set(ways)), 2)
        self.assertIn(ways[0].strip("<>"), asked.body)
