"""What a person still holds, account by account, when they are to leave.

Each app above adds what it knows when it is ready:
`@holdings.counts(ngettext_lazy("%(n)s open action", "%(n)s open actions", "n"))`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.functional import Promise

from accounts.models import Account, Membership, User

# From a person to how many of something they hold on each account, by the account's id.
Counter = Callable[[User], dict[int, int]]
_counters: list[tuple[Promise, Counter]] = []


def counts(words: Promise) -> Callable[[Counter], Counter]:
    def register(counter: Counter) -> Counter:
        _counters.append((words, counter))
        return counter

    return register


@dataclass
class Holding:
    """One account: the role there, if any, and the counts in words and numbers."""

    account: Account
    role: str = ""
    is_named: bool = False
    parts: list[str] = field(default_factory=list)


def holdings_of(person: User, by: User) -> list[Holding]:
    """Named roles first, then by name; a fixed number of queries."""
    found: dict[int, Holding] = {}
    for member in Membership.objects.visible_to(by).filter(user=person).for_hand_over():
        found[member.account_id] = Holding(
            member.account, str(member.get_role_display()), member.is_named
        )
    counted = [(words, counter(person)) for words, counter in _counters]
    missing = {pk for _words, by_account in counted for pk in by_account} - set(found)
    for account in Account.objects.visible_to(by).filter(pk__in=missing):
        found[account.pk] = Holding(account)
    for words, by_account in counted:
        for pk, number in by_account.items():
            if pk in found:
                found[pk].parts.append(str(words % {"n": number}))
    return sorted(found.values(), key=lambda h: (not h.is_named, h.account.name))
