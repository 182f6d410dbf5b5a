from django.urls import reverse

from tests.base import ClaveTest


class RefusalTest(ClaveTest):
    """The page of a 403 says whom it concerns."""

    def says(self, name: str, *args: int) -> str:
        page = self.client.get(reverse(name, args=args))
        self.assertEqual(page.status_code, 403)
        return page.content.decode()

    def test_what_is_for_administrators(self) -> None:
        self.client.force_login(self.alice)

        said = self.says("accounts:users")

        self.assertIn("Only administrators open this page.", said)
        self.assertNotIn("You may read this account", said)

    def test_what_is_for_managers(self) -> None:
        self.client.force_login(self.bob)

        self.assertIn(
            "A manager or an administrator enters an account", self.says("accounts:account_add")
        )

    def test_what_one_may_only_read(self) -> None:
        self.client.force_login(self.vera)

        self.assertIn("You may read this account", self.says("planning:plan_edit", self.plan.pk))
