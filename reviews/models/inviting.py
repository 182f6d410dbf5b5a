"""Invitations on their way: one row of the ledger a person and a state of what they are asked to.

`subject` is series:12 or review:34; the occasion names what is asked (request, cancel) and the
sequence, so that each change is told once. What one person is asked to at one account is gathered:
whoever sets up several series does so within minutes, and each hears of them in one mail.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.timezone import now

from kam.lib.outbox.models import Delivery

INVITATION = "review_invitation"
REQUEST, CANCEL = "request", "cancel"
# After the latest series, but no longer than this after the first.
GATHERS_FOR, AT_MOST = timedelta(minutes=5), timedelta(minutes=20)


def announce(
    method: str, subject: str, sequence: int, people: Iterable[int], *, account: int
) -> None:
    """Inside the transaction of the change: nobody hears of what was rolled back."""
    at, asked = now(), sorted(set(people))
    waits = method == REQUEST and subject.startswith("series:")
    due = _gather(account, asked, at) if waits else _release(account, asked, at)
    rows = [
        Delivery(
            kind=INVITATION,
            subject=subject,
            recipient_id=person,
            occasion=f"{method} {sequence}",
            gathering=gathered(account),
            due_at=due[person],
        )
        for person in asked
    ]
    if rows:
        Delivery.objects.announce(rows)


def gathered(account: int) -> str:
    return f"account:{account}"


def _gather(account: int, people: list[int], at: datetime) -> dict[int, datetime]:
    """When each hears of it, and of what waits for them already."""
    first: dict[int, datetime] = {}
    for row in _waiting(account, people):
        first.setdefault(row.recipient_id, row.created_at)
    due = {pk: min(at + GATHERS_FOR, first.get(pk, at) + AT_MOST) for pk in people}
    for person in first:
        Delivery.objects.filter(pk__in=_keys(account, [person])).update(due_at=due[person])
    return due


def _release(account: int, people: list[int], at: datetime) -> dict[int, datetime]:
    """A move or an end waits for nothing, and comes after what it changes."""
    Delivery.objects.filter(pk__in=_keys(account, people)).update(due_at=at)
    return dict.fromkeys(people, at)


def _keys(account: int, people: list[int]) -> list[int]:
    return [row.pk for row in _waiting(account, people)]


def _waiting(account: int, people: list[int]) -> Iterable[Delivery]:
    return Delivery.objects.gathering(INVITATION, gathered(account)).filter(recipient__in=people)
