from datetime import date, timedelta

from django.urls import reverse
from django.utils.timezone import now

from accounts.models import Account, Membership, Standing, User
from accounts.models.standing import refresh
from tests.base import MONDAY, TODAY, ClaveTest, shown
from tests.factories import make_account, make_user
from tests.money import make_rate, make_revenue, month_back

NAMES = ["Álvarez Hermanos", "Nandú Sur", "Ñandú Turismo", "Ocaso", "zúñiga"]


class AccountsTest(ClaveTest):
    def setUp(self) -> None:
        self.client.force_login(self.root)

    def names(self, query: str = "", who: User | None = None) -> list[str]:
        if who:
            self.client.force_login(who)
        response = self.client.get(reverse("accounts:accounts") + query)
        self.assertEqual(response.status_code, 200)
        return [account.name for account in response.context["page"]]

    def sell(self, account: Account, amount: int) -> None:
        make_revenue(account, month_back(TODAY, 1), amount)
        refresh([account.pk], at=MONDAY)

    def test_a_stranger_sees_neither_name_nor_count(self) -> None:
        self.assertEqual(self.names(who=self.mallory), ["Other"])
        response = self.client.get(reverse("accounts:accounts"))
        self.assertEqual(response.context["totals"]["count"], 1)
        self.assertNotContains(response, "Alice")

    def test_choices_name_only_what_the_reader_may_see(self) -> None:
        make_account("Hidden", region="Secret market", industry="Secret trade")

        self.client.force_login(self.mallory)
        response = self.client.get(reverse("accounts:accounts"))

        self.assertNotContains(response, "Secret")

    def test_search_knows_neither_case_nor_accents(self) -> None:
        for name in NAMES:
            make_account(name, city="Bogotá")

        self.assertEqual(self.names("?q=ALVAREZ"), ["Álvarez Hermanos"])
        self.assertEqual(self.names("?q=nandu&sort=name"), ["Nandú Sur", "Ñandú Turismo"])
        self.assertEqual(self.names("?q=zuniga+bogota"), ["zúñiga"])
        self.assertEqual(self.names("?q=%25"), [])
        self.assertEqual(self.names("?q=%00"), self.names())

    def test_names_stand_in_the_spanish_order(self) -> None:
        for name in reversed(NAMES):
            make_account(name)

        found = [name for name in self.names("?sort=name") if name in NAMES]

        self.assertEqual(found, NAMES)

    def test_each_filter_narrows(self) -> None:
        make_account("Peru", tier="watchlist", region="Andes", industry="Mining", service_class="B")

        for query in ("tier=watchlist", "region=Andes", "industry=Mining", "class=B"):
            with self.subTest(query):
                self.assertEqual(self.names(f"?{query}"), ["Peru"])
        self.assertEqual(self.names(f"?kam={self.alice.pk}"), ["Acme"])
        self.assertEqual(self.names(f"?sponsor={self.henrik.pk}"), ["Acme"])
        self.assertEqual(self.names("?mine=1", who=self.bob), ["Acme"])

    def test_health_filters_by_its_bounds_and_by_what_is_not_scored(self) -> None:
        for score in (None, 49.9, 50, 74.9, 75):
            account = make_account(f"Health {score}")
            refresh([account.pk], at=MONDAY)
            account.standing.health = score
            account.standing.save()

        self.assertEqual(self.names("?health=risk"), ["Health 49.9"])
        self.assertEqual(self.names("?health=watch&sort=name"), ["Health 50", "Health 74.9"])
        self.assertEqual(self.names("?health=good"), ["Health 75"])
        self.assertEqual(self.names("?health=none&sort=name"), ["Acme", "Health None", "Other"])

    def test_nonsense_in_the_address_narrows_nothing(self) -> None:
        everything = self.names()

        for query in (
            "tier=royal",
            "kam=99999",
            "kam=x",
            "health=great",
            "sort=password",
            "page=many",
        ):
            with self.subTest(query):
                self.assertEqual(self.names(f"?{query}"), everything)

    def test_the_largest_comes_first_and_the_unscored_last(self) -> None:
        self.sell(self.acme, 10)
        self.sell(self.other, 20)
        make_account("Aaa")

        self.assertEqual(self.names(), ["Other", "Acme", "Aaa"])
        self.assertEqual(self.names("?sort=value"), ["Acme", "Other", "Aaa"])

    def test_archived_accounts_show_where_they_are_asked_for(self) -> None:
        self.other.archive(by=self.root, at=MONDAY)

        self.assertEqual(self.names(), ["Acme"])
        self.assertEqual(self.names("?state=archived"), ["Other"])

    def test_an_empty_result_names_the_filter_whose_removal_helps(self) -> None:
        make_account("Lima", region="Peru")

        response = self.client.get(
            reverse("accounts:accounts") + f"?region=Peru&tier=key&kam={self.alice.pk}"
        )

        removal = response.context["removal"]
        self.assertEqual((removal.chip.key, removal.count), ("kam", 1))
        self.assertContains(response, 'href="?tier=key&amp;region=Peru"')

    def test_an_empty_result_is_honest_where_one_filter_is_not_enough(self) -> None:
        response = self.client.get(reverse("accounts:accounts") + "?q=nobody&class=C")

        self.assertIsNone(response.context["removal"])

    def test_fifty_a_page_and_the_filters_stay_in_the_links(self) -> None:
        Account.objects.bulk_create(Account(name=f"Row {n:03}", tier="key") for n in range(60))

        response = self.client.get(reverse("accounts:accounts") + "?tier=key&sort=name")

        self.assertEqual(len(response.context["page"]), 50)
        self.assertContains(response, "?tier=key&amp;sort=name&amp;page=2")

    def test_queries_do_not_grow_with_the_rows(self) -> None:
        make_account("Row")
        self.names()
        with self.assertNumQueries(8):
            self.names("?q=row")
        people = [make_user(f"Kam{n} Kay") for n in range(20)]
        accounts = Account.objects.bulk_create(Account(name=f"Row {n:03}") for n in range(40))
        Membership.objects.bulk_create(
            Membership(account=account, user=people[n % 20], role="kam", right="lead")
            for n, account in enumerate(accounts)
        )

        with self.assertNumQueries(8):
            self.names("?q=row")

    def test_long_strange_and_hostile_names_are_text(self) -> None:
        for name in ("ñ" * 200, "🏥 Clínica", "שלום", "<script>alert(1)</script>"):
            make_account(name)

        response = self.client.get(reverse("accounts:accounts"))

        self.assertNotContains(response, "<script>alert")
        self.assertContains(response, "🏥 Clínica")

    def test_what_needs_a_review_or_work_is_one_click_away(self) -> None:
        for name, tier, touched, booked in (
            ("Cared", "key", 10, True),
            ("Idle", "key", 31, True),
            ("Unbooked", "key", 10, False),
            ("Candidate", "candidate", 400, False),
        ):
            account = make_account(name, tier=tier, service_class="A" if tier == "key" else "")
            refresh([account.pk], at=MONDAY)
            at = now()
            Standing.objects.filter(account=account).update(
                plan_touched_at=at - timedelta(days=touched), next_review_at=at if booked else None
            )

        self.assertEqual(self.names("?needs=plan"), ["Idle"])
        self.assertIn("Unbooked", self.names("?needs=review"))
        self.assertNotIn("Candidate", self.names("?needs=review"))
        self.assertContains(self.client.get(reverse("accounts:accounts")), "?needs=plan")

    def test_of_potential_is_in_the_reporting_currency(self) -> None:
        self.sell(self.acme, 300)
        Standing.objects.filter(account=self.acme).update(potential=900)

        standing = Standing.objects.get(account=self.acme)
        self.assertEqual((standing.possible_reporting, standing.sold_share), (1200, 25))
        self.assertIn(
            '<meter max="100" value="25"', shown(self.client.get(reverse("accounts:accounts")))
        )

    def test_the_order_by_potential_does_not_mix_currencies(self) -> None:
        peso = make_account("Peso", currency="COP")
        make_rate("COP", date(2025, 1, 1), "0.0002")
        self.sell(self.acme, 300)
        self.sell(peso, 1_000_000)
        Standing.objects.filter(account=self.acme).update(potential=900)
        Standing.objects.filter(account=peso).update(potential=1_000_000)

        self.assertEqual(self.names("?sort=-potential")[:2], ["Acme", "Peso"])
