from io import StringIO

from django.core.management import call_command

from accounts.models import User
from tests.base import ClaveTest


class AdministratorTest(ClaveTest):
    def test_a_new_person_is_entered_without_a_password(self) -> None:
        answer = self.call("Ana@Example.com", "Ana Arias")

        ana = User.objects.get(email="ana@example.com")
        self.assertEqual((ana.name, ana.is_admin), ("Ana Arias", True))
        self.assertFalse(ana.has_usable_password())
        self.assertIn("changepassword ana@example.com", answer)

    def test_somebody_who_is_there_is_promoted_and_keeps_the_name(self) -> None:
        self.call(self.vera.email, "Somebody else")

        self.vera.refresh_from_db()
        self.assertEqual((self.vera.name, self.vera.is_admin), ("Vera Viewer", True))

    def call(self, *words: str) -> str:
        out = StringIO()
        call_command("administrator", *words, stdout=out)
        return out.getvalue()
