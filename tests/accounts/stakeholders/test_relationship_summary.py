from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from accounts.models import Stakeholder
from accounts.stakeholders.relationship_summary import going_cold, relations
from accounts.stakeholders.stakeholder_snapshot import stakeholder_snapshot
from tests.base import MONDAY, TODAY, ClaveTest
from tests.factories import make_account, make_assessment, make_interaction, make_stakeholder

DAY = timedelta(days=1)


class RelationsTest(ClaveTest):
    def met(self, name: str, days: int, **changes: Any) -> Stakeholder:
        person = make_stakeholder(self.acme, name, **changes)
        make_interaction(person, by=self.alice, at=MONDAY - days * DAY)
        return person

    def test_going_cold_is_the_same_for_one_person_in_sql_and_in_python(self) -> None:
        """The day in SQL against the day in Python, around midnight in several zones."""
        people = [self.met(f"P{n}", 0, cadence=c) for n, c in enumerate((1, 14, 30))]
        for zone in ("Pacific/Auckland", "America/Bogota", "Europe/Berlin", "UTC"):
            self.alice.time_zone = zone
            for hour in (0, 4, 11, 13, 22, 23):
                at = datetime(2026, 12, 7, hour, 30, tzinfo=UTC)
                in_sql = {one.record.pk for one in going_cold(self.alice, at).people}
                in_python = {
                    p.pk
                    for p in stakeholder_snapshot(self.acme, self.alice, at).people
                    if p.is_cold
                }
                with self.subTest(zone, hour=hour):
                    self.assertEqual(in_sql, in_python & {p.pk for p in people})

    def test_the_powerful_are_first_and_the_list_is_bounded(self) -> None:
        for number in range(9):
            self.met(f"Low {number}", 99, influence="low")
        high = self.met("High", 31, influence="high")

        cold = going_cold(self.alice, MONDAY)

        self.assertEqual((cold.people[0].record, cold.people[0].days), (high, 31))
        self.assertEqual((len(cold.people), cold.count), (6, 10))

    def test_only_accounts_one_works_on_and_people_who_are_there(self) -> None:
        self.met("Gone", 99).leave(by=self.alice, at=MONDAY)
        self.met("Gap", 99, is_gap=True)
        self.met("Here", 99)

        self.assertEqual([one.record.name for one in going_cold(self.bob, MONDAY).people], ["Here"])
        for outsider in (self.mallory, self.stefan, self.root):
            self.assertEqual(going_cold(outsider, MONDAY).people, [])

    def test_the_overview_in_few_queries_whatever_the_people(self) -> None:
        self.met("First", 1)
        before = self.count_queries()
        for number in range(30):
            self.met(f"More {number}", number)

        self.assertEqual(self.count_queries(), before)
        self.assertLessEqual(before, 9)

    def test_disposition_then_and_now_and_both_ways_reach_the_circle(self) -> None:
        person = self.met("Paola", 12, influence="high")
        make_assessment(person, -1, by=self.alice, on=TODAY - 200 * DAY)
        make_assessment(person, 1, by=self.alice, on=TODAY - 10 * DAY, evidence="")

        one = stakeholder_snapshot(self.acme, self.alice, MONDAY).people[0]

        self.assertEqual((one.disposition, one.was, one.is_guess), (1, -1, True))
        self.assertEqual((one.days, one.two_way_days, one.cadence), (12, 12, 30))

    def test_the_fragments_render_for_full_and_for_empty_accounts(self) -> None:
        self.met("Paola", 99)
        bare = make_account("Bare")

        for account in (self.acme, bare):
            context = {
                "account": account,
                "relations": relations(account, self.alice, MONDAY),
                "may_edit": True,
            }
            for name in ("kam/overview/_relationships.html", "kam/overview/_interactions.html"):
                self.assertIn("<section", render_to_string(name, context))
        cold = render_to_string("kam/today/_cold.html", {"cold": going_cold(self.alice, MONDAY)})
        self.assertIn("99 days", cold)

    def count_queries(self) -> int:
        with CaptureQueriesContext(connection) as queries:
            relations(self.acme, self.alice, MONDAY)
        return len(queries)
