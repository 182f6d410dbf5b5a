"""What goes out comes back in unchanged: every list, both formats, both languages."""

import json
import tempfile
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.test import override_settings
from django.urls import reverse

from accounts.models import Account, Product, Stakeholder, User
from integrations.exports.account_exports import LISTINGS
from kam.lib.tabular import open_table
from kam.lib.tabular.writing import plain, write_csv, write_xlsx
from tests.base import MONDAY, TODAY, ClaveTest
from tests.factories import make_interaction, make_stakeholder
from tests.money import make_contract, make_opportunity, make_receivable, make_revenue
from tests.shared_data import files

NASTY = [
    "=cmd|' /C calc'!A0", "+1-202-555-0100", "-2+3", "@SUM(1+1)", "'=already", "''+twice", "00451",
    "1e5", "3,14", "TRUE", "O'Brien; \"S.A.\"", "Ñandú 🚚", "مرحبا", "_x000D_", "a  b", "2026-01-02",
    "line\nbreak", "=1+1\n@x", "𝒳", "\u200bzero", "NaN", "#REF!",
]  # fmt: skip
PAGES = {
    "account": "accounts_export", "contact": "stakeholders_export",
    "activity": "account_interactions_export", "opportunity": "opportunities_export",
    "contract": "contracts_export", "receivable": "receivables_export",
    "revenue": "revenue_export", "product": "products_export",
}  # fmt: skip
PLURALS = {"account": "accounts", "contact": "contacts", "activity": "activities",
           "opportunity": "opportunities", "contract": "contracts", "receivable": "receivables",
           "revenue": "revenue", "product": "products"}  # fmt: skip


