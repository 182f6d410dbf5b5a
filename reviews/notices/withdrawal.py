"""Calendars follow rights: who may not see an account any more gets its reviews taken out.

Rights go in many ways (a team, a manager, the portfolio view, an absence that ends): so the clock
asks who was told of a series and may see it no longer, or again.
"""

from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils.timezone import now

from accounts.models.rights import sees_its_account
from kam.lib.outbox.models import Delivery
from reviews.models.inviting import CANCEL, INVITATION, REQUEST
from reviews.models.series import Invitee

KNOWN = f"{REQUEST} "


def follow_rights() -> None:
    """A cancellation to who lost the account, the invitation again to who has it back."""
    told = Invitee.objects.going_on().filter(user__is_active=True, account__archived_at=None)
    rows = told.annotate(last=_last("occasion"), last_pk=_last("pk")).filter(
        ~Exists(_of_row().filter(state=Delivery.WAITING)), last__isnull=False
    )
    knows = Q(last__startswith=KNOWN)
    _announce(CANCEL, rows.filter(knows).exclude(sees_its_account()))
    _announce(REQUEST, rows.exclude(knows).filter(sees_its_account()))


def _announce(method: str, rows: Any) -> None:
    at = now()
    found = [
        Delivery(
            kind=INVITATION,
            subject=f"series:{series}",
            recipient_id=person,
            occasion=f"{method} {sequence} after {last}",
            due_at=at,
        )
        for series, sequence, person, last in rows.values_list(
            "series_id", "series__sequence", "user_id", "last_pk"
        )
    ]
    if found:
        Delivery.objects.announce(found)


def _of_row() -> QuerySet[Delivery]:
    subject = Concat(Value("series:"), Cast(OuterRef("series"), CharField()))
    return Delivery.objects.filter(kind=INVITATION, subject=subject, recipient=OuterRef("user"))


def _last(field: str) -> Subquery:
    """Of what reached this person about this series."""
    sent = _of_row().filter(state=Delivery.SENT).order_by(F("pk").desc())
    return Subquery(sent.values(field)[:1])
