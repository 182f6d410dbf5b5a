"""A new link to set this installation up; the one before opens nothing any more."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import now

from accounts.models import SetupLink
from accounts.models.setup import has_administrator, path_of


class Command(BaseCommand):
    help = "Make a link to set this installation up. It works once and for 30 minutes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-needed", action="store_true", help="Say nothing when there is an administrator."
        )

    def handle(self, *args: Any, if_needed: bool, **options: Any) -> None:
        if has_administrator():
            if if_needed:
                return
            raise CommandError(
                "There is an administrator already: they sign in and invite everybody else. "
                "A lost password: changepassword E-MAIL. Another administrator: administrator "
                "E-MAIL NAME."
            )
        self.stdout.write(f"{settings.SITE_URL}{path_of(SetupLink.renew(at=now()))}")
