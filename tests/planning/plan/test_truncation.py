"""A long plan stays a light page; what is folded opens where it is asked for, also without scripts."""

import re
from typing import Any

from django.urls import reverse

from planning.models import Action, Objective
from planning.plan.plan_structure import plan_structure
from planning.plan.truncation import unfold
from tests.base import TODAY, ClaveTest


class UnfoldingTest(ClaveTest):
    def setUp(self) -> None:
        self.client.force_login(self.alice)
        self.url = reverse("planning:plan", args=[self.acme.pk])

    def grow(self, objectives: int, actions: int) -> list[Objective]:
        made = Objective.objects.bulk_create(
            Objective(
                account=self.acme, plan=self.plan, horizon=("short", "mid", "long")[n % 3],
                title=f"Objective number {n} of a long plan", owner=self.bob, due=TODAY, position=n + 1,
            )
            for n in range(objectives)
        )  # fmt: skip
        Action.objects.bulk_create(
            Action(
                account=self.acme, objective=objective, owner=self.bob, due=TODAY, position=n,
                title=f"Action number {n} behind {objective.title}",
            )
            for objective in made
            for n in range(actions)
        )  # fmt: skip
        return made

    def page(self, **query: Any) -> str:
        return self.client.get(self.url, query).content.decode()

    def test_an_ordinary_plan_is_drawn_whole(self) -> None:
        self.grow(5, 3)

        page = self.page()

        self.assertEqual(page.count('class="ck"'), 16)
        self.assertNotIn("more action", page)
        self.assertNotIn("more objective", page)

    def test_300_actions_make_a_page_under_60_kb(self) -> None:
        for objectives, actions in ((6, 50), (60, 5), (300, 1)):
            with self.subTest(objectives=objectives):
                Objective.objects.filter(plan=self.plan).delete()
                self.grow(objectives, actions)
                self.assertLess(len(self.page()), 60_000)

    def test_what_is_folded_is_a_link_that_unfolds_it(self) -> None:
        last = self.grow(60, 5)[-1]
        page = self.page()
        self.assertNotIn(f"Action number 4 behind {last.title}", page)

        opened = self.page(plan=self.plan.pk, open=last.pk)

        self.assertIn(f"Action number 4 behind {last.title}", opened)
        self.assertIn(
            f'action="{reverse("planning:action_finish", args=[last.moves[0].pk])}"', opened
        )

    def test_a_link_to_an_objective_finds_it_unfolded(self) -> None:
        long = self.grow(6, 50)[4]

        page = self.client.get(long.get_absolute_url().split("#")[0]).content.decode()

        self.assertIn(f'id="objective-{long.pk}"', page)
        self.assertIn(f"Action number 49 behind {long.title}", page)

    def test_every_objective_is_named_or_counted(self) -> None:
        self.grow(80, 1)
        page = self.page()
        named = set(re.findall(r'id="objective-(\d+)"', page))
        counted = re.search(r"(\d+) more objectives", page)
        assert counted is not None

        self.assertEqual(len(named) + int(counted.group(1)), 81)
        self.assertEqual(len(re.findall(r'id="objective-\d+"', self.page(all=""))), 81)

    def test_the_counts_are_of_the_whole_plan(self) -> None:
        self.grow(60, 5)

        self.assertIn("301 actions", self.page())

    def test_nothing_is_lost_between_shown_and_unshown(self) -> None:
        self.grow(6, 50)
        rows = [o for part in plan_structure(self.plan, TODAY).horizons for o in part.objectives]

        unfold(rows)

        self.assertEqual(sum(len(o.shown) + o.unshown for o in rows), 301)
        self.assertTrue(all(o.shown == [] for o in rows if o.is_folded))

    def test_an_unknown_objective_opens_nothing(self) -> None:
        self.assertEqual(self.client.get(self.url, {"open": "x"}).status_code, 200)
        self.assertEqual(
            self.client.get(self.url, {"open": "999999999999999999999"}).status_code, 200
        )
