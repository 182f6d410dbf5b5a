from typing import Any

from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from accounts.models import Account, Membership, changing
from kam.lib.together import Asking, alone, fetch, first, together
from planning.models import Action, Objective
from tests.base import ClaveTest
from tests.factories import make_action, make_objective


def names(account: Account) -> Asking[list[str]]:
    """Asks a second time for what the first answer says."""
    (team,) = yield [Membership.objects.of_account(account).in_order()]
    (accounts,) = yield [Account.objects.filter(memberships__in=team).distinct().by_name()]
    return [row.name for row in accounts] + [member.user.name for member in team]


def nothing() -> Asking[str]:
    yield []
    return "asked nothing"


class TogetherTest(ClaveTest):
    def test_parts_ask_side_by_side_and_answer_in_their_order(self) -> None:
        with CaptureQueriesContext(connection) as questions:
            here, quiet, there = together(names(self.acme), nothing(), names(self.other))

        self.assertEqual(here, ["Acme", "Alice Alvarez", "Henrik Dahl", "Bob Baker", "Vera Viewer"])
        self.assertEqual((quiet, there), ("asked nothing", ["Other", "Mallory Moss"]))
        self.assertEqual(len(questions), 2)

    def test_rows_are_those_that_each_would_have_got_by_itself(self) -> None:
        make_action(
            make_objective(self.plan, owner=self.bob), owner=self.alice, title="100 % “done”"
        )
        mine: dict[str, Any] = {
            "joined": Action.objects.for_list(),
            "prefetched": Objective.objects.of_plan(self.plan).with_actions(),
            "ordered by what is not shown": Action.objects.order_by("owner__name").distinct(),
            "pairs": Action.objects.order_by("pk").values_list("pk", "title"),
            "flat": Action.objects.order_by("pk").values_list("title", flat=True),
            "dictionaries": Action.objects.order_by().values("account").annotate(n=Count("pk")),
            "sliced": Action.objects.filter(title__contains="%").for_list()[:1],
            "nobody": Account.objects.none(),
            "none of them": Account.objects.filter(pk__in=[]),
        }
        alike = {name: list(rows.all()) for name, rows in mine.items()}

        with CaptureQueriesContext(connection) as questions:
            fetch(mine.values())
            found = {name: list(rows) for name, rows in mine.items()}
            moves = [move.owner.name for goal in found["prefetched"] for move in goal.moves]

        self.assertEqual(found, alike)
        self.assertEqual(moves, ["Bob Baker", "Alice Alvarez"])
        self.assertEqual(len(questions), 2)  # and what the objectives prefetch

    def test_a_queryset_may_be_asked_again_afterwards(self) -> None:
        rows = Action.objects.for_list()
        fetch([rows])
        make_action(self.objective, owner=self.alice)

        self.assertEqual((len(rows), rows.count(), len(rows.all())), (1, 1, 2))

    def test_within_an_action_each_asks_by_itself(self) -> None:
        with changing(self.acme.pk, "test", by=self.alice.pk):
            here, there = together(names(self.acme), names(self.other))

        self.assertEqual((here[0], there), ("Acme", ["Other", "Mallory Moss"]))

    def test_an_error_in_one_is_an_error_of_all(self) -> None:
        def broken() -> Asking[Any]:
            yield [Action.objects.extra(where=["1 / 0 = 1"])]

        with self.assertRaisesMessage(Exception, "division by zero"):
            alone(broken())

    def test_the_first_of_none_is_none(self) -> None:
        self.assertEqual((first([]), first([1, 2])), (None, 1))
