from copy import deepcopy
from typing import Any

from django.test import SimpleTestCase

from planning.versions.comparison import compare, words

BOB, EVE = {"id": 1, "name": "Bob"}, {"id": 2, "name": "Eve"}


def plan(**changes: Any) -> dict[str, Any]:
    action = {
        "id": 9,
        "title": "Call",
        "note": "",
        "owner": BOB,
        "due": "2026-12-04",
        "done_at": None,
    }
    objective = {
        "id": 5, "title": "Meet the CTO", "owner": BOB, "due": "2027-01-31", "target": None,
        "unit": "", "actions": [action],
    }  # fmt: skip
    data = {
        "schema": 2, "account": {"currency": "EUR"}, "period": ["2026-01-01", "2026-12-31"],
        "budget": "100.00", "objectives": [objective], "risks": [],
        "business": {"profile": {}, "goals": [], "swot": []},
    }  # fmt: skip
    return {**data, **changes}


def text(pieces: list[Any]) -> str:
    return "".join(f"[{p.text}]" if p.mark else p.text for p in pieces)


class CompareTest(SimpleTestCase):
    def lines(self, before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, ...]]:
        found = compare(before, after)
        return [(row.kind, row.what, text(row.before), text(row.after)) for row in found.lines]

    def test_the_same_plan_has_no_lines(self) -> None:
        self.assertEqual(self.lines(plan(), plan()), [])

    def test_one_line_for_each_field_that_differs(self) -> None:
        after = deepcopy(plan())
        after["objectives"][0] |= {"due": "2027-02-14", "owner": EVE}

        self.assertEqual(
            self.lines(plan(), after),
            [
                ("changed", "Meet the CTO, owner", "[Bob]", "[Eve]"),
                ("changed", "Meet the CTO, due", "[31 Jan 2027]", "[14 Feb 2027]"),
            ],
        )

    def test_a_person_who_married_is_the_same_person(self) -> None:
        after = deepcopy(plan())
        after["objectives"][0]["owner"] = {"id": 1, "name": "Bob Other"}

        self.assertEqual(self.lines(plan(), after), [])

    def test_rows_come_and_go(self) -> None:
        after = deepcopy(plan())
        after["objectives"][0]["actions"] = [
            {"id": 10, "title": "Visit", "owner": EVE, "due": "2026-12-11", "done_at": None}
        ]

        self.assertEqual(
            self.lines(plan(), after),
            [
                ("added", "Action", "", "[Visit], Eve, 11 Dec 2026"),
                ("removed", "Action", "[Call], Bob, 4 Dec 2026", ""),
            ],
        )

    def test_a_dropped_objective_is_gone_with_its_actions(self) -> None:
        after = deepcopy(plan())
        after["objectives"][0]["dropped"] = {"on": "2026-11-01", "reason": "Budget"}

        self.assertEqual([line[0] for line in self.lines(plan(), after)], ["removed", "removed"])

    def test_what_approval_covers_is_marked(self) -> None:
        after = deepcopy(plan())
        after["budget"] = "120.00"
        after["objectives"][0]["actions"][0]["title"] = "Phone"

        found = compare(plan(), after)

        self.assertEqual([(row.what, row.is_governed) for row in found.lines], [
            ("Budget", True), ("Call, wording", False),
        ])  # fmt: skip

    def test_a_snapshot_of_the_first_schema_says_nothing_about_what_it_did_not_keep(self) -> None:
        before = {k: v for k, v in plan().items() if k not in ("business", "risks", "budget")}

        self.assertEqual(self.lines(before, plan()), [])

    def test_words_are_marked_word_by_word(self) -> None:
        before, after = words(
            "Onboard radiographers in Bogotá", "Onboard night radiographers in Bogotá"
        )

        self.assertEqual(text(before), "Onboard radiographers in Bogotá")
        self.assertEqual(text(after), "Onboard[ night] radiographers in Bogotá")

    def test_texts_with_nothing_in_common_stand_as_wholes(self) -> None:
        before, after = words("Ring Paola", "Visit the board in Lima")

        self.assertEqual((text(before), text(after)), ("[Ring Paola]", "[Visit the board in Lima]"))

    def test_a_very_long_text_does_not_take_long(self) -> None:
        before, after = words("a b " * 20_000, "b a " * 20_000)

        self.assertEqual((len(before), len(after)), (1, 1))
