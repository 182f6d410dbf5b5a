"""Invitations on their way: one row of the ledger a person and a state of what they are asked to.

`subject` is series:12 or review:34; the occasion names what is asked (request, cancel) and the
sequence, so that each change is told once.
"""

from collections.abc import Iterable

from django.utils.timezone import now

from kam.lib.outbox.models import Delivery

INVITATION = "review_invitation"
REQUEST, CANCEL = "request", "cancel"


def announce(method: str, subject: str, sequence: int, people: Iterable[int]) -> None:
    """Inside the transaction of the change: nobody hears of what was rolled back."""
    at = now()
    rows = [
        Delivery(
            kind=INVITATION,
            subject=subject,
            recipient_id=person,
            occasion=f"{method} {sequence}",
            due_at=at,
        )
        for person in sorted(set(people))
    ]
    if rows:
        Delivery.objects.announce(rows)
