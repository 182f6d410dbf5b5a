"""Every address of ours by every member of the cast, as the table in tests/kam/rules/access says.

An address that is missing there fails the test, so nobody adds a page without saying who may open it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from kam.checks import OTHERS
from tests.base import ClaveTest
from tests.kam.rules.access import CAST, Row, tables

PAGES: dict[str, Row] = {name: row for table in tables() for name, row in table.pages.items()}
ACTIONS: dict[str, Row] = {name: row for table in tables() for name, row in table.actions.items()}


@override_settings(DEMO_LOCAL=True, MAIL_STAYS_HERE=True)
class AccessMatrixTest(ClaveTest):
    keys: dict[str, int | str]

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.keys = {name: key for table in tables() for name, key in table.keys(cls).items()}

    def test_every_address_of_ours_is_in_the_table(self) -> None:
        self.assertEqual(set(names()), set(PAGES) | set(ACTIONS))

    def test_pages_open_for_whom_the_table_says(self) -> None:
        for name, expected in PAGES.items():
            with self.subTest(name):
                self.assertEqual(self.statuses("get", name), expected)

    def test_actions_are_done_for_whom_the_table_says(self) -> None:
        for name, expected in ACTIONS.items():
            with self.subTest(name):
                self.assertEqual(self.statuses("post", name), expected)

    def test_actions_refuse_to_be_opened(self) -> None:
        for name in ACTIONS:
            with self.subTest(name):
                self.client.force_login(self.root)
                self.assertEqual(self.client.get(self.address(name)).status_code, 405)

    def statuses(self, method: str, name: str) -> Row:
        with undrawn():
            return [self.status(method, name, person) for person in CAST]

    def status(self, method: str, name: str, person: str) -> int:
        self.client.logout()
        if person:
            self.client.force_login(getattr(self, person))
        response = getattr(self.client, method)(self.address(name))
        return int(response.status_code)

    def address(self, name: str) -> str:
        return reverse(name, args=[self.keys[name]] if name in self.keys else [])


@contextmanager
def undrawn() -> Iterator[None]:
    """Who may open a page is decided before it is drawn: here nothing is judged but that."""

    def empty(
        request: HttpRequest, *_template: Any, status: int = 200, **_more: Any
    ) -> HttpResponse:
        return HttpResponse(status=status)

    with (
        patch("kam.lib.web.htmx.render", empty),
        patch("kam.lib.web.regions.page.render", empty),
    ):
        yield


def names(patterns: list[Any] | None = None, space: str = "") -> list[str]:
    """The names of all our addresses; allauth's own pages have tests of their own."""
    found: list[str] = []
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            found += names(entry.url_patterns, inner)
        elif isinstance(entry, URLPattern) and not entry.callback.__module__.startswith(OTHERS):
            found.append(f"{space}{entry.name}")
    return found
