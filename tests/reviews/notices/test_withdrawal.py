"""Calendars follow rights: taken out when an account is lost, put in again when it comes back."""

from datetime import timedelta

import time_machine
from icalendar import Calendar

from accounts.models import Absence, Account, Management, Membership, User
from accounts.models.rights import readable_accounts, sees_its_account
from kam.lib.outbox.models import Delivery
from reviews.models.inviting import INVITATION
from reviews.models.series import Invitee
from reviews.notices.withdrawal import follow_rights
from reviews.tasks import withdraw_invitations
from tests.base import MONDAY
from tests.factories import make_absence
from tests.reviews.cases import ReviewCase
from tests.reviews.notices.test_invitations import rendered


@time_machine.travel(MONDAY, tick=False)
class WithdrawalTest(ReviewCase):
    def setUp(self) -> None:
        self.sent()

    def sent(self) -> None:
        """A worker renders what waits and sends it, or leaves it."""
        for row in Delivery.objects.filter(kind=INVITATION, state=Delivery.WAITING):
            if rendered(row):
                row.state, row.sent_at = Delivery.SENT, MONDAY
            else:
                row.state, row.unsaid = Delivery.DROPPED, "over"
            row.save()

    def news(self) -> list[tuple[str, str]]:
        waiting = Delivery.objects.filter(kind=INVITATION, state=Delivery.WAITING)
        rows = waiting.order_by("pk").values_list("recipient__name", "occasion")
        return [(name, occasion.partition(" ")[0]) for name, occasion in rows]

    def lose(self, person: User) -> None:
        Membership.objects.filter(user=person, account=self.acme).delete()

    def test_while_everybody_may_come_nothing_is_said(self) -> None:
        withdraw_invitations()

        self.assertEqual(self.news(), [])

    def test_who_lost_the_account_gets_it_taken_out_of_the_calendar_without_its_name(self) -> None:
        self.lose(self.bob)

        withdraw_invitations()

        self.assertEqual(self.news(), [("Bob Baker", "cancel")])
        message = rendered(Delivery.objects.get(kind=INVITATION, state=Delivery.WAITING))
        assert message
        part = next(p for p in message.walk() if p.get_content_type() == "text/calendar")
        calendar = Calendar.from_ical(part.get_content())
        (event,) = calendar.walk("VEVENT")
        self.assertEqual((calendar["METHOD"], event["STATUS"]), ("CANCEL", "CANCELLED"))
        self.assertTrue(str(event["UID"]).startswith(f"series-{self.series.pk}@"))
        self.assertNotIn("Acme", message.as_string())

    def test_it_is_said_once(self) -> None:
        self.lose(self.bob)
        follow_rights()
        follow_rights()
        self.sent()
        follow_rights()

        self.assertEqual(self.news(), [])
        self.assertEqual(Delivery.objects.filter(occasion__startswith="cancel").count(), 1)

    def test_who_has_it_back_is_invited_again_and_may_lose_it_again(self) -> None:
        self.lose(self.bob)
        follow_rights()
        self.sent()
        Membership.objects.create(account=self.acme, user=self.bob, role="sales", right="edit")

        follow_rights()
        self.assertEqual(self.news(), [("Bob Baker", "request")])
        self.sent()
        self.lose(self.bob)
        follow_rights()

        self.assertEqual(self.news(), [("Bob Baker", "cancel")])

    def test_right_that_comes_back_before_the_mail_leaves_nothing_to_say(self) -> None:
        self.lose(self.bob)
        follow_rights()
        Membership.objects.create(account=self.acme, user=self.bob, role="sales", right="edit")

        self.sent()
        follow_rights()

        self.assertEqual(self.news(), [])
        self.assertFalse(Delivery.objects.filter(occasion__startswith="cancel", state="sent"))

    def test_who_left_the_company_or_was_never_told_hears_nothing(self) -> None:
        self.lose(self.bob)
        self.lose(self.vera)
        User.objects.filter(pk=self.bob.pk).update(is_active=False)
        Delivery.objects.filter(recipient=self.vera).delete()

        follow_rights()

        self.assertEqual(self.news(), [])

    def test_manager_and_deputy_keep_it_as_long_as_they_see_it(self) -> None:
        series = self.schedule(attendees=[self.magda, self.mallory], at=MONDAY)
        absence = make_absence(self.bob, self.acme, deputy=self.mallory)
        self.sent()
        follow_rights()
        self.assertEqual(self.news(), [])

        User.objects.filter(pk=self.alice.pk).update(manager=None)
        Management.objects.rebuild()
        Absence.objects.filter(pk=absence.pk).update(
            starts=MONDAY.date() - timedelta(days=3), ends=MONDAY.date() - timedelta(days=1)
        )
        follow_rights()

        self.assertEqual(
            sorted(self.news()), [("Magda Manager", "cancel"), ("Mallory Moss", "cancel")]
        )
        self.assertEqual(set(Invitee.objects.filter(series=series)), set(series.invitees.all()))

    def test_the_rule_for_everybody_at_once_is_the_rule_for_each(self) -> None:
        make_absence(self.bob, self.acme, deputy=self.mallory)
        people = list(User.objects.all())
        for account in (self.acme, self.other):
            series = self.schedule(attendees=[], at=MONDAY)
            Invitee.objects.bulk_create(
                (Invitee(account=account, series=series, user=person) for person in people),
                ignore_conflicts=True,
            )

        together = set(
            Invitee.objects.filter(sees_its_account()).values_list("account", "user").distinct()
        )

        one_by_one = {
            (account.pk, person.pk)
            for person in people
            for account in Account.objects.filter(pk__in=readable_accounts(person))
        }
        asked = set(Invitee.objects.values_list("account", "user").distinct())
        self.assertEqual(together, one_by_one & asked)
        self.assertGreater(len(together), 5)
        self.assertTrue(asked - together)

    def test_the_same_two_queries_whoever_is_asked(self) -> None:
        self.lose(self.bob)
        self.lose(self.vera)

        with self.assertNumQueries(3):  # who lost it, their rows at once, who has it back
            follow_rights()
