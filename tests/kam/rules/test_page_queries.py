"""Pages that are drawn ask few questions, also of a plan with history and approval."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from planning.models import Approval
from planning.models.snapshot import as_json
from planning.versions.version_data import fingerprint, frozen
from tests.base import MONDAY, ClaveTest
from tests.factories import make_action, make_objective

MOST = 15
# Made of many small lists of three apps (docs/decisions/0014-together.md). Here the plan is also
# compared with its approved version. Raise none of them: a page asks no more for showing more.
OF_MANY_LISTS = {"overview": 27, "planning:plan": 39, "planning:onepage": 19}


class PageQueriesTest(ClaveTest):
    def setUp(self) -> None:
        asked = Approval.ask(self.plan, by=self.alice, at=MONDAY)
        asked.approve(by=self.henrik, at=MONDAY, seen=fingerprint(as_json(frozen(self.plan))))
        for person in (self.alice, self.bob):
            objective = make_objective(self.plan, owner=person)
            objective.rename(title="More", seen=objective.title, by=person)
            make_action(objective, owner=person).finish(by=person, at=MONDAY)
        self.client.force_login(self.alice)

    def test_every_page_that_is_opened_often(self) -> None:
        acme, plan = self.acme.pk, self.plan.pk
        pages = {
            "today": [], "accounts:accounts": [], "reviews:portfolio": [], "reviews:reviews": [],
            "overview": [acme], "accounts:stakeholders": [acme], "planning:plan": [acme],
            "planning:business": [acme], "accounts:money": [acme], "accounts:history": [acme],
            "planning:whitespace": [acme], "planning:onepage": [plan],
        }  # fmt: skip
        for name, of in pages.items():
            with self.subTest(name):
                self.client.get(reverse(name, args=of))  # the first one draws the rail
                with CaptureQueriesContext(connection) as questions:
                    response = self.client.get(reverse(name, args=of))
                self.assertEqual(response.status_code, 200)
                self.assertLessEqual(len(questions), OF_MANY_LISTS.get(name, MOST))
