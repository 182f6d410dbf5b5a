"""Every form of the site also works opened as a page of its own, with script and without.

Generated: each page of the site is asked for as a whole. Whatever on it is swapped by script must
stand on that page, what an answer to its forms is aimed at included; and each form, sent as a
browser without script sends it, leads to another page or shows itself again with what is wrong.
"""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, ClassVar

from django.core.cache import cache
from django.db import connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import BusinessUnit, Product
from reviews.health.health import PARTS
from tests.base import ClaveTest
from tests.kam.rules.test_forms_across import Form, Forms, furnish_choices
from tests.kam.rules.test_idor import readable_by
from tests.kam.rules.wall import keys_of, set_numbers_apart
from tests.kam.rules.written import Stand, event_models

# Words of htmx for places that are found from the element itself.
NEARBY = ("this", "closest ", "next", "previous", "find ", "body", "")
# Django's own words, which name neither what is missing nor what to do.
STOCK = (
    "This field is required", "Ensure this value", "Enter a valid", "Select a valid choice",
    "Enter a whole number", "Enter a number",
)  # fmt: skip
# They show at once what they did: a calendar that was opened, mail that was stopped.
ANSWERS = ("/settings/calendar/open/", "/mail/stop/")
# What only a file brings.
BY_FILES = {"accounts_batchevent"}
# What a form wants that cannot be guessed.
FITTING = {
    "/rates/": {"currency": "USD"},
    "/decisions/add/": {"text": "Words"},
    "/series/41000001/edit/": {"until": "", "length": "45"},
    "/administration/site/": {"company": "Nordlicht", "holidays": ""},
}
WRITES = ("INSERT", "UPDATE", "DELETE")
VOID = {"input", "img", "br", "hr", "meta", "link", "use", "source", "wbr", "area", "col"}