class RoundTripTest(ClaveTest):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        flow = Product.objects.create(name="=Flow", family="+Core")
        for place, text in enumerate(NASTY):
            name = text.replace("\n", " ")
            person = make_stakeholder(cls.acme, name, title=name[:200], phone=name[:40])
            make_interaction(
                person, by=cls.alice, at=MONDAY + timedelta(microseconds=place), note=text,
                kind=["call", "event", "note"][place % 3],
            )  # fmt: skip
            make_opportunity(cls.acme, place, owner=cls.bob, title=name[:160], product=flow)
            make_contract(cls.acme, 10 + place, TODAY, None, title=name[:160])
            make_receivable(cls.acme, name[:60], 1 + place, TODAY)
        make_revenue(cls.acme, TODAY.replace(day=1), 1234, product=flow)
        lost = make_opportunity(cls.acme, 5, owner=cls.bob, title="Lost one")
        lost.lose(reason="-price", by=cls.bob, at=MONDAY, closed_at=MONDAY)

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def export(self, kind: str, ending: str, language: str) -> Path:
        User.objects.filter(pk=self.root.pk).update(language=language)
        self.client.force_login(self.root)
        args = [] if kind in ("account", "product") else [self.acme.pk]
        address = reverse(f"integrations:{PAGES[kind]}", args=args)
        response = self.client.get(address, {"format": ending})
        self.assertEqual(response.status_code, 200)
        path = self.folder / f"{kind}.{ending}"
        path.write_bytes(response.getvalue())
        return path

    def take(self, path: Path) -> dict[str, Any]:
        out = StringIO()
        call_command("importcrm", str(path), "--json", stdout=out)
        report: dict[str, Any] = json.loads(out.getvalue())
        return report

    def comes_back(self, kind: str, ending: str, language: str) -> None:
        tally = self.take(self.export(kind, ending, language))[PLURALS[kind]]

        self.assertGreater(tally["rows"], 0)
        counts = {name: tally[name] for name in ("created", "updated", "skipped")}
        self.assertEqual(counts, {"created": 0, "updated": 0, "skipped": 0}, tally["left_out"])
        self.assertEqual(tally["unchanged"], tally["rows"])

    def test_every_list_comes_back_unchanged(self) -> None:
        for kind in LISTINGS:
            for ending, language in (("csv", "en"), ("xlsx", "es")):
                with self.subTest(kind, ending=ending):
                    self.comes_back(kind, ending, language)

    def test_texts_are_byte_for_byte_what_they_were(self) -> None:
        for ending in ("csv", "xlsx"):
            path = self.export("contact", ending, "en")
            Stakeholder.objects.filter(account=self.acme).update(title="-", phone="")

            self.take(path)

            for person in Stakeholder.objects.filter(account=self.acme):
                with self.subTest(person.name, ending=ending):
                    self.assertEqual(person.title, person.name)
                    self.assertEqual(person.phone, person.name[:40])

    def test_family_names_that_somebody_corrected_come_back(self) -> None:
        name = "Juan Martín Gómez"
        person = Stakeholder.add(self.acme, by=self.alice, name=name, family_names="Gómez")
        for ending, language in (("csv", "es"), ("xlsx", "en")):
            with self.subTest(ending=ending):
                path = self.export("contact", ending, language)
                Stakeholder.objects.filter(pk=person.pk).update(given_name="", family_names="")

                self.take(path)

                person.refresh_from_db()
                self.assertEqual(
                    (person.name, person.given_name, person.family_names),
                    (name, "Juan Martín", "Gómez"),
                )

    def test_no_cell_of_a_file_begins_like_a_formula(self) -> None:
        with open_table(self.export("contact", "csv", "en")) as table:
            for row in table.body():
                for cell in row.cells:
                    self.assertFalse(str(cell).startswith(("=", "+", "-", "@")), cell)

    def test_an_edited_cell_changes_that_record_and_nothing_else(self) -> None:
        path = self.export("opportunity", "csv", "es")
        text = path.read_text(encoding="utf-8-sig").replace("Lost one", "Lost for good")
        path.write_text(text, encoding="utf-8")

        tally = self.take(path)["opportunities"]

        self.assertEqual((tally["updated"], tally["created"]), (1, 0))

    def test_a_file_of_another_installation_names_none_of_our_records(self) -> None:
        path = self.export("account", "csv", "en")
        Account.objects.filter(pk=self.acme.pk).update(name="Renamed here", industry="Ours")

        with override_settings(SECRET_KEY="of somebody else entirely, and long enough"):
            self.take(path)

        self.acme.refresh_from_db()
        self.assertEqual((self.acme.name, self.acme.industry), ("Renamed here", "Ours"))

    def test_the_filter_of_the_list_is_the_filter_of_the_file(self) -> None:
        self.client.force_login(self.alice)
        address = reverse("integrations:account_interactions_export", args=[self.acme.pk])

        text = self.client.get(address, {"kind": "event"}).getvalue().decode("utf-8-sig")

        self.assertIn("Event", text)
        self.assertNotIn("Call,", text)

    def test_nobody_takes_away_what_they_may_not_see(self) -> None:
        self.client.force_login(self.mallory)

        for name in ("accounts_export", "interactions_export", "portfolio_export"):
            text = self.client.get(reverse(f"integrations:{name}")).getvalue().decode("utf-8-sig")
            self.assertNotIn("Acme", text)

    def test_naughty_strings_of_others_come_back(self) -> None:
        texts = naughty()
        for write, ending in ((write_csv, "csv"), (write_xlsx, "xlsx")):
            path = self.folder / f"blns.{ending}"
            write(path, ["Text", "n"], [[text, "x"] for text in texts])
            with open_table(path) as table:
                found = [str(row.cells[0]) for row in table.body()]
            self.assertEqual(len(found), len(texts))
            for text, cell in zip(texts, found, strict=True):
                self.assertEqual(plain(cell), text, ending)


def naughty() -> list[str]:
    """Ours, and the big list where it is; without what no field of ours takes."""
    found = list(NASTY)
    for path in files("csv/naughty/blns*.json"):
        found += json.loads(path.read_text(encoding="utf-8"))
    controls = {chr(number) for number in (*range(9), *range(11, 32), *range(127, 160))}
    return [
        text for text in found
        if text.strip() == text and text and not controls & set(text) and "\ufffe" not in text
    ]  # fmt: skip
