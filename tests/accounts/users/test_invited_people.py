"""Who is invited can be given work before they accept, and says so wherever people are chosen."""

from typing import Any

from django.urls import reverse
from django.utils.timezone import now

from accounts.models import Account, Invitation, Membership, Tier, User
from accounts.models.team import Role
from tests.base import ClaveTest
from tests.factories import make_invitation, make_stakeholder, make_user
from tests.money import make_opportunity

SAID = "Nora New (invited)"


def row_of(page: str, name: str) -> str:
    """The row of a table that names somebody."""
    return next(row for row in page.split("<tr")[1:] if f">{name}<" in row).partition("</tr>")[0]


class InvitedPeopleTest(ClaveTest):
    invitation: Invitation
    nora: User
    gone: User

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.invitation = make_invitation("Nora New", by=cls.root)
        cls.nora = cls.invitation.user
        cls.gone = make_user("Gustav Gone", is_active=False)
        for person in (cls.nora, cls.gone):
            cls.acme.add_member(person, Role.SUPPORT, right="edit", by=cls.root)

    def setUp(self) -> None:
        self.client.force_login(self.root)

    def withdraw(self) -> Any:
        return self.client.post(
            reverse("accounts:invitation_withdraw", args=[self.invitation.pk]), follow=True
        )

    def test_every_form_that_asks_for_somebody_of_the_team_offers_them_and_says_so(self) -> None:
        paola = make_stakeholder(self.acme, owner=self.alice)
        deal = make_opportunity(self.acme, 9, owner=self.alice)
        forms = {
            "planning:objective_add": self.plan.pk,
            "accounts:opportunity_edit": deal.pk,
            "accounts:stakeholder_edit": paola.pk,
            "reviews:series_add": self.acme.pk,
            "planning:risk_add": self.acme.pk,
        }

        for name, pk in forms.items():
            with self.subTest(name):
                page = self.client.get(reverse(name, args=[pk]))
                self.assertContains(page, SAID)
                self.assertNotContains(page, "Gustav Gone")

    def test_they_can_own_an_objective(self) -> None:
        fields = {
            "title": "Meet", "horizon": "short", "priority": 2, "start": "2026-11-23",
            "baseline": 0, "current": 0,
            "due": "2027-02-01", "owner": self.nora.pk,
        }  # fmt: skip
        self.client.post(reverse("planning:objective_add", args=[self.plan.pk]), fields)

        self.assertTrue(self.plan.objectives.filter(owner=self.nora).exists())

    def test_a_manager_may_be_invited_and_one_who_left_stays_without_that_word(self) -> None:
        User.objects.filter(pk=self.bob.pk).update(manager=self.gone)

        page = self.client.get(reverse("accounts:user_edit", args=[self.bob.pk]))

        self.assertContains(page, SAID)
        self.assertContains(page, "Gustav Gone")
        self.assertNotContains(page, "Gustav Gone (invited)")

    def test_the_team_says_invited_and_not_that_the_access_has_ended(self) -> None:
        page = self.client.get(reverse("accounts:team", args=[self.acme.pk])).content.decode()

        rows = {name: row_of(page, name) for name in ("Nora New", "Gustav Gone")}
        self.assertIn("invited", rows["Nora New"])
        self.assertNotIn("access ended", rows["Nora New"])
        self.assertIn("access ended", rows["Gustav Gone"])

    def test_an_invited_kam_stands_in_the_filter_of_the_list(self) -> None:
        bolt = Account.objects.create(name="Bolt", tier=Tier.KEY)
        bolt.add_member(self.nora, Role.KAM, by=self.root)

        page = self.client.get(reverse("accounts:accounts"), {"kam": self.nora.pk})

        self.assertContains(page, SAID)
        self.assertContains(page, "Bolt")
        self.assertNotContains(page, "Acme")

    def test_who_accepts_works_on_what_was_given_to_them(self) -> None:
        bolt = Account.objects.create(name="Bolt", tier=Tier.KEY)
        bolt.add_member(self.nora, Role.KAM, by=self.root)

        self.invitation.accept(name="Nora New", password="three quiet river stones", at=now())
        self.client.force_login(User.objects.get(pk=self.nora.pk))

        page = self.client.get(reverse("today"))
        self.assertContains(page, "Bolt")
        self.assertNotContains(page, "(invited)")

    def test_withdrawing_asks_who_takes_what_they_were_given(self) -> None:
        bolt = Account.objects.create(name="Bolt", tier=Tier.KEY)
        bolt.add_member(self.nora, Role.KAM, by=self.root)

        page = self.withdraw()

        url = reverse("accounts:user_disable", args=[self.nora.pk])
        self.assertRedirects(page, url)
        self.assertContains(page, "Withdraw the invitation of Nora New")
        self.assertTrue(Invitation.objects.open().filter(pk=self.invitation.pk).exists())
        answer = self.client.post(url, {"everything": self.alice.pk})
        self.assertRedirects(answer, reverse("accounts:users"))
        self.assertEqual(Account.objects.get(pk=bolt.pk).kam, self.alice)
        self.assertFalse(Invitation.objects.open().filter(pk=self.invitation.pk).exists())
        self.assertFalse(User.objects.here_or_invited().filter(pk=self.nora.pk).exists())

    def test_nobody_takes_over_nothing_happens(self) -> None:
        bolt = Account.objects.create(name="Bolt", tier=Tier.KEY)
        bolt.add_member(self.nora, Role.KAM, by=self.root)

        answer = self.client.post(reverse("accounts:user_disable", args=[self.nora.pk]), {})

        self.assertContains(answer, "Who takes over here?", status_code=422)
        self.assertEqual(Account.objects.get(pk=bolt.pk).kam, self.nora)
        self.assertTrue(Invitation.objects.open().filter(pk=self.invitation.pk).exists())

    def test_withdrawing_asks_for_the_manager_of_their_reports_too(self) -> None:
        otto = make_invitation("Otto Other", by=self.root, manager=self.nora).user

        page = self.withdraw()

        self.assertContains(page, "Who is the manager of Otto Other from now on")
        self.client.post(
            reverse("accounts:user_disable", args=[self.nora.pk]), {"reports": self.alice.pk}
        )
        self.assertEqual(User.objects.get(pk=otto.pk).manager, self.alice)
        self.assertFalse(User.objects.filter(pk=self.nora.pk).exists())

    def test_withdrawing_from_who_holds_nothing_takes_them_away_at_once(self) -> None:
        page = self.withdraw()

        self.assertRedirects(page, reverse("accounts:users"))
        self.assertFalse(User.objects.filter(pk=self.nora.pk).exists())
        self.assertFalse(Membership.objects.filter(user=self.nora.pk).exists())
