"""The user guide: for every kind of person, in both languages, and true to the words on screen."""

import re
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from babel.messages.pofile import read_po
from django.conf import settings
from django.urls import resolve, reverse

from accounts.models import Membership
from kam.guide.guide import FOLDER, GuideKind, guide_for, kind_of
from tests.base import ClaveTest

LANGUAGES = ["en", "es"]
BOLD = re.compile(r"\*\*([^*]+)\*\*")
LINK = re.compile(r"\]\(([^)]+)\)")


def pages() -> list[tuple[str, str, str]]:
    return [
        (kind, language, (FOLDER / f"{kind}.{language}.md").read_text())
        for kind in GuideKind.values
        for language in LANGUAGES
    ]


@cache
def on_screen() -> dict[str, set[str]]:
    """Every word that the app can show, by language."""
    with (settings.BASE_DIR / "locale/es/LC_MESSAGES/django.po").open("rb") as file:
        catalogue = [message for message in read_po(file) if message.id]
    return {
        "en": {first(m.id) for m in catalogue} | {"PDF"},
        "es": {first(m.string) for m in catalogue},
    }


def first(words: Any) -> str:
    """Of singular and plural, the singular."""
    return str(words if isinstance(words, str) else words[0])


class GuideTest(ClaveTest):
    def test_it_opens_with_what_the_person_does_most(self) -> None:
        expected = {
            "alice": GuideKind.KAM,
            "magda": GuideKind.MANAGER,
            "henrik": GuideKind.SPONSOR,
            "stefan": GuideKind.SPONSOR,
            "root": GuideKind.ADMINISTRATOR,
            "bob": GuideKind.TEAM,
        }

        self.assertEqual({name: kind_of(getattr(self, name)) for name in expected}, expected)

    def test_a_manager_with_an_account_of_her_own_reads_as_its_kam(self) -> None:
        Membership.objects.filter(role="kam", account=self.acme).update(user=self.magda)

        self.assertEqual(kind_of(self.magda), GuideKind.KAM)

    def test_help_in_the_rail_leads_to_it(self) -> None:
        self.client.force_login(self.alice)

        self.assertContains(self.client.get("/"), f'href="{reverse("guide")}"')
        self.assertContains(self.client.get(reverse("guide")), "Key account manager</h1>")

    def test_it_speaks_the_language_of_its_reader(self) -> None:
        self.bob.change_settings(language="es", region="es-CO")
        self.client.force_login(self.bob)

        page = self.client.get(reverse("guide"))

        self.assertContains(page, "<h1>Equipo de la cuenta</h1>")
        self.assertContains(page, 'lang="es"')

    def test_everybody_may_read_the_pages_of_the_others(self) -> None:
        self.client.force_login(self.vera)

        for kind in GuideKind.values:
            with self.subTest(kind):
                page = self.client.get(reverse("guide_page", args=[kind]))
                self.assertContains(page, 'aria-current="page"')
                self.assertLess(len(page.content), 60_000)

    def test_a_kind_that_is_not_there_is_not_found(self) -> None:
        self.client.force_login(self.vera)

        for kind in ("nobody", "kam-en", "README"):
            self.assertEqual(self.client.get(reverse("guide_page", args=[kind])).status_code, 404)

    def test_it_only_reads(self) -> None:
        self.client.force_login(self.vera)

        self.assertEqual(self.client.post(reverse("guide")).status_code, 405)

    def test_both_languages_go_through_the_same_tasks(self) -> None:
        for kind in GuideKind.values:
            with self.subTest(kind):
                shapes = [shape(kind, language) for language in LANGUAGES]
                self.assertEqual(shapes[0], shapes[1])
                self.assertGreater(len(shapes[0]), 5)

    def test_the_image_for_servers_carries_it(self) -> None:
        """There everything stays out that is not named."""
        kept = (settings.BASE_DIR / ".dockerignore").read_text().splitlines()

        self.assertIn("!docs/guide", kept)

    def test_every_link_leads_to_a_page_of_ours(self) -> None:
        for kind, language, text in pages():
            for address in LINK.findall(text):
                with self.subTest(address, page=f"{kind}.{language}"):
                    resolve(urlsplit(address).path)

    def test_every_word_in_bold_stands_on_the_screen(self) -> None:
        """What is renamed in the app is renamed in the guide."""
        for kind, language, text in pages():
            for words in BOLD.findall(text):
                with self.subTest(words, page=f"{kind}.{language}"):
                    self.assertTrue(words in on_screen()[language], words)


def shape(kind: str, language: str) -> list[tuple[int, int]]:
    """How many steps and links each task has."""
    sections = (FOLDER / f"{kind}.{language}.md").read_text().split("\n## ")[1:]
    self_made = [len(guide_for(kind, language).sections)]
    assert self_made == [len(sections)]
    return [(len(re.findall(r"^\d+\. ", s, re.M)), len(LINK.findall(s))) for s in sections]
