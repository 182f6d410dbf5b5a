"""Who is at the same plan, and whether it changed: one tiny question every few seconds.

The question carries a signed ticket instead of the session, so that it costs no query and never
prolongs a session. A ticket lasts ten minutes; a new one is had from a page that asks for rights.
"""

from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.urls import reverse

from accounts.models import Account, User
from kam.lib.web import live
from planning.models import Plan

SALT = "planning.presence"
LASTS = 600  # seconds
MOST_FACES = 6


@dataclass(frozen=True)
class Ticket:
    """What the page hands to the script that asks."""

    token: str
    revision: int
    address: str
    renew: str
    region: str


@dataclass(frozen=True)
class Visitor:
    """Who asks, as the signed ticket says."""

    plan: int
    account: int
    user: int
    name: str
    language: str


def ticket(user: User, plan: Plan) -> Ticket:
    visitor = {"p": plan.pk, "a": plan.account_id, "u": user.pk, "n": user.name, "l": user.language}
    return Ticket(
        token=signing.dumps(visitor, salt=SALT),
        revision=plan.account.revision,
        address=reverse("planning:presence"),
        renew=reverse("planning:presence_renew", args=[plan.pk]),
        region=plan.get_absolute_url(),
    )


def visitor_of(token: str) -> Visitor | None:
    """None for a ticket that is not ours or too old."""
    try:
        data: dict[str, Any] = signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    return Visitor(data["p"], data["a"], data["u"], data["n"], data["l"])


def look_around(visitor: Visitor) -> tuple[int, dict[int, str]]:
    """The revision of the account and who else is at the plan; no query while nothing changes."""
    place = f"plan:{visitor.plan}"
    live.arrive(place, visitor.user, {"name": visitor.name})
    here = list(live.others(place, visitor.user).items())[:MOST_FACES]
    number = live.revision(f"account:{visitor.account}", lambda: revision_of(visitor.account))
    return number, {pk: str(facts["name"]) for pk, facts in here}


def revision_of(account_id: int) -> int:
    return Account.objects.values_list("revision", flat=True).get(pk=account_id)
