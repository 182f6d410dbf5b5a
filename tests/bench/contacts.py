"""The client's people and the talks with them, straight into the tables."""

from datetime import datetime, timedelta

from django.db import connection

from accounts.models import Account, Assessment, Interaction, OurPart, Stakeholder, TheirPart, User
from accounts.models.stakeholders import DecisionRole

STAKEHOLDERS, INTERACTIONS = 10, 20
BATCH = 5000
AT_ONCE = 1000  # accounts
ROLES = DecisionRole.values
# What a log would have written by itself: who was met last, and when.
MET = """
    UPDATE accounts_stakeholder s SET last_contact_at = m.at, last_two_way_at = m.at
    FROM (SELECT t.stakeholder_id, max(i.at) AS at FROM accounts_theirpart t
          JOIN accounts_interaction i ON i.id = t.interaction_id GROUP BY 1) m
    WHERE s.id = m.stakeholder_id AND s.last_contact_at IS NULL
"""


def meet(accounts: list[Account], people: list[User], at: datetime) -> None:
    """Ten stakeholders with an opinion each and twenty interactions for every account."""
    for start in range(0, len(accounts), AT_ONCE):
        _people(accounts[start : start + AT_ONCE], people, at)
        _talks(accounts[start : start + AT_ONCE], people, at)
    with connection.cursor() as cursor:
        cursor.execute(MET)


def _people(accounts: list[Account], people: list[User], at: datetime) -> None:
    today = at.date()
    made = Stakeholder.objects.bulk_create(
        (
            Stakeholder(
                owed_since=at - timedelta(days=365), account=account, name=f"Stakeholder {n} of {account.name}", title="Director",
                department=f"Department {n % 4}", roles=[ROLES[n % len(ROLES)]],
                influence=("low", "medium", "high")[n % 3], owner=people[(account.pk + n) % len(people)],
            )
            for account in accounts
            for n in range(STAKEHOLDERS)
        ),
        batch_size=BATCH,
    )  # fmt: skip
    Assessment.objects.bulk_create(
        (
            Assessment(
                account_id=person.account_id, stakeholder=person, disposition=n % 5 - 2,
                made_on=today - timedelta(days=n % 60), author=people[n % len(people)],
                reason="As they said", evidence="A talk",
                expires_on=today + timedelta(days=120),
            )
            for n, person in enumerate(made)
        ),
        batch_size=BATCH,
    )  # fmt: skip


def _talks(accounts: list[Account], people: list[User], at: datetime) -> None:
    talks = Interaction.objects.bulk_create(
        (
            Interaction(
                account=account, kind=("meeting", "call", "email")[n % 3],
                at=at - timedelta(days=9 * n + account.pk % 7, hours=1), note=f"Talk {n}, as it went",
                author=people[(account.pk + n) % len(people)],
            )
            for account in accounts
            for n in range(INTERACTIONS)
        ),
        batch_size=BATCH,
    )  # fmt: skip
    known: dict[int, list[int]] = {}
    pairs = Stakeholder.objects.filter(account__in=accounts).values_list("account_id", "pk")
    for account_id, pk in pairs.order_by("pk"):
        known.setdefault(account_id, []).append(pk)
    TheirPart.objects.bulk_create(
        (
            TheirPart(
                account_id=talk.account_id, interaction=talk,
                stakeholder_id=known[talk.account_id][n % STAKEHOLDERS],
            )
            for n, talk in enumerate(talks)
        ),
        batch_size=BATCH,
    )  # fmt: skip
    OurPart.objects.bulk_create(
        (
            OurPart(account_id=talk.account_id, interaction=talk, user_id=talk.author_id)
            for talk in talks
        ),
        batch_size=BATCH,
    )
