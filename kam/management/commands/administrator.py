"""The first administrator of a new installation, or one more when nobody can sign in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts.models import User
from kam.lib import history


class Command(BaseCommand):
    help = "Make a person an administrator; they are entered when they are not there yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")

    def handle(self, *args: Any, email: str, name: str, **options: Any) -> None:
        with history.action("person.administrator", by=None):
            user = User.objects.filter(email__iexact=email).first()
            if user is None:
                user = User.objects.create_user(email, None, name=name)
            user.is_admin = user.is_active = True
            user.save(update_fields=["is_admin", "is_active"])
        self.stdout.write(f"{user.name} is an administrator. Set the password:")
        self.stdout.write(f"    manage.py changepassword {user.email}")
