"""The first administrator of a new installation, or one more when nobody can sign in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from accounts.models.setup import reads_like_the_site
from kam.lib.data import history


class Command(BaseCommand):
    help = "Make a person an administrator; they are entered when they are not there yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", nargs="?")
        parser.add_argument("name", nargs="?")
        parser.add_argument("--who", action="store_true", help="Only say who it is, if anybody.")

    def handle(self, *args: Any, email: str, name: str, who: bool, **options: Any) -> None:
        if who:
            self.name_them()
            return
        if not (email and name):
            raise CommandError("Say who:  administrator ana@example.com 'Ana Arias'")
        with history.action("person.administrator", by=None):
            user = User.objects.filter(email__iexact=email).first()
            if user is None:
                user = User.objects.create_user(email, None, name=name, **reads_like_the_site())
            user.is_admin = user.is_active = True
            user.save(update_fields=["is_admin", "is_active"])
        self.stdout.write(f"{user.name} is an administrator. Set the password:")
        self.stdout.write(f"    manage.py changepassword {user.email}")

    def name_them(self) -> None:
        for user in User.objects.administrators().by_name():
            self.stdout.write(f"{user.name} <{user.email}>")
