from typing import Any

from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kam.lib.text import words
from kam.management.commands.words import FOLDERS, LANGUAGE


class Command(BaseCommand):
    help = "Fail when a word of the sources has no translation, or one whose placeholders differ."

    def handle(self, *args: Any, **options: Any) -> None:
        po = settings.BASE_DIR / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"
        wanted = words.merged(words.catalogue(settings.BASE_DIR, FOLDERS), po, LANGUAGE)
        problems = [f"not translated: {text!r}" for text in words.missing(wanted)]
        with po.open("rb") as file:
            stored = read_po(file, locale=LANGUAGE)
        unused = {m.id for m in stored if m.id} - {m.id for m in wanted if m.id}
        problems += [f"no longer used: {text!r}" for text in sorted(map(str, unused))]
        problems += [f"{error}: {m.id!r}" for m in wanted for error in m.check(wanted)]
        if problems:
            raise CommandError("\n".join([*problems, "Run bin/manage words, then edit " + po.name]))
        self.stdout.write(f"{len(wanted)} messages, all translated.")
