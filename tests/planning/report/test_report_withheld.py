"""A copy without those who stand against us: nothing in it says who they are or how they stand."""

import json
from datetime import date, timedelta
from typing import Any

from django.test import SimpleTestCase
from django.utils.translation import override

from accounts.models import Acquaintance, Stakeholder, Tie
from planning.models import Snapshot
from planning.report.people import People
from planning.report.withheld import Names, withheld
from tests.base import MONDAY, ClaveTest
from tests.factories import make_assessment, make_interaction, make_stakeholder

DAY = date(2026, 11, 20)


class NamesTest(SimpleTestCase):
    def out(self, text: str, *names: str, besides: str = "") -> Any:
        return Names(names, besides=set(besides.split())).out_of(text)

    def test_whole_name_in_any_spelling(self) -> None:
        for text in ("Call gustavo  prieto", "Call GUSTAVO PRIETO", "Call Gústavo Priéto"):
            self.assertEqual(self.out(text, "Gustavo Prieto"), "Call somebody of the client")

    def test_parts_count_where_they_begin_with_a_capital(self) -> None:
        self.assertEqual(
            self.out("Ask Rosa about rosa paper", "Rosa Will"),
            "Ask somebody of the client about rosa paper",
        )

    def test_what_belongs_to_a_name_stays_readable(self) -> None:
        self.assertEqual(
            self.out("Prieto’s veto, says (Prieto).", "Gustavo Prieto"),
            "somebody of the client’s veto, says (somebody of the client).",
        )

    def test_part_that_somebody_else_bears_points_to_nobody(self) -> None:
        self.assertEqual(self.out("Ana calls", "Ana Prieto", besides="ana"), "Ana calls")
        self.assertEqual(
            self.out("Ana Prieto calls", "Ana Prieto", besides="ana"),
            "somebody of the client calls",
        )

    def test_part_inside_another_word_stays(self) -> None:
        self.assertEqual(self.out("The Salasar group", "Rodrigo Salas"), "The Salasar group")

    def test_scripts_without_capitals(self) -> None:
        self.assertEqual(self.out("请联系王小明经理", "王小明"), "请联系somebody of the client经理")

    def test_name_of_one_letter_or_signs_does_no_harm(self) -> None:
        self.assertEqual(self.out("A plan (B)", "A", "…"), "somebody of the client plan (B)")

    def test_every_text_at_any_depth(self) -> None:
        data = {"a": [{"note": "Prieto", "n": 3, "none": None}]}

        found = Names(["Gustavo Prieto"], besides=set()).out_of(data)

        self.assertEqual(found, {"a": [{"note": "somebody of the client", "n": 3, "none": None}]})

    def test_words_are_the_reader_s(self) -> None:
        with override("es"):
            self.assertEqual(self.out("Prieto", "Gustavo Prieto"), "una persona del cliente")


class WithheldTest(ClaveTest):
    gustavo: Stakeholder
    paola: Stakeholder
    data: dict[str, Any]

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        it, sales = {"department": "IT"}, {"department": "Sales"}
        cls.gustavo = make_stakeholder(
            cls.acme, "Gustavo Prieto", influence="high", roles=["gatekeeper"], **it
        )
        cls.paola = make_stakeholder(cls.acme, "Paola Herrera", roles=["shapes"], **sales)
        cls.paola.reports_to = cls.gustavo
        cls.paola.save()
        make_assessment(cls.gustavo, -2, by=cls.alice, on=DAY)
        make_assessment(cls.paola, -1, by=cls.alice, on=DAY - timedelta(days=200))
        make_assessment(cls.paola, 1, by=cls.alice, on=DAY)
        for person in (cls.gustavo, cls.paola):
            make_interaction(person, by=cls.alice, at=MONDAY - timedelta(days=3))
        Tie.set(cls.gustavo, cls.paola, strength=3, by=cls.alice)
        Acquaintance.set(cls.alice, cls.gustavo, level=1, wanted=2, by=cls.alice)
        cls.action.note = "Ask Prieto and Paola first"
        cls.action.save()
        cls.data = Snapshot.take(cls.plan, by=cls.alice, at=MONDAY).data

    def test_nothing_names_them(self) -> None:
        self.assertIn("Gustavo", json.dumps(self.data))

        text = json.dumps(withheld(self.data))

        self.assertNotIn("Gustavo", text)
        self.assertNotIn("Prieto", text)
        self.assertIn("Ask somebody of the client and Paola first", text)

    def test_snapshot_itself_stays(self) -> None:
        before = json.dumps(self.data)

        withheld(self.data)

        self.assertEqual(json.dumps(self.data), before)

    def test_no_opinion_against_us_is_left_not_even_a_former_one(self) -> None:
        people = {row["name"]: row for row in withheld(self.data)["people"]}

        self.assertEqual(list(people), ["Paola Herrera"])
        self.assertEqual(self.data["people"][1]["was"], -1)
        self.assertIsNone(people["Paola Herrera"]["was"])

    def test_lines_to_them_go_too(self) -> None:
        copy = withheld(self.data)

        self.assertEqual((len(self.data["links"]), copy["links"]), (1, []))
        self.assertIsNone(copy["people"][0]["reports_to"])

    def test_their_seats_do_not_look_empty_and_no_concern_is_about_them(self) -> None:
        before = {row["name"]: row for row in self.data["concerns"]}
        after = {row["name"]: row for row in withheld(self.data)["concerns"]}

        self.assertIn("derail", before)
        self.assertNotIn("derail", after)
        self.assertEqual(after["seat"]["roles"], before["seat"]["roles"])
        self.assertNotIn("gatekeeper", after["seat"]["roles"])
        self.assertEqual(before["single"]["departments"], ["IT", "Sales"])
        self.assertEqual(after["single"]["departments"], ["Sales"])

    def test_it_is_said_how_many_are_left_out(self) -> None:
        self.assertEqual(People.of(self.data).left_out, 0)
        self.assertEqual(People.of(withheld(self.data)).left_out, 1)

    def test_way_over_somebody_left_out_is_not_shown(self) -> None:
        keys = [self.paola.pk, self.gustavo.pk]
        data = self.data | {"way": {"ours": "Alice Alvarez", "people": keys}}

        self.assertIsNotNone(People.of(data).way)
        self.assertIsNone(People.of(withheld(data)).way)

    def test_snapshot_of_the_first_schema_is_left_as_it_is(self) -> None:
        old = {name: self.data[name] for name in ("account", "period", "objectives")}

        self.assertEqual(withheld(old), old)
