import os
import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import now

from accounts.models import User
from kam.demo.company import Company
from kam.demo.script import PEOPLE


class Command(BaseCommand):
    help = "Make the demo company in an empty installation and say who can sign in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--language", choices=["en", "es"], default=os.environ.get("KAM_DEMO_LANGUAGE") or "en"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.exists():
            raise CommandError(
                "There are people here already; the demo needs an empty installation."
            )
        language = options["language"]
        password = os.environ.get("KAM_DEMO_PASSWORD") or secrets.token_urlsafe(12)
        Company(language, password, now()).build()
        for person in PEOPLE:
            if kind := person.kind[language == "es"]:
                self.stdout.write(f"{person.email:<34} {kind}")
        self.stdout.write(f"Password of all of them: {password}")
