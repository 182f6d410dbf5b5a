from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from kam.lib.text import words

FOLDERS = ["kam", "accounts", "planning", "reviews", "integrations", "templates"]
LANGUAGE = "es"


class Command(BaseCommand):
    help = "Bring the catalogue of translations to the words of the sources."

    def handle(self, *args: Any, **options: Any) -> None:
        po = settings.BASE_DIR / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"
        catalogue = words.merged(words.catalogue(settings.BASE_DIR, FOLDERS), po, LANGUAGE)
        words.save(catalogue, po)
        self.stdout.write(
            f"{len(catalogue)} messages, {len(words.missing(catalogue))} to translate."
        )