class Swaps(HTMLParser):
    """The ids of a page, and what its elements swap, outside of `hx-disable`."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids = set[str]()
        self.targets = list[tuple[str, str]]()
        self.posts = list[str]()
        self.stack = list[bool]()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        disabled = bool(self.stack and self.stack[-1]) or "hx-disable" in said
        if tag not in VOID:
            self.stack.append(disabled)
        if "id" in said:
            self.ids.add(said["id"])
        if disabled:
            return
        if target := said.get("hx-target", ""):
            self.targets.append((said.get("hx-post") or said.get("hx-get") or tag, target))
        if tag == "form" and said.get("hx-post"):
            self.posts.append(said["hx-post"])

    def handle_endtag(self, tag: str) -> None:
        if self.stack and tag not in VOID:
            self.stack.pop()

    @property
    def missing(self) -> list[tuple[str, str]]:
        """Targets that no swap could find."""
        return [
            (address, target)
            for address, target in self.targets
            if not target.startswith(NEARBY[:-1]) and target.lstrip("#") not in self.ids
        ]


@override_settings(DEMO_LOCAL=True, MAIL_STAYS_HERE=True)
class FormsAsPagesTest(ClaveTest):
    own: dict[str, int | str]
    drawn: ClassVar[list[tuple[str, str]]] = []

    @classmethod
    def setUpTestData(cls) -> None:
        set_numbers_apart()
        super().setUpTestData()
        cls.own = keys_of(cls)
        furnish_choices(cls)

    def pages(self) -> list[tuple[str, str]]:
        """Address and HTML of every page that opens for the administrator or the KAM, drawn once."""
        if not self.drawn:
            self.drawn.extend(self.draw())
        self.client.force_login(self.root)
        cache.clear()  # what another test sent from these pages has been taken back
        return self.drawn

    def draw(self) -> Iterator[tuple[str, str]]:
        seen = set[str]()
        for who, person in ((self.alice, "alice"), (self.root, "root")):
            self.client.force_login(who)
            for name in readable_by(person):
                address = reverse(name, args=[self.own[name]] if name in self.own else [])
                response = self.client.get(address) if address not in seen else None
                if response and response["Content-Type"].startswith("text/html"):
                    seen.add(address)
                    yield address, response.content.decode()

    def forms(self) -> Iterator[tuple[str, Swaps, Form]]:
        """Each form once, however many pages show it."""
        seen = set[tuple[str, ...]]()
        for address, html in self.pages():
            page = Swaps(html)
            for form in Forms(html, address).found:
                # A form without fields or an address of its own only lends itself to buttons.
                lent = form.address == address and set(form.values) == {"csrfmiddlewaretoken"}
                if form.name not in seen and not lent and not form.address.startswith("/session"):
                    seen.add(form.name)
                    yield address, page, form

    def test_what_a_page_swaps_stands_on_it(self) -> None:
        opened = 0
        for address, html in self.pages():
            opened += 1
            with self.subTest(address):
                self.assertEqual(Swaps(html).missing, [])
        self.assertGreater(opened, 100)

    def test_a_form_moves_on_or_says_what_is_wrong(self) -> None:
        """Without script; and with script its answer is aimed at what stands on the page."""
        sent = 0
        for address, page, form in self.forms():
            sent += 1
            with self.subTest(address, form=form.address):
                self.assert_moved_on(form, self.sent(form))
                if form.address in page.posts:
                    target = self.sent(form, here=address).get("HX-Retarget", "")
                    self.assertIn(target.lstrip("#"), {"", *page.ids})
        self.assertGreater(sent, 100)

    def test_a_form_sent_twice_is_taken_once(self) -> None:
        """The second press of a button, without script: it leads on too, and writes nothing."""
        repeated = 0
        for address, _page, form in self.forms():
            with self.subTest(address, form=form.address):
                first, second, written = self.sent_twice(form)
                if first.status_code == 302:
                    repeated += 1
                    self.assertEqual(second["Location"], first["Location"])
                    self.assertEqual(written, [])
        self.assertGreater(repeated, 60)

    def test_no_form_says_the_stock_sentences_of_the_framework(self) -> None:
        """Sent empty, and with nonsense in every field: each message names its field."""
        said = set[str]()
        for _address, _page, form in self.forms():
            for filling in ("", "\u2603" * 5000):
                names = [
                    name for name in form.values if name not in ("csrfmiddlewaretoken", "seen")
                ]
                before = transaction.savepoint()
                response = self.client.post(form.address, dict.fromkeys(names, filling))
                transaction.savepoint_rollback(before)
                if response.status_code == 422:
                    said |= {words for words in STOCK if words in response.content.decode()}
        self.assertEqual(said, set())

    def test_what_is_written_outdates_the_pages_kept_of_it(self) -> None:
        """Generated over every form, with what stands in it and with something else."""
        at_first, written = Stand.now(), set[str]()
        for address, values in self.savings():
            before = transaction.savepoint()
            self.client.post(address, values)
            after = Stand.now(since=at_first)
            transaction.savepoint_rollback(before)
            written |= {table for table, _account in after.written}
            with self.subTest(address, values=values):
                self.assertEqual(after.kept_after(at_first), [])
        tables = {model._meta.db_table for model in event_models()}
        self.assertEqual(tables - written, BY_FILES)

    def test_the_rule_above_would_see_it(self) -> None:
        """A write past the actions, of an account and of none."""
        before = Stand.now()
        self.action.title = "Written past the action"
        self.action.save(update_fields=["title"])
        Product.objects.create(name="Written past the action")

        kept = Stand.now(since=before).kept_after(before)

        seen = [("accounts_productevent", None), ("planning_actionevent", self.acme.pk)]
        self.assertEqual(kept, seen)

    def savings(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for _address, _page, form in self.forms():
            fitting = next((v for end, v in FITTING.items() if form.address.endswith(end)), {})
            yield form.address, form.values | fitting
            yield form.address, rewritten(form)
        place = f"?unit={BusinessUnit.objects.of_account(self.acme)[0].pk}"
        place += f"&product={Product.objects.by_family()[0].pk}"
        cell = reverse("planning:whitespace_say", args=[self.acme.pk]) + place
        seen = {"initial-state": "unexplored", "initial-currency": "EUR"}
        yield cell, {"state": "potential", "potential": "9", "currency": "EUR"} | seen
        weights = dict.fromkeys(PARTS, 0) | {next(iter(PARTS)): 100}
        yield reverse("reviews:health_weights"), weights

    def assert_moved_on(self, form: Form, response: Any) -> None:
        if form.address.startswith(ANSWERS):
            self.assertEqual(response.status_code, 200)
        elif response.status_code in (409, 422):
            self.assertContains(response, "<main", status_code=response.status_code)
        else:
            self.assertIn(response.status_code, (301, 302, 403, 404))

    def sent_twice(self, form: Form) -> tuple[Any, Any, list[str]]:
        before = transaction.savepoint()
        first = self.client.post(form.address, form.values)
        with CaptureQueriesContext(connection) as queries:
            second = self.client.post(form.address, form.values)
        transaction.savepoint_rollback(before)
        return first, second, [q["sql"] for q in queries if q["sql"].startswith(WRITES)]

    def sent(self, form: Form, here: str = "") -> Any:
        headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{here}"}
        # No atomic block of ours: some actions insist on being the outermost one.
        before = transaction.savepoint()
        response = self.client.post(form.address, form.values, headers=headers if here else {})
        transaction.savepoint_rollback(before)
        return response


def rewritten(form: Form) -> dict[str, list[str]]:
    """Something else in every field, so that saving writes."""
    return {
        name: [form.others[name]] if name in form.others else values
        for name, values in form.values.items()
    }
