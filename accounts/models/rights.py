"""Who may see and change which account: the one place, in SQL over sets.

A reason to see an account is being on its team, being the deputy of somebody who is away, managing
its KAM (directly or through others), the portfolio view, or being an administrator. To anybody else
it does not exist.
"""

from collections import defaultdict
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from kam.lib.data.once import is_drawing, once

if TYPE_CHECKING:
    from accounts.models.account import Account
    from accounts.models.people import User
    from accounts.models.team import Membership

R = TypeVar("R", bound="QuerySet[Any, Any]")
LEAD, EDIT, VIEW = "lead", "edit", "view"
AT_LEAST = {VIEW: (LEAD, EDIT, VIEW), EDIT: (LEAD, EDIT), LEAD: (LEAD,)}


# A longer list is sent with every question for more than its subquery costs.
LISTED = 500


def of_readable(rows: R, user: "User", right: str = VIEW, account: str = "account") -> R:
    """The rows of accounts on which the person has at least this right; all rows if of all."""
    if sees_all(user, right):
        return rows
    return rows.filter(**{f"{account}__in": readable_accounts(user, right)})


def sees_all(user: "User", right: str = VIEW) -> bool:
    """The portfolio view only reads; administrators lead everywhere."""
    return user.is_active and (user.is_admin or (user.sees_portfolio and right == VIEW))


def readable_accounts(user: "User", right: str = VIEW) -> "QuerySet[Account, Any] | list[int]":
    """The accounts on which the person has at least this right, for `__in`.

    A subquery; while a page is drawn the ids, asked for once. Managers above the KAM lead.
    """
    from accounts.models.account import Account

    if not user.is_active:
        return Account.objects.none()
    if sees_all(user, right):
        return Account.objects.values("pk")
    if not is_drawing():
        return _accounts_subquery(user, right)
    rights = once(("rights", user.pk), lambda: _rights_of(user))
    ids = [pk for pk, held in rights.items() if not held.isdisjoint(AT_LEAST[right])]
    return ids if len(ids) <= LISTED else _accounts_subquery(user, right)


def _rights_of(user: "User") -> dict[int, set[str]]:
    held: dict[int, set[str]] = defaultdict(set)
    team, managed, away = _reasons(user, VIEW)
    rows = team.values_list("account_id", "right").union(
        managed.values_list("account_id", Value(LEAD)), away.values_list("account_id", "right")
    )
    for account, right in rows:
        held[account].add(right)
    return dict(held)


def _accounts_subquery(user: "User", right: str) -> "QuerySet[Account, Any]":
    from accounts.models.account import Account

    return Account.objects.filter(pk__in=_accounts_of(user, right)).values("pk")


def _accounts_of(user: "User", right: str) -> QuerySet["Account", int]:
    # A union, not one OR: each part finds its few rows by an index of its own.
    first, *others = (part.values_list("account_id", flat=True) for part in _reasons(user, right))
    return first.union(*others)  # type: ignore[return-value]  # a union of the same column


def _reasons(user: "User", right: str) -> "tuple[QuerySet[Membership], ...]":
    """On the team, above the KAM, deputy of somebody on the team."""
    from accounts.models.team import Membership, Role

    team = Membership.objects.filter(user=user, right__in=AT_LEAST[right])
    managed = Membership.objects.filter(role=Role.KAM, user__above__manager=user)
    return team, managed, deputised(user, right)


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
