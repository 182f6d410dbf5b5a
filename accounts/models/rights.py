"""Who may see and change which account: the one place, in SQL over sets.

A reason to see an account is being on its team, being the deputy of somebody who is away, managing
its KAM (directly or through others), the portfolio view, or being an administrator. To anybody else
it does not exist.
"""

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet

if TYPE_CHECKING:
    from accounts.models.account import Account
    from accounts.models.people import User
    from accounts.models.team import Membership

LEAD, EDIT, VIEW = "lead", "edit", "view"
AT_LEAST = {VIEW: (LEAD, EDIT, VIEW), EDIT: (LEAD, EDIT), LEAD: (LEAD,)}


def readable_accounts(user: "User", right: str = VIEW) -> "QuerySet[Account, Any]":
    """The accounts on which the person has at least this right, as a subquery of ids.

    Managers above the KAM lead; the portfolio view only reads; administrators lead everywhere.
    """
    from accounts.models.account import Account

    if not user.is_active:
        return Account.objects.none()
    if user.is_admin or (user.sees_portfolio and right == VIEW):
        return Account.objects.values("pk")
    return Account.objects.filter(pk__in=_accounts_of(user, right)).values("pk")


def _accounts_of(user: "User", right: str) -> QuerySet["Account", int]:
    from accounts.models.team import Membership, Role

    team = Membership.objects.filter(user=user, right__in=AT_LEAST[right])
    managed = Membership.objects.filter(role=Role.KAM, user__above__manager=user)
    # A union, not one OR: each part finds its few rows by an index of its own.
    parts = [
        part.values_list("account_id", flat=True) for part in (managed, deputised(user, right))
    ]
    return team.values_list("account_id", flat=True).union(*parts)  # type: ignore[return-value]  # a union of the same column


def deputised(user: "User", right: str = VIEW) -> "QuerySet[Membership]":
    """The memberships of those who are away today and named this person."""
    from accounts.models.absence import Absence, today_here
    from accounts.models.team import Membership

    away = Absence.objects.filter(deputy=user).on(today_here()).values("membership")
    return Membership.objects.filter(pk__in=away, right__in=AT_LEAST[right])


def sees_its_account() -> Q:
    """`readable_accounts` of everybody at once, for rows that have an account and an active user."""
    from accounts.models.absence import Absence, today_here
    from accounts.models.people import Management
    from accounts.models.team import Membership, Role

    here, user = OuterRef("account"), OuterRef("user")
    team = Membership.objects.filter(account=here)
    managed = Management.objects.filter(
        manager=user, report__memberships__account=here, report__memberships__role=Role.KAM
    )
    away = Absence.objects.on(today_here()).filter(membership__account=here, deputy=user)
    return (
        Q(user__is_admin=True)
        | Q(user__sees_portfolio=True)
        | Q(Exists(team.filter(user=user)))
        | Q(Exists(managed))
        | Q(Exists(away))
    )


def may_open_accounts(user: "User") -> bool:
    """Administrators, and whoever manages somebody: a KAM proposes, the manager decides.

    The portfolio view only reads.
    """
    from accounts.models.people import Management

    return user.is_active and (user.is_admin or Management.objects.filter(manager=user).exists())
