"""Another account's records, asked for in every way there is: to a stranger they do not exist.

Everything here is generated. The addresses come from the resolver with the tables of
tests/kam/rules/access, the forms from the pages, the foreign records from tests/kam/wall. So a new page is
covered as soon as it stands in its table, and a new table as soon as a page needs a row of it.
"""

import re
from collections.abc import Iterator
from typing import Any

import time_machine
from django.db import models
from django.forms import BaseForm
from django.test import Client, override_settings
from django.urls import get_resolver, reverse
from django.utils.timezone import now

from accounts.models import Account, User
from kam.embedded.folder import ROOT
from tests.base import ClaveTest
from tests.kam.rules.access import CAST
from tests.kam.rules.test_access_matrix import ACTIONS, PAGES, names
from tests.kam.rules.wall import (
    SECRET,
    foreign_in,
    is_words,
    keys_of,
    marked_data,
    mirrored,
    ours,
    plant,
)

NOBODY_HAS = 2**40
STRANGERS = ["alice", "vera", "magda", "henrik"]  # lead, view, manager and sponsor of Acme only
WAYS: list[dict[str, str]] = [{}, {"HX-Request": "true"}]
# Beside the words that our sources read from an address, some that one might try.
GUESSES = (
    "q search account plan person kam owner tier sort page week day from to state kind scope pk id"
)
READ = re.compile(r"""GET(?:\.get|\.getlist)?[(\[]"(\w+)"|[?&](?:amp;)?(\w+)=""")
CHANGING = re.compile(
    rb'csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": "\w+"|aria-\w+="[^"]*-[0-9a-f]{8}"'
    rb"|eyJ[\w-]+:[\w-]+:[\w-]+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)


# It asks more often in a minute than a person may.
@override_settings(DEMO_LOCAL=True, MAIL_STAYS_HERE=True, ACCOUNT_RATE_LIMITS=False)
class ForeignRecordsTest(ClaveTest):
    own: dict[str, int | str]
    mirror: Any

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.own = keys_of(cls)
        cls.mirror = mirrored(cls)

    def setUp(self) -> None:
        self.clients: dict[str, Client] = {}

    def test_every_address_with_a_key_has_one_in_the_tables(self) -> None:
        resolver = get_resolver()
        keyed = {
            name
            for name in names()
            for _, parameters in possibilities(resolver, name)
            if parameters
        }

        self.assertEqual(keyed - set(self.own), set())

    def test_every_table_below_an_account_has_a_foreign_row_with_the_word(self) -> None:
        """Else a list of them could leak and no test would see it."""
        plant(self.mirror)

        bare = {model._meta.label for model in ours() if not has_word(model, self.other)}
        self.assertEqual(bare, set(), "Add a row of each to furnish() in tests/kam/rules/wall.py.")

    def test_what_is_foreign_answers_like_what_does_not_exist(self) -> None:
        foreign = plant(self.mirror)
        for name, method, headers in self.every_way():
            nothing = NOBODY_HAS if isinstance(foreign[name], int) else "nothing"
            expected = self.ask("vera", method, name, nothing, headers)
            self.assertIn(expected[0], {404} if allows(name, method) else {404, 405})
            for person in STRANGERS:
                with self.subTest(name, person=person, method=method, headers=headers):
                    found = self.ask(person, method, name, foreign[name], headers)
                    self.assertEqual(found, expected)

    def every_way(self) -> Iterator[tuple[str, str, dict[str, str]]]:
        return (
            (name, method, headers)
            for name in bound()
            for method in ("get", "post")
            for headers in WAYS
        )

    def test_fragments_are_refused_to_whom_the_page_is_refused(self) -> None:
        for method, table in (("get", PAGES), ("post", ACTIONS)):
            for name, row in table.items():
                for person, status in zip(CAST, row, strict=True):
                    # To everybody but a stranger, 404 only means that it was removed before.
                    if status == 403 or (person, status) in (("mallory", 404), ("", 302)):
                        with self.subTest(name, person=person):
                            found = self.ask(person, method, name, self.own.get(name), WAYS[1])[0]
                            # What polls says 403 to nobody: it must not open the door by itself.
                            self.assertIn(found, {status} if person else {204, 403})

    def test_no_page_changes_because_of_what_a_stranger_has(self) -> None:
        """Lists, counts, choices, search, exports, feeds: foreign rows leave no trace at all."""
        with time_machine.travel(now(), tick=False):  # else a minute that passes changes a page
            self.compare_pages(["alice", "vera", "magda"])

    def compare_pages(self, people: list[str]) -> None:
        before = {person: dict(self.pages_of(person)) for person in people}
        plant(self.mirror)
        for person in people:
            for address, body in self.pages_of(person):
                with self.subTest(address, person=person):
                    self.assertNotIn(SECRET.encode(), body)
                    self.assertEqual(body, before[person][address])

    def test_words_in_the_address_lead_to_nothing_foreign(self) -> None:
        foreign = plant(self.mirror)
        values = ["zorb", str(self.other.pk), str(foreign["planning:action_edit"])]
        self.client.force_login(self.alice)
        for name in readable_by("alice"):
            for value in [*values, "\0", "9" * 30]:
                query = dict.fromkeys(sorted(words_of_addresses()), value)
                with self.subTest(name, value=value):
                    response = self.client.get(self.address(name, self.own.get(name)), query)
                    self.assertLess(response.status_code, 500)
                    self.assertNotIn(SECRET, response.getvalue().decode(errors="replace"))

    def test_no_form_offers_or_accepts_a_foreign_record(self) -> None:
        plant(self.mirror)
        self.client.force_login(self.alice)
        seen = 0
        for name in readable_by("alice"):
            response = self.client.get(self.address(name, self.own.get(name)))
            for form, field, queryset in choices_of(response):
                seen += 1
                with self.subTest(name, form=form, field=field):
                    self.assertFalse(foreign_in(queryset, self.other).exists())
        self.assertGreater(seen, 3)

    # --- How it asks ---

    def pages_of(self, person: str) -> Iterator[tuple[str, bytes]]:
        """Everything the person may open, as page and as fragment, with changing tokens taken out."""
        User.objects.all().forget_rails()
        for name in readable_by(person):
            for number, headers in enumerate(WAYS if person == "alice" else WAYS[:1]):
                status, body = self.ask(person, "get", name, self.own.get(name), headers)
                yield f"{name} {number}", body if status < 400 else b"%d" % status

    def ask(
        self, person: str, method: str, name: str, key: object, headers: dict[str, str]
    ) -> tuple[int, bytes]:
        response = getattr(self.client_of(person), method)(self.address(name, key), headers=headers)
        return response.status_code, CHANGING.sub(b"", response.getvalue())

    def client_of(self, person: str) -> Client:
        """Signed in once, not once a request."""
        if person not in self.clients:
            self.clients[person] = Client()
            if person:
                self.clients[person].force_login(getattr(self, person))
        return self.clients[person]

    def address(self, name: str, key: object) -> str:
        return reverse(name, args=[] if key is None else [key])


# --- What the tables say ---


def bound() -> list[str]:
    """Addresses of records below an account: the stranger's entry is 404."""
    stranger = CAST.index("mallory")
    return [name for name, row in (PAGES | ACTIONS).items() if row[stranger] == 404]


def readable_by(person: str) -> list[str]:
    place = CAST.index(person) if person in CAST else CAST.index("vera")
    return [name for name, row in PAGES.items() if row[place] in (200, 302)]


def allows(name: str, method: str) -> bool:
    return name in ACTIONS if method == "post" else name in PAGES


def possibilities(resolver: Any, name: str) -> list[Any]:
    """The ways to write an address of this name: its pattern and what it takes."""
    *spaces, last = name.split(":")
    for space in spaces:
        resolver = resolver.namespace_dict[space][1]
    return [p for found in resolver.reverse_dict.getlist(last) for p in found[0]]


def words_of_addresses() -> set[str]:
    """Every word that some source reads from an address, or writes into one."""
    folders = [
        ROOT / name
        for name in ("accounts", "integrations", "kam", "planning", "reviews", "templates")
    ]
    sources = [p for f in folders for kind in ("*.py", "*.html") for p in f.rglob(kind)]
    found = {word for p in sources for pair in READ.findall(p.read_text()) for word in pair if word}
    return found | set(GUESSES.split())


def has_word(model: type[models.Model], account: Account) -> bool:
    """A foreign row is there; where the table has words, they carry ours."""
    rows = foreign_in(model._base_manager.all(), account)
    fields = [f.name for f in model._meta.local_concrete_fields if is_words(f) or is_json(f)]
    return any(all(says(getattr(row, name)) for name in fields) for row in rows)


def says(value: object) -> bool:
    """The word is in it, or there is no text in it to carry one."""
    return SECRET in str(value) or marked_data(value) == value


def is_json(field: object) -> bool:
    return isinstance(field, models.JSONField)


def choices_of(response: Any) -> Iterator[tuple[str, str, Any]]:
    """Every choice among records in every form that the page was drawn with."""
    for form in forms_of(response):
        for name, field in form.fields.items():
            if hasattr(field, "queryset"):
                yield type(form).__name__, name, field.queryset


def forms_of(response: Any) -> list[BaseForm]:
    forms: dict[int, BaseForm] = {}
    for layer in response.context or []:
        for flat in layer.dicts if hasattr(layer, "dicts") else [layer]:
            forms |= {id(v): v for v in flat.values() if isinstance(v, BaseForm)}
    return list(forms.values())
