"""What is behind the wall cannot be named in a form either: nothing of ours ever points across.

Generated: every form that stands on any page of the KAM, every choice, tick and hidden number in it,
with the number of a foreign record of the same kind. Afterwards no row may point at another account.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import cycle
from typing import Any

from django.db import transaction
from django.test import override_settings
from django.urls import reverse

from accounts.models import BusinessUnit, Membership
from tests.base import ClaveTest
from tests.factories import make_account, make_action
from tests.kam.rules.test_idor import readable_by
from tests.kam.rules.wall import (
    MILLION,
    SECRET,
    crossings,
    foreign_numbers,
    keys_of,
    mirrored,
    plant,
    set_numbers_apart,
)

POINTS = {"hidden", "radio", "checkbox"}
# So that nothing but the foreign number is wrong with what is sent.
REFUSED = {403, 404, 422}
FILL = {"text": "7", "number": "7", "textarea": "Words", "date": "2026-11-20", "month": "2026-10"}


@dataclass
class Form:
    address: str
    values: dict[str, list[str]] = field(default_factory=dict)
    # By field: the millions of its numbers, which say of which tables its records are.
    pointing: dict[str, set[int]] = field(default_factory=dict)
    # What else a field may hold: the last of its choices, the same text or number and more.
    others: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> tuple[str, ...]:
        return (self.address, *sorted(self.values))


class Forms(HTMLParser):
    """The forms of a page that change something, as a browser would send them."""

    def __init__(self, html: str, here: str) -> None:
        super().__init__()
        self.here, self.found = here, list[Form]()
        self.form: Form | None = None
        self.choice = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            post = said.get("method", "").lower() == "post"
            self.form = Form(said.get("action") or self.here) if post else None
            self.found += [self.form] if self.form else []
        elif self.form and tag == "option":
            self.point(self.form, self.choice, said.get("value", ""))
            self.form.others[self.choice] = said.get("value", "")
            if "selected" in said or not any(self.form.values.get(self.choice, [])):
                self.form.values[self.choice] = [said.get("value", "")]
        elif self.form and said.get("name") and tag in ("input", "select", "textarea"):
            self.take(self.form, tag, said)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None

    def take(self, form: Form, tag: str, said: dict[str, str]) -> None:
        name, kind = said["name"], said.get("type", tag)
        self.choice = name
        if kind in POINTS:
            self.point(form, name, said.get("value", ""))
        if kind in ("radio", "checkbox") and "checked" not in said:
            form.values.setdefault(name, [])
            form.others[name] = said.get("value", "on")
        elif kind not in ("submit", "button"):
            value = said.get("value") or FILL.get(kind, "")
            form.values[name] = [*form.values.get(name, []), value]
            self.vary(form, name, kind, value)

    def vary(self, form: Form, name: str, kind: str, value: str) -> None:
        if kind in ("text", "textarea"):
            form.others[name] = str(int(value) + 1) if value.isdigit() else f"{value} anew"
        elif kind == "number" and value.isdigit():
            form.others[name] = str(int(value) + 1)

    def point(self, form: Form, name: str, value: str) -> None:
        if value.isdigit() and int(value) >= MILLION:
            form.pointing.setdefault(name, set()).add(int(value) // MILLION)


def furnish_choices(cast: Any) -> None:
    """A second record wherever one may be chosen, so that every choice has something to offer."""
    make_action(cast.objective, owner=cast.alice, title="Before it", position=2)
    BusinessUnit.objects.create(account=cast.acme, name="Above it")
    north = make_account("Acme North")
    Membership.objects.create(account=north, user=cast.alice, role="kam", right="lead")


@override_settings(DEMO_LOCAL=True, MAIL_STAYS_HERE=True)
class FormsAcrossTest(ClaveTest):
    own: dict[str, int | str]
    mirror: Any

    @classmethod
    def setUpTestData(cls) -> None:
        set_numbers_apart()
        super().setUpTestData()
        cls.own = keys_of(cls)
        furnish_choices(cls)
        cls.mirror = mirrored(cls)

    def test_no_form_ties_a_record_to_one_of_another_account(self) -> None:
        plant(self.mirror)
        self.client.force_login(self.alice)
        foreign = foreign_numbers(self.other)
        tried = 0
        for form in self.forms("alice"):
            for name, places in form.pointing.items():
                for number in sorted(foreign[place] for place in places & set(foreign)):
                    tried += 1
                    with self.subTest(form.address, field=name, number=number):
                        self.send(form, name, str(number))
        self.assertGreater(tried, 20)

    def test_no_form_fails_whatever_stands_in_its_fields(self) -> None:
        """What PostgreSQL cannot hold, and what is no number of anything."""
        self.client.force_login(self.root)
        for form in list(self.forms("root", pointing=False)):
            if form.address.startswith("/session/"):  # it would be the last
                continue
            with self.subTest(form.address):
                self.fill(form)

    def fill(self, form: Form) -> None:
        names = [name for name in form.values if name != "csrfmiddlewaretoken"]
        sent = dict(zip(names, cycle(["a\0b", "9" * 400]), strict=False))
        self.assertLess(self.client.post(form.address, sent).status_code, 500)

    def test_the_rule_above_would_see_it(self) -> None:
        """A form that believed everything it is told would be caught."""
        plant(self.mirror)
        self.action.waits_for = self.mirror.action
        self.action.save(update_fields=["waits_for"])

        self.assertEqual(crossings(self.acme), [f"planning.Action.waits_for {self.action.pk}"])

    def forms(self, person: str, *, pointing: bool = True) -> Iterator[Form]:
        """Each once, however many pages show it."""
        seen: set[tuple[str, ...]] = set()
        for page in readable_by(person):
            address = reverse(page, args=[self.own[page]] if page in self.own else [])
            response = self.client.get(address)
            if response["Content-Type"].startswith("text/html"):
                for form in Forms(response.content.decode(), address).found:
                    if form.name not in seen and (form.pointing or not pointing):
                        seen.add(form.name)
                        yield form

    def send(self, form: Form, name: str, number: str) -> None:
        with transaction.atomic():
            response = self.client.post(form.address, {**form.values, name: [number]})
            self.assertIn(response.status_code, REFUSED)
            self.assertNotIn(SECRET, response.content.decode(errors="replace"))
            self.assertEqual(crossings(self.acme), [])
            transaction.set_rollback(True)
