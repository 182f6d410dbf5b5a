from typing import Any

from django.urls import reverse

from accounts.models import Management, User
from tests.base import ClaveTest


class UserEditTest(ClaveTest):
    def setUp(self) -> None:
        self.client.force_login(self.root)

    def edit(self, person: User, **changes: object) -> Any:
        fields = {
            "name": person.name,
            "title": person.title,
            "manager": person.manager_id or "",
            "language": person.language,
            "region": person.region,
            "time_zone": person.time_zone,
            **({"sees_portfolio": "on"} if person.sees_portfolio else {}),
            **({"is_admin": "on"} if person.is_admin else {}),
        }
        url = reverse("accounts:user_edit", args=[person.pk])
        data = {k: v for k, v in {**fields, **changes}.items() if v is not None}
        return self.client.post(url, data)

    def test_another_manager_sees_the_accounts_at_once(self) -> None:
        self.edit(self.alice, manager=self.stefan.pk)

        above = Management.objects.filter(report=self.alice).values_list("manager", flat=True)
        self.assertEqual(list(above), [self.stefan.pk])

    def test_a_ring_is_refused_with_words_on_the_field(self) -> None:
        response = self.edit(self.magda, manager=self.alice.pk)

        self.assertEqual(response.status_code, 422)
        self.assertIn("reports to", response.context["form"].errors["manager"][0])
        self.magda.refresh_from_db()
        self.assertIsNone(self.magda.manager)

    def test_nobody_manages_themselves(self) -> None:
        response = self.edit(self.bob, manager=self.bob.pk)

        self.assertEqual(response.status_code, 422)

    def test_portfolio_view_is_given_and_taken(self) -> None:
        self.edit(self.bob, sees_portfolio="on")
        self.assertTrue(User.objects.get(pk=self.bob.pk).sees_portfolio)

        self.bob.refresh_from_db()
        self.edit(self.bob, sees_portfolio=None)
        self.assertFalse(User.objects.get(pk=self.bob.pk).sees_portfolio)

    def test_the_last_administrator_stays_one(self) -> None:
        response = self.edit(self.root, is_admin=None)

        self.assertContains(response, "last administrator", status_code=422)
        self.assertTrue(User.objects.get(pk=self.root.pk).is_admin)

    def test_the_last_but_one_may_go(self) -> None:
        self.edit(self.bob, is_admin="on")
        self.edit(self.root, is_admin=None)

        self.assertEqual(list(User.objects.administrators()), [self.bob])

    def test_what_changed_is_kept_under_the_name_of_the_action(self) -> None:
        self.edit(self.bob, title="Head of engineering")

        event = User.pgh_event_model.objects.filter(pgh_obj=self.bob).order_by("-pgh_id").first()  # type: ignore[attr-defined]  # django-pghistory adds it
        self.assertEqual(event.title, "Head of engineering")
        self.assertEqual(event.pgh_context.metadata["action"], "person.change")

    def test_nobody_else_may(self) -> None:
        self.client.force_login(self.magda)

        self.assertEqual(self.edit(self.alice, is_admin="on").status_code, 403)
