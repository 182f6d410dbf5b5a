"""Calendars follow rights: who may not see an account any more gets its reviews taken out.

Rights go in many ways (a team, a manager, the portfolio view, an absence that ends): so the clock
asks who was told of a series and may see it no longer, or again; and who was not told because they
had not accepted their invitation to Clave, and has now.
"""

from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.timezone import now

from accounts.models.rights import sees_its_account
from kam.lib.outbox.models import Delivery
from kam.lib.outbox.registry import SkipReason
from reviews.models.inviting import CANCEL, INVITATION, REQUEST, gathered
from reviews.models.series import Invitee

KNOWN = f"{REQUEST} "


def follow_rights() -> None:
    """A cancellation to who lost the account, the invitation to who has it back or came in."""
    asked = Invitee.objects.going_on().filter(user__is_active=True, account__archived_at=None)
    quiet = asked.filter(~Exists(_of_row().filter(state=Delivery.WAITING)))
    kept_back = _newest("pk", state=Delivery.DROPPED, unsaid=SkipReason.RIGHT)
    rows = quiet.annotate(
        last=_newest("occasion", state=Delivery.SENT),
        last_pk=Coalesce(_newest("pk", state=Delivery.SENT), kept_back),
    ).exclude(last_pk=None)
    knows = Q(last__isnull=False, last__startswith=KNOWN)
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
            gathering=gathered(account),
            due_at=at,
        )
        for series, account, sequence, person, last in rows.values_list(
            "series_id", "account_id", "series__sequence", "user_id", "last_pk"
        )
    ]
    if found:
        Delivery.objects.announce(found)


def _of_row() -> QuerySet[Delivery]:
    subject = Concat(Value("series:"), Cast(OuterRef("series"), CharField()))
    return Delivery.objects.filter(kind=INVITATION, subject=subject, recipient=OuterRef("user"))


def _newest(field: str, **fate: str) -> Subquery:
    """Of what was to tell this person of this series and had this fate."""
    rows = _of_row().filter(**fate).order_by(F("pk").desc())
    return Subquery(rows.values(field)[:1])
