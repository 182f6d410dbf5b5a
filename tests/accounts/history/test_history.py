from datetime import date, timedelta

import pgtrigger
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from accounts.history.event_text import EventLine
from accounts.history.history_registry import told
from accounts.models import Account, Membership, User, changing
from kam.lib.data.history import action
from planning.models import Action
from tests.base import ClaveTest
from tests.factories import make_absence, make_account, make_action


class HistoryTest(ClaveTest):
    def setUp(self) -> None:
        self.url = reverse("accounts:history", args=[self.acme.pk])
        self.client.force_login(self.bob)

    def lines(self, **query: str) -> list[str]:
        """What the page says, without the marks of before and after."""
        days = self.client.get(self.url, query).context["days"]
        found = [
            line for day in days for line in [x for top in day.lines for x in (top, *top.more)]
        ]
        return [f"{line.by or 'Clave'} {strip_tags(line.says)}" for line in found]

    def test_a_new_name_with_the_old_one(self) -> None:
        self.action.rename(seen=self.action.title, title="Visit the VP", by=self.alice)

        expected = (
            "Alice Alvarez renamed the action from Call the VP of engineering to Visit the VP"
        )
        self.assertIn(expected, self.lines())
        self.assertContains(self.client.get(self.url), "<del>Call the VP of engineering</del>")

    def test_one_field_is_one_sentence(self) -> None:
        self.action.change(by=self.bob, due=date(2027, 1, 8))

        self.assertIn(
            "Bob Baker changed the due date of the action “Call the VP of engineering” "
            "from 4 Dec 2026 to 8 Jan 2027",
            self.lines(),
        )

    def test_several_fields_are_listed_behind_it(self) -> None:
        self.action.change(by=self.bob, due=date(2027, 1, 8), owner=self.alice, note="Later")

        line = self.first(self.bob)
        self.assertEqual(
            [(c.words, c.old, c.new) for c in line.changes],
            [
                ("the note", "", "Later"),
                ("the owner", "Bob Baker", "Alice Alvarez"),
                ("the due date", "4 Dec 2026", "8 Jan 2027"),
            ],
        )

    def test_people_come_change_and_go(self) -> None:
        member = self.acme.add_member(self.stefan, "marketing", by=self.alice)
        member.change(role="support", right="edit", by=self.alice)
        member.leave(by=self.root)

        self.assertEqual(
            [line for line in self.lines() if "Stefan" in line],
            [
                "Root Rojas took Stefan Stern off the team",
                "Alice Alvarez changed the role of Stefan Stern on the team from Marketing to Support",
                "Alice Alvarez added Stefan Stern to the team as Marketing, with the right to edit",
            ],
        )

    def test_deleted_things_are_told_with_their_last_name(self) -> None:
        other = make_action(self.objective, owner=self.bob, title="Send the deck")
        waits = make_action(self.objective, owner=self.bob, title="Then call", waits_for=other)
        with action("action.drop", by=self.bob.pk):
            waits.delete()
            other.delete()

        self.assertIn("Bob Baker deleted the action “Send the deck”", self.lines())

    def test_a_reference_to_something_gone_keeps_its_name(self) -> None:
        other = make_action(self.objective, owner=self.bob, title="Send the deck")
        self.action.change(by=self.bob, waits_for=other)
        with action("action.drop", by=self.bob.pk):
            Action.objects.filter(pk=other.pk).delete()

        self.assertTrue(
            any("what it waits for" in line and "Send the deck" in line for line in self.lines())
        )

    def test_the_clock_is_called_clave(self) -> None:
        with action("account.note", by=None):
            Account.objects.filter(pk=self.acme.pk).update(city="Bogotá")

        self.assertIn("Clave set the city of the account to Bogotá", self.lines())

    def test_text_of_people_is_text(self) -> None:
        self.action.rename(
            seen=self.action.title, title="<script>alert(1)</script>%(name)s", by=self.bob
        )

        page = self.client.get(self.url)

        self.assertNotContains(page, "<script>alert")
        self.assertContains(page, "&lt;script&gt;alert(1)&lt;/script&gt;%(name)s")

    def test_only_of_this_account_and_nothing_of_people_themselves(self) -> None:
        self.mallory.administer(by=self.root, title="Secret title")
        self.other.add_member(self.stefan, "support", by=self.mallory)

        self.assertNotIn("Secret", str(self.lines()))
        self.assertNotIn("Mallory", str(self.lines()))
        self.assertNotIn("accounts.user", told())

    def test_a_group_that_is_not_yours_has_no_name_here(self) -> None:
        with changing(self.acme.pk, "account.change", by=self.root.pk):
            Account.objects.filter(pk=self.acme.pk).update(parent=self.other)

        self.assertNotIn("to Other", str(self.lines()))
        self.client.force_login(self.root)
        self.assertIn("the group of the account to Other", str(self.lines()))

    def test_filter_by_person(self) -> None:
        self.action.change(by=self.alice, note="One")
        self.action.change(by=self.bob, note="Two")

        self.assertTrue(
            all(line.startswith("Alice") for line in self.lines(who=str(self.alice.pk)))
        )
        self.assertEqual(len(self.lines(who=str(self.alice.pk))), 1)
        self.assertTrue(all(line.startswith("Clave") for line in self.lines(who="0")))

    def test_filter_by_subject(self) -> None:
        self.acme.add_member(self.stefan, "marketing", by=self.alice)
        self.action.change(by=self.bob, note="Two")

        self.assertIn("action", str(self.lines(what="plan")))
        self.assertNotIn("team", str(self.lines(what="plan")))
        self.assertNotIn("action", str(self.lines(what="account")))

    def test_former_members_are_offered_too(self) -> None:
        Membership.objects.get(account=self.acme, user=self.vera).leave(by=self.alice)

        choices = dict(self.client.get(self.url).context["form"].fields["who"].choices)
        self.assertIn(str(self.vera.pk), choices)
        self.assertNotIn(str(self.mallory.pk), choices)

    def test_nonsense_in_the_address_narrows_nothing(self) -> None:
        everything = self.lines()

        for query in [
            {"who": "x"},
            {"what": "'"},
            {"before": "yesterday"},
            {"before": "2026-01-01~x~1"},
            {"who": "99999999999999999999"},
        ]:
            with self.subTest(query):
                self.assertEqual(self.lines(**query), everything)

    def test_the_pages_hold_everything_once_in_order(self) -> None:
        for number in range(130):
            self.action.change(by=self.bob, note=f"Step {number}")
        make_absence(self.bob, self.acme, deputy=self.vera)

        seen: list[EventLine] = []
        query: dict[str, str] | None = {}
        while query is not None:
            page = self.client.get(self.url, query)
            seen += [
                x for day in page.context["days"] for top in day.lines for x in (top, *top.more)
            ]
            following = page.context["following"]
            query = {"before": str(following)} if following else None

        self.assertEqual(len(seen), page.context["extent"].count)
        self.assertEqual(
            [line.at for line in seen], sorted((line.at for line in seen), reverse=True)
        )
        steps = [str(line.says).split("Step ")[-1] for line in seen if "to <ins>Step" in line.says]
        self.assertEqual(len(steps), len(set(steps)))

    def test_rows_of_one_moment_are_neither_lost_nor_doubled_between_pages(self) -> None:
        with action("plan.copy", by=self.bob.pk):
            for number in range(120):
                make_action(self.objective, owner=self.bob, title=f"Copied {number}")

        first = self.client.get(self.url)
        second = self.client.get(self.url, {"before": str(first.context["following"])})
        third = self.client.get(self.url, {"before": str(second.context["following"])})

        titles = [
            str(x.says)
            for page in (first, second, third)
            for day in page.context["days"]
            for top in day.lines
            for x in (top, *top.more)
        ]
        copied = [title for title in titles if "Copied" in title]
        self.assertEqual((len(copied), len(set(copied))), (120, 120))

    def test_many_of_one_action_become_one_line(self) -> None:
        with action("plan.copy", by=self.bob.pk):
            for number in range(20):
                make_action(self.objective, owner=self.bob, title=f"Copied {number}")

        self.assertEqual(len(self.first(self.bob).more), 19)

    def test_days_are_those_of_the_reader(self) -> None:
        self.action.change(by=self.alice, note="Late at night")
        with pgtrigger.ignore(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE planning_actionevent SET pgh_created_at = '2026-11-20 23:30+00' WHERE note <> ''"
            )

        days = self.client.get(self.url, {"who": str(self.alice.pk)}).context["days"]
        self.assertEqual([d.day for d in days], [date(2026, 11, 21)])
        self.bob.change_settings(time_zone="America/Bogota")
        days = self.client.get(self.url, {"who": str(self.alice.pk)}).context["days"]
        self.assertEqual([d.day for d in days], [date(2026, 11, 20)])

    def test_more_changes_need_no_more_queries(self) -> None:
        self.action.change(by=self.bob, owner=self.alice)
        self.client.get(self.url)
        few = self.queries()
        for number in range(60):
            other = make_action(self.objective, owner=self.bob, title=f"New {number}")
            other.change(by=self.bob, owner=self.vera, due=date(2027, 1, 1) + timedelta(number))
        self.client.get(self.url)

        self.assertEqual(self.queries(), few)

    def test_an_account_without_a_past_has_a_page(self) -> None:
        fresh = make_account("Fresh")
        self.client.force_login(self.root)

        self.assertEqual(
            self.client.get(reverse("accounts:history", args=[fresh.pk])).status_code, 200
        )

    def test_every_word_of_an_action_has_a_model_that_is_told(self) -> None:
        for entry in told().values():
            with self.subTest(entry.kind):
                for name in {*entry.fields, *entry.needs}:
                    self.assertIsNotNone(entry.field_of(name))

    def test_stranger_gets_404(self) -> None:
        self.client.force_login(self.mallory)

        self.assertEqual(self.client.get(self.url).status_code, 404)

    def first(self, by: User) -> EventLine:
        page = self.client.get(self.url, {"who": str(by.pk)})
        line: EventLine = page.context["days"][0].lines[0]
        return line

    def queries(self) -> int:
        with CaptureQueriesContext(connection) as found:
            self.client.get(self.url)
        return len(found)
