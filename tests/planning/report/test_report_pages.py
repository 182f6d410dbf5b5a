"""What the pages of a report say, read from frozen data alone."""

from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.test import SimpleTestCase

from kam.lib.text.reader import Reader, reading_as
from planning.report.pages import PlanPages

TODAY = date(2026, 11, 23)
ALICE = {"id": 1, "name": "Alice Alvarez"}
BOB = {"id": 2, "name": "Bob Baker"}


def action(title: str, **changes: Any) -> dict[str, Any]:
    row = {"id": 1, "title": title, "note": "", "owner": BOB, "due": "2026-12-04"}
    return {**row, "done_at": None, "waits_for": "", **changes}


def objective(**changes: Any) -> dict[str, Any]:
    row = {"id": 7, "horizon": "short", "title": "Meet the CTO", "owner": BOB, "due": "2027-01-31"}
    measure = {"measure": "", "unit": "", "baseline": "0", "target": None, "current": "0"}
    return {**row, **measure, "progress": "0", "actions": [], **changes}


def frozen(*objectives: dict[str, Any]) -> dict[str, Any]:
    team = [{**ALICE, "role": "kam"}, {**BOB, "role": "sales_engineering"}]
    account = {"id": 1, "name": "Acme <Ltd>", "team": team}
    return {"account": account, "period": ["2027-01-01", "2027-12-31"], "objectives": objectives}


def pages(*objectives: dict[str, Any]) -> PlanPages:
    return PlanPages.of(frozen(*objectives), version=3, today=TODAY)


def html(*objectives: dict[str, Any]) -> str:
    context = {"plan": pages(*objectives), "title": "T", "language": "en-GB"}
    return render_to_string("planning/report/pages/plan.html", context)


class PagesTest(SimpleTestCase):
    def test_title_names_account_and_period(self) -> None:
        self.assertEqual(pages().title, "Acme <Ltd>, account plan 2027")

    def test_period_that_is_no_year_is_said_in_full(self) -> None:
        data = frozen() | {"period": ["2026-07-01", "2027-06-30"]}

        plan = PlanPages.of(data, version=1, today=TODAY)

        self.assertEqual(plan.period_words, "Jul 2026 – Jun 2027")

    def test_horizons_come_in_order_and_empty_ones_are_left_out(self) -> None:
        plan = pages(objective(horizon="long"), objective(horizon="short"))

        self.assertEqual([stage.key for stage in plan.stages], ["short", "long"])

    def test_percent_measure(self) -> None:
        goal = pages(
            objective(unit="%", baseline="12", target="60", current="41", progress="0.6")
        ).goals[0]

        self.assertEqual(goal.measure, "41\N{NO-BREAK SPACE}% of 60\N{NO-BREAK SPACE}%")
        self.assertEqual(goal.start, "from 12\N{NO-BREAK SPACE}%")
        self.assertEqual(goal.share, 60)

    def test_money_measure(self) -> None:
        goal = pages(objective(unit="EUR", target="260000", current="0")).goals[0]

        self.assertEqual(goal.measure.split(" of ")[0], "€0")

    def test_other_unit_follows_the_number(self) -> None:
        goal = pages(objective(unit="seats", target="180", current="20")).goals[0]

        self.assertEqual(goal.measure, "20 of 180 seats")

    def test_without_target_the_actions_are_the_measure(self) -> None:
        done = action("Call", done_at="2026-11-12T10:00:00Z")

        goal = pages(objective(actions=[done, action("Write")])).goals[0]

        self.assertEqual(goal.measure, "1 of 2 actions done")

    def test_late_is_counted_to_the_day_of_the_snapshot(self) -> None:
        goal = pages(objective(actions=[action("Call", due="2026-11-18")])).goals[0]

        self.assertEqual(goal.moves[0].when, "5 days late")
        self.assertEqual((goal.state, goal.state_words), ("watch", "1 action late"))

    def test_done_action_is_never_late(self) -> None:
        done = action("Call", due="2026-11-01", done_at="2026-11-12T10:00:00Z")

        move = pages(objective(actions=[done])).moves[0]

        self.assertEqual((move.days_late, move.when), (0, "Done 12 Nov"))

    def test_another_year_is_named(self) -> None:
        move = pages(objective(actions=[action("Call", due="2027-01-15")])).moves[0]

        self.assertEqual(move.when, "15 Jan 2027")

    def test_objective_without_action_is_a_gap(self) -> None:
        self.assertEqual(pages(objective()).goals[0].state, "watch")

    def test_next_actions_are_the_open_ones_by_due_date(self) -> None:
        rows = [
            action("Third", due="2027-01-01"),
            action("Done", due="2026-01-01", done_at="2026-01-01T10:00:00Z"),
            action("First", due="2026-11-01"),
        ]

        plan = pages(objective(actions=rows))

        self.assertEqual([move.title for move in plan.next_moves], ["First", "Third"])


class HtmlTest(SimpleTestCase):
    def test_one_page_stays_one_page(self) -> None:
        page = html(*[objective(id=number) for number in range(12)])

        self.assertIn("and 7 more, in section 3", page)

    def test_bar_is_a_picture_with_words(self) -> None:
        page = html(objective(target="7", current="4", progress="0.5714"))

        self.assertInHTML("<title>57 % of the way</title>", page, count=2)

    def test_actions_are_an_ordered_list_with_what_they_wait_for(self) -> None:
        page = html(objective(actions=[action("Ask", waits_for="Prepare")]))

        self.assertIn("<ol>", page)
        self.assertInHTML('<span class="sub">Waits for “Prepare”</span>', page)

    def test_every_entry_of_the_contents_has_its_place(self) -> None:
        page = html(objective())

        for anchor in ("s0", "s1", "s2", "s3", "h-short"):
            self.assertIn(f'href="#{anchor}"', page)
            self.assertIn(f'id="{anchor}"', page)

    def test_names_are_escaped(self) -> None:
        page = html(objective(title="<img src=file:///etc/passwd>"))

        self.assertNotIn("<img", page)
        self.assertIn("Acme &lt;Ltd&gt;", page)

    def test_empty_plan_says_so(self) -> None:
        self.assertIn("This plan has no objective yet.", html())


class SpanishTest(SimpleTestCase):
    def test_numbers_and_dates_follow_the_region(self) -> None:
        row = objective(target="1500.5", current="0", actions=[action("Llamar")])
        with reading_as(Reader("es", "es-CO", "America/Bogota")):
            goal = pages(row).goals[0]

            self.assertIn("1.500,5", goal.measure)
            self.assertEqual(goal.moves[0].when, "4 dic")
