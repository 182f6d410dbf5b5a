"""The list, the portfolio and their files count the same accounts, or say which one leaves out."""

import csv
from typing import Any

from django.urls import reverse

from accounts.models import Account
from accounts.models.standing import refresh
from tests.base import MONDAY, TODAY, ClaveTest
from tests.factories import make_account
from tests.money import make_revenue, month_back

LIST, PORTFOLIO = "accounts:accounts", "reviews:portfolio"


class WhichAccountsCountTest(ClaveTest):
    def setUp(self) -> None:
        left, never = make_account("Left us"), make_account("Never bought")
        make_revenue(self.acme, month_back(TODAY, 1), 100)
        make_revenue(left, month_back(TODAY, 20), 70)
        refresh(Account.objects.values_list("pk", flat=True), at=MONDAY)
        for account in (left, never):
            account.archive(by=self.root, at=MONDAY)
        self.client.force_login(self.root)

    def see(self, name: str, query: str = "") -> Any:
        return self.client.get(reverse(name) + query)

    def rows(self, name: str, query: str = "") -> list[dict[str, str]]:
        text = self.see(name, query).getvalue().decode("utf-8-sig")
        return list(csv.DictReader(text.splitlines()))

    def test_the_portfolio_says_which_archived_ones_it_counts(self) -> None:
        page = self.see(PORTFOLIO)

        self.assertEqual(page.context["totals"].accounts, 3)
        self.assertContains(page, "1 archived account</a> is among them")

    def test_the_list_says_how_many_it_leaves_out_and_leads_there(self) -> None:
        page = self.see(LIST)

        self.assertEqual(page.context["totals"]["count"], 2)
        self.assertContains(page, "2 archived accounts</a>; the portfolio counts those")
        page = self.see(LIST, "?state=archived")
        self.assertContains(page, "2 of 2 archived accounts fit.")

    def test_what_the_list_and_its_archive_show_is_all_that_the_portfolio_sums(self) -> None:
        listed = {a.name for a in self.see(LIST).context["page"]}
        archived = {a.name for a in self.see(LIST, "?state=archived").context["page"]}
        summed = {account.name for account, _share in self.see(PORTFOLIO).context["rows"]}

        self.assertLessEqual(summed, listed | archived)
        self.assertEqual(listed - summed, set())
        self.assertEqual(archived - summed, {"Never bought"})

    def test_files_name_the_archived(self) -> None:
        here = self.rows("integrations:accounts_export")
        counted = self.rows("integrations:portfolio_export")

        self.assertEqual([row["Archived"] for row in here], ["", ""])
        archived = {row["Account"] for row in counted if row["Archived"]}
        self.assertEqual((len(counted), archived), (3, {"Left us"}))

    def test_without_archived_ones_nothing_is_said(self) -> None:
        Account.objects.update(archived_at=None)

        for name in (LIST, PORTFOLIO):
            self.assertNotContains(self.see(name), "archived account")
