"""What the digest says beside reviews: plans, deals, risks; and that each line opens."""

import re
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from typing import cast

from django.core.mail import EmailMultiAlternatives
from django.test import override_settings
from django.utils.timezone import now

from accounts.commerce.periods import site_day
from accounts.models import Account, Membership, Opportunity
from planning.models import Approval, Confirmation, Risk
from reviews.emails import weekly_digest
from reviews.health.health import USUAL
from reviews.health.health_summary import health_summary
from reviews.models import DigestChoice, Reading, Review
from reviews.notices.digest import Digest, gather
from tests.factories import make_account, make_action, make_objective, make_plan
from tests.reviews.cases import ReviewCase

SITE = "https://clave.example"
LINK = re.compile(r'https://clave\.example(/[^\s"<>]*)')


@override_settings(SITE_URL=SITE)
class DigestNewsTest(ReviewCase):
    def setUp(self) -> None:
        self.at = now() + timedelta(minutes=1)  # what a test writes is of the last week
        self.today = self.magda.today(self.at)

    def digest(self) -> Digest:
        digest = gather(self.magda, self.at)
        assert digest
        return digest

    def mail(self) -> tuple[str, str]:
        """The plain part and the html part."""
        choice = DigestChoice(user=self.magda, since=self.at)
        message = cast(EmailMultiAlternatives, weekly_digest(self.digest(), choice))
        return str(message.body), str(message.alternatives[0][0])

    def deal(self, title: str, *, days: int, account: Account | None = None) -> Opportunity:
        return Opportunity.add_to(
            account or self.acme,
            by=self.alice,
            at=self.at,
            title=title,
            owner=self.alice,
            value=180_000,
            currency="EUR",
            expected=self.today + timedelta(days=days),
        )

    def everything(self) -> None:
        """One of each thing that a digest can speak of."""
        Approval.ask(self.plan, by=self.alice, at=self.at - timedelta(days=6), note="")
        Confirmation.confirm(self.acme, "swot", by=self.alice, at=self.at - timedelta(days=100))
        make_action(self.objective, owner=self.magda, due=self.today - timedelta(days=3))
        make_action(self.objective, owner=self.bob, due=self.today - timedelta(days=9))
        series = self.schedule(
            starts=(self.at - timedelta(days=20)).replace(tzinfo=None),
            at=self.at - timedelta(days=21),
        )
        Review.objects.mark_missed(self.at)
        held = Review.objects.of_series(series).before(self.at).first()
        assert held
        held.decide("Go on", by=self.alice)
        held.hold(by=self.alice, at=self.at)
        self.deal("Won <one>", days=9).win(
            by=self.alice, at=self.at, closed_at=self.at - timedelta(days=1)
        )
        self.deal("Lost", days=9).lose(
            by=self.alice, at=self.at, closed_at=self.at - timedelta(days=1), reason="Price"
        )
        self.deal("Overdue", days=-4)
        Risk.add_to(self.acme, by=self.alice, title="They tender", owner=self.alice)

    def test_a_plan_that_waits_for_the_reader_is_said_first(self) -> None:
        Approval.ask(self.plan, by=self.alice, at=self.at - timedelta(days=6), note="")

        digest, (text, _html) = self.digest(), self.mail()

        self.assertEqual([(w.days, w.mine) for w in digest.waiting], [(6, True)])
        self.assertEqual([row.account for row in digest.needing], [self.acme])
        first, second = (
            text.index("The plan of Acme waits for your word."),
            text.index("Yours to do"),
        )
        self.assertLess(first, second)
        self.assertIn("waiting 6 days", text)

    def test_a_plan_that_waits_for_others_is_only_listed(self) -> None:
        approval = Approval.ask(self.plan, by=self.alice, at=self.at, note="")
        Approval.objects.filter(pk=approval.pk).update(asked_by=self.magda)

        self.assertEqual([w.mine for w in self.digest().waiting], [False])
        self.assertEqual(self.digest().to_decide, [])

    def test_what_was_confirmed_too_long_ago_is_stale(self) -> None:
        Confirmation.confirm(self.acme, "swot", by=self.alice, at=self.at - timedelta(days=91))
        Confirmation.confirm(self.acme, "goals", by=self.alice, at=self.at - timedelta(days=90))

        (plan,) = self.digest().stale

        self.assertEqual([(part.part, part.days) for part in plan.parts], [("swot", 91)])
        self.assertIn("91 days of 90", self.mail()[0])

    def test_won_and_lost_are_those_of_the_last_seven_days(self) -> None:
        for days in (1, 8):
            closed = self.at - timedelta(days=days)
            self.deal(f"Won {days}", days=9).win(by=self.alice, at=self.at, closed_at=closed)
            lost = self.deal(f"Lost {days}", days=9)
            lost.lose(by=self.alice, at=self.at, closed_at=closed, reason="Price")

        deals = self.digest().deals

        self.assertEqual([deal.title for deal in deals.won], ["Won 1"])
        self.assertEqual([deal.title for deal in deals.lost], ["Lost 1"])
        self.assertIn("€180\N{NO-BREAK SPACE}k (Price)", self.mail()[0])

    def test_a_deal_whose_day_passed_or_was_put_off_has_slipped(self) -> None:
        passed, moved, sooner = (self.deal(t, days=9) for t in ("Passed", "Moved", "Sooner"))
        a_week_on = self.at + timedelta(days=8)
        passed.change(by=self.alice, at=self.at, expected=self.today - timedelta(days=2))
        moved.change(by=self.alice, at=self.at, expected=self.today + timedelta(days=40))
        sooner.change(by=self.alice, at=self.at, expected=self.today + timedelta(days=12))
        digest = gather(self.magda, a_week_on)
        assert digest
        self.assertEqual({slip.opportunity.title for slip in digest.deals.slipped}, {"Passed"})

        self.shift_history(moved, sooner)
        sooner.change(by=self.alice, at=self.at, expected=self.today + timedelta(days=3))

        slipped = {slip.opportunity.title: slip.was for slip in self.digest().deals.slipped}
        self.assertEqual(slipped, {"Passed": None, "Moved": self.today + timedelta(days=9)})

    def shift_history(self, *deals: Opportunity) -> None:
        """As if these had been written down ten days ago, and changed today."""
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE accounts_opportunityevent DISABLE TRIGGER USER")
            cursor.execute(
                "UPDATE accounts_opportunityevent SET pgh_created_at = pgh_created_at - interval '10 days'"
                " WHERE pgh_label = 'insert' AND pgh_obj_id = ANY(%s)",
                [[deal.pk for deal in deals]],
            )
            cursor.execute("ALTER TABLE accounts_opportunityevent ENABLE TRIGGER USER")

    def reading(self, days_ago: int, *, health: int, warm: int) -> None:
        day = site_day(self.at) - timedelta(days=days_ago)
        part = Decimal(health)
        Reading.objects.create(
            account=self.acme, day=day, made_at=self.at, health=health, coverage=part,
            weights={**dict.fromkeys(USUAL, 0), "coverage": 100}, people=5, warm=warm,
        )  # fmt: skip

    def test_who_moved_comes_first_with_the_reason_and_the_figure_of_the_page(self) -> None:
        self.reading(7, health=80, warm=4)
        self.reading(0, health=60, warm=2)
        Approval.ask(self.plan, by=self.alice, at=self.at, note="")

        (row,), (text, html) = self.digest().uneasy, self.mail()

        self.assertEqual((row.health, row.moved, row.mark), (60, -20, "watch"))
        self.assertEqual(row.health, health_summary(self.acme, self.magda, site_day(self.at)).score)
        self.assertIn("Health 60 on 1 of 1 parts (\N{MINUS SIGN}20: 2 of 5 went cold)", text)
        self.assertIn("2 of 5 went cold", html)

    def test_a_week_without_a_reading_is_no_move(self) -> None:
        self.reading(0, health=60, warm=2)

        (row,) = self.digest().accounts

        self.assertEqual((row.health, row.moved, row.why), (60, None, []))

    def test_new_risks_are_those_still_open(self) -> None:
        Risk.add_to(self.acme, by=self.alice, title="They tender", owner=self.alice)
        closed = Risk.add_to(self.acme, by=self.alice, title="It rains")
        closed.close(outcome="It did", by=self.alice, at=self.at)
        Risk.add_to(self.other, by=self.mallory, title="Not hers")

        self.assertEqual([risk.title for risk in self.digest().risks], ["They tender"])
        later = gather(self.magda, self.at + timedelta(days=8))
        assert later
        self.assertEqual(later.risks, [])

    def test_every_link_opens_for_its_reader(self) -> None:
        self.everything()
        text, html = self.mail()
        self.client.force_login(self.magda)

        in_text, in_html = set(LINK.findall(text)), set(LINK.findall(unescape(html)))

        self.assertEqual(in_text - in_html, set())
        self.assertLessEqual(in_html - in_text, {"/reviews/", "/accounts/"})  # of the figures
        self.assertGreater(len(in_html), 12)
        for path in in_text | in_html:
            with self.subTest(path):
                self.assertEqual(self.client.get(path, secure=True).status_code, 200)

    def test_every_row_of_the_html_has_a_link(self) -> None:
        self.everything()
        _text, html = self.mail()

        rows = re.findall(r"<tr>\s*<td[^>]*class=\"cell.*?</tr>", html, re.S)

        self.assertGreater(len(rows), 9)
        self.assertEqual([row for row in rows if "<a " not in row], [])
        self.assertNotIn("Won <one>", html)

    def test_both_parts_say_the_same_in_the_same_order(self) -> None:
        self.everything()
        text, html = self.mail()

        titles = ["Yours to do", "Reviews held and coming", "Accounts that moved or call for a look", "Plans that wait or are stale",
                  "Late actions by person", "Won, lost, slipped", "New risks", "Decided last week"]  # fmt: skip
        in_text = [text.index(f"\n{title}\n") for title in titles]
        in_html = [html.index(f">{title}</h2>") for title in titles]

        self.assertEqual((in_text, in_html), (sorted(in_text), sorted(in_html)))

    def test_300_accounts_are_a_bounded_mail_and_no_more_queries(self) -> None:
        self.everything()
        with self.assertNumQueries(FEW) as _few:
            gather(self.magda, self.at)
        for number in range(300):
            account = make_account(f"Account {number:03}")
            Membership.objects.create(account=account, user=self.alice, role="kam", right="lead")
            objective = make_objective(make_plan(account), owner=self.alice)
            make_action(objective, owner=self.alice, due=date(2026, 1, 1))
            Confirmation.confirm(account, "swot", by=self.alice, at=self.at - timedelta(days=100))
            self.deal(f"Deal {number}", days=-1, account=account)
            Risk.add_to(account, by=self.alice, title=f"Risk {number}")

        with self.assertNumQueries(FEW):
            gather(self.magda, self.at)
        text, html = self.mail()

        self.assertIn("and 276 more", text)
        self.assertIn("and 289 more", html)
        self.assertLess(len(html), 102_400)  # beyond, Gmail cuts the end off with the way out


FEW = 16
