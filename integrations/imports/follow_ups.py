"""What follows from an import, once for all its accounts: last contacts, figures, revisions."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection

from accounts.models.account import forget_rails_of, raise_revisions
from accounts.models.standing import refresh

if TYPE_CHECKING:
    from integrations.imports.run import Run

AT_ONCE = 500
LAST_CONTACTS = """
    UPDATE accounts_stakeholder person
    SET last_contact_at = GREATEST(person.last_contact_at, met.last),
        last_two_way_at = GREATEST(person.last_two_way_at, met.last_two_way)
    FROM (
        SELECT part.stakeholder_id, max(talk.at) AS last,
               max(talk.at) FILTER (WHERE talk.is_two_way) AS last_two_way
        FROM accounts_theirpart part JOIN accounts_interaction talk ON talk.id = part.interaction_id
        WHERE part.stakeholder_id = ANY(%s) AND talk.kind <> 'note'
        GROUP BY part.stakeholder_id
    ) met
    WHERE person.id = met.stakeholder_id
"""
ACQUAINTANCES = """
    INSERT INTO accounts_acquaintance (account_id, user_id, stakeholder_id, level, wanted)
    SELECT DISTINCT theirs.account_id, ours.user_id, theirs.stakeholder_id, 1, 0
    FROM accounts_theirpart theirs
    JOIN accounts_interaction talk ON talk.id = theirs.interaction_id AND talk.is_two_way
    JOIN accounts_ourpart ours ON ours.interaction_id = theirs.interaction_id
    WHERE theirs.stakeholder_id = ANY(%s)
    ON CONFLICT DO NOTHING
"""


FILLED = [
    "accounts_account", "accounts_stakeholder", "accounts_opportunity", "accounts_interaction",
    "accounts_theirpart", "accounts_ourpart", "accounts_externalkey",
]  # fmt: skip


def take_stock() -> None:
    """Tell the planner how full the tables have become: it still believes them empty."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(FILLED)}")


def settle(run: "Run") -> None:
    take_stock()
    with connection.cursor() as cursor:
        for met in _bites(sorted(run.met)):
            cursor.execute(LAST_CONTACTS, [met])
            cursor.execute(ACQUAINTANCES, [met])
    refresh_accounts(sorted(run.touched), at=run.at)


def refresh_accounts(pks: Sequence[int], *, at: datetime) -> None:
    """Figures made anew, and every cached page of them forgotten."""
    for touched in _bites(pks):
        refresh(touched, at=at)
        raise_revisions(touched)
        forget_rails_of(touched)


def _bites(pks: Sequence[int]) -> Iterator[list[int]]:
    for start in range(0, len(pks), AT_ONCE):
        yield list(pks[start : start + AT_ONCE])
