from django.urls import reverse

from accounts.models import Account, Invitation, Membership, User
from accounts.models.site import Site
from kam.first_day.first_day import DONE, LATER, NOW, SKIPPED, STEPS, FirstDay, first_day
from planning.models import Plan
from tests.base import MONDAY, ClaveTest
from tests.factories import make_site, make_user


def states(found: FirstDay) -> dict[str, str]:
    return {step.kind.key: step.state for step in found.steps}


class FirstDayTest(ClaveTest):
    def empty(self) -> None:
        """As a company begins: its administrator, and nothing else."""
        Plan.objects.all().delete()
        Membership.objects.all().delete()
        Account.objects.all().delete()
        make_site()
        self.client.force_login(self.root)

    def test_a_step_is_done_when_its_rows_exist_however_they_came(self) -> None:
        self.empty()

        found = states(first_day())

        self.assertEqual((found["company"], found["people"]), (DONE, DONE))
        self.assertEqual((found["products"], found["accounts"], found["key"]), (NOW, LATER, LATER))
        Account.objects.create(name="Acero", tier="key")
        self.assertEqual(states(first_day())["key"], DONE)

    def test_skipping_leads_on_and_can_be_resumed(self) -> None:
        self.empty()

        self.client.post(reverse("first_day_skip", args=["products"]))
        self.client.post(reverse("first_day_skip", args=["products"]))
        found = states(first_day())
        self.assertEqual((found["products"], found["accounts"]), (SKIPPED, NOW))
        self.assertEqual(Site.here().skipped_steps, ["products"])

        self.client.post(reverse("first_day_resume", args=["products"]))
        self.assertEqual(states(first_day())["products"], NOW)

    def test_the_page_says_what_waits_and_what_comes_after_what(self) -> None:
        self.empty()
        self.client.post(reverse("first_day_skip", args=["products"]))

        page = self.client.get(reverse("first_day"))

        self.assertContains(page, "Skipped: white space stays empty until then")
        self.assertContains(page, "after 4")
        self.assertContains(page, reverse("integrations:import_add"))

    def test_today_leads_an_administrator_there_until_it_is_put_away(self) -> None:
        self.empty()
        self.assertContains(self.client.get(reverse("today")), "Your first day")

        self.client.post(reverse("first_day_hide"))

        page = self.client.get(reverse("today"))
        self.assertNotContains(page, "Your first day")
        self.assertNotContains(page, "Nothing is late")
        self.client.post(reverse("first_day_bring_back"))
        self.assertContains(self.client.get(reverse("today")), "Your first day")

    def test_a_site_with_everything_nags_nobody(self) -> None:
        self.assertFalse(FirstDay(first_day().steps, is_hidden=True).leads_on)
        self.assertEqual(len(STEPS), 8)

    def test_an_unknown_step_is_not_found(self) -> None:
        self.client.force_login(self.root)

        for name in ("first_day_skip", "first_day_resume"):
            self.assertEqual(self.client.post(reverse(name, args=["sleep"])).status_code, 404)

    def test_its_queries_do_not_grow(self) -> None:
        with self.assertNumQueries(2):
            first_day()
        Account.objects.bulk_create(Account(name=f"A {n}", tier="key") for n in range(50))
        with self.assertNumQueries(2):
            first_day()


class TodayOfTheNewTest(ClaveTest):
    def today(self, who: User) -> str:
        self.client.force_login(who)
        return self.client.get(reverse("today")).content.decode()

    def test_who_works_on_no_account_hears_what_to_do(self) -> None:
        nora = make_user("Nora New")

        page = self.today(nora)

        self.assertIn("You work on no account yet", page)
        self.assertNotIn("Nothing is late", page)

    def test_a_manager_without_accounts_is_led_to_the_portfolio(self) -> None:
        self.assertIn("You work on no account yourself", self.today(self.magda))

    def test_a_kam_with_a_key_account_and_no_plan_is_led_to_it(self) -> None:
        from accounts.models.standing import refresh

        account = Account.objects.create(name="Acero", tier="key")
        nora = make_user("Nora New")
        Membership.objects.create(account=account, user=nora, role="kam", right="lead")
        refresh([account.pk], at=MONDAY)

        self.assertIn("Acero has no plan yet", self.today(nora))


class InvitedPeopleTest(ClaveTest):
    def test_whoever_is_invited_can_be_chosen_and_says_so(self) -> None:
        invitation = Invitation.invite(
            by=self.root, at=MONDAY, email="nora@example.com", name="Nora New"
        )
        self.client.force_login(self.root)
        url = reverse("accounts:member_add", args=[self.acme.pk])

        self.assertContains(self.client.get(url), "Nora New (invited)")
        said = {"user": invitation.user_id, "role": "support", "right": "edit"}
        self.client.post(url, said)

        self.assertTrue(Membership.objects.filter(user=invitation.user, account=self.acme).exists())

    def test_a_disabled_person_is_not_offered(self) -> None:
        gone = make_user("Gustav Gone", is_active=False)
        self.client.force_login(self.root)

        page = self.client.get(reverse("accounts:member_add", args=[self.acme.pk]))

        self.assertNotContains(page, gone.name)

    def test_the_word_goes_once_they_have_accepted(self) -> None:
        invitation = Invitation.invite(
            by=self.root, at=MONDAY, email="nora@example.com", name="Nora New"
        )
        invitation.accept(name="Nora New", password="a long password of hers", at=MONDAY)
        self.client.force_login(self.root)

        page = self.client.get(reverse("accounts:member_add", args=[self.acme.pk]))

        self.assertContains(page, "Nora New")
        self.assertNotContains(page, "(invited)")
