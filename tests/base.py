"""The cast. Alice leads Acme, Bob edits, Vera reads, Mallory leads another account, Root is admin.

Magda manages Alice, Henrik is the sponsor, Stefan sees the portfolio and works on nothing.
"""

import re
from datetime import UTC, date, datetime
from typing import Any

from django.test import Client, TestCase
from django.utils.timezone import now

from accounts.models import Account, Management, Membership, User
from accounts.models.session import hash_of
from accounts.users.session_lifetime import NOTED, SEEN, STARTED
from planning.models import Action, Objective, Plan
from tests.factories import make_account, make_action, make_objective, make_plan, make_user

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


class SignedIn(Client):
    """Signs in as the app leaves it: the session is noted, and no page has to write first."""

    def force_login(self, user: Any, backend: str | None = None) -> None:
        super().force_login(user, backend)
        session = self.session
        at = int(now().timestamp())
        session.update({STARTED: at, SEEN: at, NOTED: hash_of(str(session.session_key))})
        session.save()


def shown(page: Any) -> str:
    """The HTML of an answer with white space as a browser takes it: one, and none between tags."""
    html = re.sub(r"\s+", " ", page.content.decode())
    return re.sub(r"(?<=>) (?=<)| (?=>)", "", html)


class ClaveTest(TestCase):
    client_class = SignedIn
    alice: User
    bob: User
    vera: User
    mallory: User
    root: User
    magda: User
    henrik: User
    stefan: User
    acme: Account
    other: Account
    plan: Plan
    objective: Objective
    action: Action

    @classmethod
    def setUpTestData(cls) -> None:
        cls.magda = make_user("Magda Manager")
        cls.alice = make_user("Alice Alvarez", manager=cls.magda)
        cls.bob = make_user("Bob Baker")
        cls.vera = make_user("Vera Viewer")
        cls.mallory = make_user("Mallory Moss")
        cls.henrik = make_user("Henrik Dahl", title="Chief Executive")
        cls.stefan = make_user("Stefan Stern", sees_portfolio=True)
        cls.root = make_user("Root Rojas", is_admin=True)
        Management.objects.rebuild()

        cls.acme = make_account("Acme")
        cls.other = make_account("Other")
        Membership.objects.bulk_create(
            Membership(account=account, user=user, role=role, right=right)
            for account, user, role, right in [
                (cls.acme, cls.alice, "kam", "lead"),
                (cls.acme, cls.bob, "sales_engineering", "edit"),
                (cls.acme, cls.vera, "finance", "view"),
                (cls.acme, cls.henrik, "sponsor", "view"),
                (cls.other, cls.mallory, "kam", "lead"),
            ]
        )
        cls.plan = make_plan(cls.acme)
        cls.objective = make_objective(cls.plan, owner=cls.alice)
        cls.action = make_action(cls.objective, owner=cls.bob)
