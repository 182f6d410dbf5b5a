"""Another account's records, asked for in every way there is: to a stranger they do not exist.

Everything here is generated. The addresses come from the resolver with the tables of
tests/kam/access; the foreign records are made by the same `keys()` on a mirrored cast, where Mallory
leads Other as Alice leads Acme. So a new page is covered as soon as it stands in its table.
"""

import re
from collections.abc import Iterator
from typing import Any

import pgtrigger
import time_machine
from django.apps import apps
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Concat, Left
from django.forms import BaseForm
from django.test import Client, override_settings
from django.urls import get_resolver, reverse
from django.utils.timezone import now

from accounts.models import Account, Management, Membership, User
from tests.base import ClaveTest
from tests.factories import make_action, make_objective, make_plan, make_user
from tests.kam.access import CAST, tables
from tests.kam.test_access_matrix import ACTIONS, PAGES, names

NOBODY_HAS = 2**40
SECRET = "Zorbex"
STRANGERS = ["alice", "vera", "magda", "henrik"]  # lead, view, manager and sponsor of Acme only
WAYS: list[dict[str, str]] = [{}, {"HX-Request": "true"}]
# Every word that some page reads from its address, and a few that one might try.
WORDS = "q search account plan person kam owner tier sort page week day from to state kind scope pk id unit product"
MEANT = {"rule", "time_zone", "starts", "currency", "language", "region", "token", "hash", "digest"}
CHANGING = re.compile(
    rb'csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": "\w+"|aria-\w+="[^"]*-[0-9a-f]{8}"'
    rb"|eyJ[\w-]+:[\w-]+:[\w-]+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)


@override_settings(DEMO_LOCAL=True, MAIL_STAYS_HERE=True)
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
                query = dict.fromkeys(WORDS.split(), value)
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


# --- The mirrored cast ---


def keys_of(cast: Any) -> dict[str, int | str]:
    return {name: key for table in tables() for name, key in table.keys(cast).items()}


def mirrored(cast: type[ClaveTest]) -> Any:
    """The same people on the other side of the wall; a record of the cast's own stays on this side."""
    manager = make_user("Mona Mirror")
    team = [make_user(name) for name in ("Boris Mirror", "Viola Mirror", "Hanna Mirror")]
    User.objects.filter(pk=cast.mallory.pk).update(manager=manager)
    Management.objects.rebuild()
    parts = [("sales_engineering", "edit"), ("finance", "view"), ("sponsor", "view")]
    for user, (role, right) in zip(team, parts, strict=True):
        Membership.objects.create(account=cast.other, user=user, role=role, right=right)
    people = dict(zip(("bob", "vera", "henrik"), team, strict=True))
    sides = {"acme": cast.other, "other": cast.acme, "alice": cast.mallory, "mallory": cast.alice}
    return type("Mirror", (cast,), {**people, **sides, "magda": manager})


def plant(mirror: Any) -> dict[str, int | str]:
    """Make the foreign records, with a word in every text that must never be read outside."""
    mirror.plan = make_plan(mirror.acme)
    mirror.objective = make_objective(mirror.plan, owner=mirror.alice)
    mirror.action = make_action(mirror.objective, owner=mirror.bob)
    keys = keys_of(mirror)
    for model in ours():
        texts = {f.name: marked(f) for f in model._meta.local_concrete_fields if is_words(f)}
        if texts and not is_frozen(model):
            foreign_in(model._base_manager.all(), mirror.acme).update(**texts)
    Account.objects.filter(pk=mirror.acme.pk).update(name=f"{SECRET} Other")
    return keys


def is_frozen(model: type[models.Model]) -> bool:
    """Rows that the database lets nobody change, such as snapshots."""
    triggers = getattr(model._meta, "triggers", [])
    return any(isinstance(t, pgtrigger.Protect) and t.condition is None for t in triggers)


def ours() -> Iterator[type[models.Model]]:
    for model in apps.get_models():
        below = any(f.name == "account" for f in model._meta.local_fields)
        tracked = model._meta.model_name.endswith("event")  # type: ignore[union-attr]
        if below and not tracked and not model.__module__.startswith("allauth"):
            yield model


def is_words(field: Any) -> bool:
    long = isinstance(field, models.TextField) or (getattr(field, "max_length", 0) or 0) >= 60
    return (
        isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, models.EmailField | models.URLField | models.FileField)
        and long
        and not field.choices
        and not field.unique
        and not getattr(field, "generated", False)
        and field.name not in MEANT
    )


def marked(field: Any) -> Any:
    text = Concat(Value(f"{SECRET} "), F(field.name), output_field=models.TextField())
    return Left(text, field.max_length) if field.max_length else text


def foreign_in(rows: Any, account: Account) -> Any:
    """The rows of this account; people belong to no account."""
    if rows.model is Account:
        return rows.filter(pk=account.pk)
    if any(f.name == "account" for f in rows.model._meta.get_fields()):
        return rows.filter(account_id=account.pk)
    return rows.none()


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
