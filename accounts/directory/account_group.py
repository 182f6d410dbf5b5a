"""The group of companies and the units of an account, as trees with what each brings."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from accounts.models import Account, BusinessUnit, User
from accounts.models.trees import ids_below

MOST = 300


@dataclass
class GroupNode:
    """One line of a tree: the record, how deep it stands, what it and all below it bring."""

    record: Any
    depth: int
    own: Decimal | None = None
    total: Decimal | None = None
    children: list["GroupNode"] = field(default_factory=list)


@dataclass(frozen=True)
class Group:
    parent: Account | None
    top: GroupNode
    lines: list[GroupNode]

    @property
    def is_alone(self) -> bool:
        return self.parent is None and len(self.lines) == 1

    @property
    def without_rate(self) -> list[str]:
        """They have revenue, and no exchange rate to count it with: the sum lacks them."""
        rows = [node.record for node in self.lines if node.own is None]
        sold = [row for row in rows if hasattr(row, "standing")]
        return [row.name for row in sold if row.standing.value_now is not None]


def group_of(account: Account, user: User) -> Group:
    """Three queries. Companies the reader may not see neither show nor count."""
    seen = Account.objects.visible_to(user)
    ids = ids_below(Account, account.pk) | {account.pk}
    rows = list(seen.filter(pk__in=ids).select_related("standing").by_name()[:MOST])
    own = {row.pk: _value(row) for row in rows}
    top = _tree(rows, own, root=account.pk)[0]
    parent = seen.filter(pk=account.parent_id).first() if account.parent_id else None
    return Group(parent, top, _flat([top]))


def units_of(account: Account, user: User) -> list[GroupNode]:
    rows = list(BusinessUnit.objects.visible_to(user).of_account(account)[:MOST])
    return _flat(_tree(rows, {}))


def _value(account: Account) -> Decimal | None:
    standing = getattr(account, "standing", None)
    return standing.value_now_reporting if standing else None


def _tree(
    rows: Iterable[Any], own: dict[int, Decimal | None], root: int | None = None
) -> list[GroupNode]:
    """A row whose parent is not among the rows stands directly under the root."""
    rows = list(rows)
    known = {row.pk for row in rows}
    below: dict[int | None, list[Any]] = defaultdict(list)
    for row in rows:
        if row.pk != root:
            below[row.parent_id if row.parent_id in known else root].append(row)

    def grow(row: Any, depth: int) -> GroupNode:
        children = [grow(child, depth + 1) for child in below[row.pk]]
        values = [own.get(row.pk), *(child.total for child in children)]
        scored = [value for value in values if value is not None]
        total = sum(scored, Decimal(0)) if scored else None
        return GroupNode(row, depth, own.get(row.pk), total, children)

    if root is None:
        return [grow(row, 0) for row in below[None]]
    return [grow(row, 0) for row in rows if row.pk == root]


def _flat(nodes: list[GroupNode]) -> list[GroupNode]:
    return [line for node in nodes for line in (node, *_flat(node.children))]
