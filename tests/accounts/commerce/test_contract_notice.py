from datetime import date, timedelta

from django.urls import reverse

from accounts.commerce.account_value import account_value
from accounts.models import Contract
from accounts.models.standing import refresh
from kam.lib.text.dates import days_left
from kam.today.agenda import agenda
from reviews.notices.digest import gather
from tests.base import MONDAY, TODAY, ClaveTest
from tests.money import make_contract


class ContractNoticeTest(ClaveTest):
    def contract(self, notice: date, **changes: object) -> Contract:
        end = notice + timedelta(days=60)
        return make_contract(self.acme, 1000, date(2025, 1, 1), end, notice=notice, **changes)

    def near(self) -> list[Contract]:
        return list(Contract.objects.notice_near(TODAY))

    def test_a_notice_date_is_near_from_ninety_days_before_until_a_month_after(self) -> None:
        for days, is_near in ((91, False), (90, True), (0, True), (-30, True), (-31, False)):
            with self.subTest(days):
                found = self.contract(TODAY + timedelta(days=days))
                self.assertEqual(found in self.near(), is_near)

    def test_a_renewed_or_an_ended_contract_is_silent(self) -> None:
        old = self.contract(TODAY + timedelta(days=10))
        make_contract(self.acme, 1000, date(2027, 3, 1), None, renews=old)
        notice = TODAY - timedelta(days=20)
        make_contract(self.acme, 1, date(2025, 1, 1), TODAY - timedelta(days=1), notice=notice)

        self.assertEqual(self.near(), [])

    def test_it_comes_to_whoever_leads_the_account_and_to_the_digest(self) -> None:
        contract = self.contract(TODAY + timedelta(days=42))

        self.assertEqual(agenda(self.alice, MONDAY).notices, [contract])
        self.assertEqual(agenda(self.bob, MONDAY).notices, [])
        self.assertEqual(agenda(self.mallory, MONDAY).notices, [])
        digest = gather(self.magda, MONDAY)
        assert digest
        self.assertEqual(digest.notices, [contract])
        self.assertFalse(digest.is_quiet)

    def test_it_stands_on_the_overview_with_the_days_that_are_left(self) -> None:
        self.contract(TODAY + timedelta(days=42))
        refresh([self.acme.pk], at=MONDAY)

        words = account_value(self.acme, MONDAY).notice_words

        self.assertEqual(words, "4 Jan 2027, 42 days left")

    def test_one_that_passed_says_so_while_the_contract_runs(self) -> None:
        self.contract(TODAY - timedelta(days=3))
        refresh([self.acme.pk], at=MONDAY)

        self.assertEqual(account_value(self.acme, MONDAY).notice_words, "passed on 20 Nov 2026")

    def test_the_page_of_today_names_it(self) -> None:
        self.contract(date.today() + timedelta(days=5), title="Frame contract")  # noqa: DTZ011 (near is near)
        self.client.force_login(self.alice)

        self.assertContains(self.client.get(reverse("today")), "Frame contract")

    def test_the_last_day_is_today(self) -> None:
        self.assertEqual(days_left(TODAY, TODAY), "today")
        self.assertEqual(days_left(TODAY + timedelta(days=1), TODAY), "24 Nov 2026, 1 day left")
