from django.utils.timezone import now

from accounts.models import Invitation, SetupLink
from tests.base import ClaveTest
from tests.factories import make_absence, make_invitation, make_session
from tests.kam.rules.access import (
    ADMIN,
    ADMIN_DO,
    EDIT,
    LEAD,
    OPEN,
    OVER,
    OWN_DO,
    READ,
    Row,
)

PAGES: dict[str, Row] = {
    "accounts:users": ADMIN,
    "accounts:user_invite": ADMIN,
    "accounts:user_edit": ADMIN,
    "accounts:user_disable": ADMIN,
    "accounts:invitation": OPEN,
    # There is an administrator already: nobody sets anything up.
    "accounts:setup": OVER,
    "accounts:setup_administrator": OVER,
    "accounts:site": ADMIN,
    "accounts:team": READ,
    "accounts:member_add": LEAD,
    "accounts:member_edit": LEAD,
    "accounts:member_remove": LEAD,
    "accounts:role_hand_over": LEAD,
    # Bob names his own deputy.
    "accounts:absence_add": EDIT,
    "accounts:history": READ,
}
ACTIONS: dict[str, Row] = {
    "accounts:setting": [302, *[422] * 7],
    "accounts:user_enable": ADMIN_DO,
    "accounts:invitation_resend": ADMIN_DO,
    "accounts:invitation_withdraw": ADMIN_DO,
    # Bob's own, and gone after him.
    "accounts:absence_cancel": [302, 404, 403, 302, 404, 404, 404, 404],
    "accounts:session_end": [302, 404, 404, 302, 404, 404, 404, 404],
    "accounts:sessions_end": OWN_DO,
}


def keys(cast: type[ClaveTest]) -> dict[str, int | str]:
    bob = cast.acme.memberships.get(user=cast.bob)
    invitation = invite("nora", cast)
    return {
        "accounts:setting": "name",
        "accounts:user_edit": cast.bob.pk,
        "accounts:user_disable": cast.bob.pk,
        "accounts:user_enable": cast.vera.pk,
        "accounts:invitation": invite("otto", cast).link.split("/")[2],
        "accounts:setup": SetupLink.renew(at=now()),
        "accounts:setup_administrator": "none",
        "accounts:invitation_resend": invitation.pk,
        "accounts:invitation_withdraw": invite("wim", cast).pk,
        "accounts:team": cast.acme.pk,
        "accounts:member_add": cast.acme.pk,
        "accounts:member_edit": bob.pk,
        "accounts:member_remove": bob.pk,
        "accounts:role_hand_over": cast.acme.memberships.get(user=cast.alice).pk,
        "accounts:absence_add": bob.pk,
        "accounts:absence_cancel": make_absence(cast.bob, cast.acme, deputy=cast.magda).pk,
        "accounts:session_end": make_session(cast.bob).pk,
        "accounts:history": cast.acme.pk,
    }


def invite(name: str, cast: type[ClaveTest]) -> Invitation:
    """A new one at each call: the table may be laid twice."""
    number = Invitation.objects.count()
    return make_invitation(name, by=cast.root, email=f"{name}{number}@example.com")
