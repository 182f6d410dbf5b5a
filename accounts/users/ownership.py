"""What a person still holds, account by account, when they are to leave.

Each app above adds what it knows when it is ready:
`holdings.kind("action", words, rows=lambda person: …, give=lambda action, to, by, at: …)`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import ngettext_lazy

from accounts.models import Absence, Account, Membership, Opportunity, Stakeholder, User
from accounts.models.absence import today_here


@dataclass(frozen=True)
class OwnedKind:
    """`words` counts them, "%(n)s open action"; `rows` are those of a person; `give` is one action."""

    name: str
    words: Promise
    rows: Callable[[User], QuerySet[Any]]
    give: Callable[[Any, User, User, datetime], None]


KINDS: dict[str, OwnedKind] = {}


def kind(name: str, words: Promise, *, rows: Any, give: Any) -> None:
    KINDS[name] = OwnedKind(name, words, rows, give)


@dataclass(frozen=True)
class Held:
    """One record that needs another owner."""

    kind: OwnedKind
    record: Any

    @property
    def key(self) -> str:
        return f"{self.kind.name}-{self.record.pk}"


@dataclass
class Holding:
    """One account: the membership there, if any, and every record held."""

    account: Account
    member: Membership | None = None
    held: list[Held] = field(default_factory=list)

    @property
    def is_named(self) -> bool:
        return self.member is not None and self.member.is_named

    @property
    def must_go(self) -> bool:
        """Somebody has to take over: a role of one person, or records."""
        return self.is_named or bool(self.held)

    @property
    def parts(self) -> list[str]:
        """The counts in words."""
        counts: dict[str, int] = {}
        for one in self.held:
            counts[one.kind.name] = counts.get(one.kind.name, 0) + 1
        return [str(KINDS[name].words % {"n": count}) for name, count in counts.items()]


def ownership_of(person: User, by: User) -> list[Holding]:
    """Named roles first, then by name; a fixed number of queries."""
    found: dict[int, Holding] = {}
    for member in Membership.objects.visible_to(by).filter(user=person).for_hand_over():
        found[member.account_id] = Holding(member.account, member)
    held = list(held_by(person))
    missing = {one.record.account_id for one in held} - set(found)
    for account in Account.objects.visible_to(by).filter(pk__in=missing):
        found[account.pk] = Holding(account)
    for one in held:
        if holding := found.get(one.record.account_id):
            holding.held.append(one)
    return sorted(found.values(), key=lambda h: (not h.is_named, h.account.name))


def must_hand_over(person: User, by: User) -> bool:
    """Somebody has to take over: what they hold, or who reports to them."""
    holds = any(holding.must_go for holding in ownership_of(person, by))
    return holds or person.reports.here_or_invited().exists()


def held_by(person: User, *, locked: bool = False) -> Iterable[Held]:
    """Every record, kind by kind; `locked` until the end of the action."""
    for one in KINDS.values():
        rows = one.rows(person).order_by("pk")
        for record in rows.select_for_update(of=("self",)) if locked else rows:
            yield Held(one, record)


kind(
    "opportunity",
    ngettext_lazy("%(n)s open opportunity", "%(n)s open opportunities", "n"),
    rows=lambda person: Opportunity.objects.open().filter(owner=person),
    give=lambda deal, to, by, at: deal.change(by=by, at=at, owner=to),
)
kind(
    "stakeholder",
    ngettext_lazy("%(n)s relationship", "%(n)s relationships", "n"),
    rows=lambda person: Stakeholder.objects.filter(owner=person, left_at=None),
    give=lambda who, to, by, at: who.change(by=by, owner=to),
)
kind(
    "absence",
    ngettext_lazy("%(n)s time as a deputy", "%(n)s times as a deputy", "n"),
    rows=lambda person: Absence.objects.filter(deputy=person).not_over(today_here()).for_list(),
    give=lambda absence, to, by, at: absence.pass_on(to, by=by),
)
