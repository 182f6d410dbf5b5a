"""One decision on many accounts at once: which, what each of them is now, and what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import Account, Membership, Tier, User
from kam.lib.data import history

MOST = 500  # in one transaction, and as many as a person can look through


class BulkChange:
    """What is decided. `current` is the stored value as it stands in the form of whoever saw it."""

    action = ""

    def current(self, account: Account) -> str:
        raise NotImplementedError

    def words(self, account: Account) -> str:
        raise NotImplementedError

    def apply(self, account: Account, value: Any, reason: str, *, by: User, at: datetime) -> None:
        raise NotImplementedError


class KamGiven(BulkChange):
    action = "team.hand_over"

    def current(self, account: Account) -> str:
        return str(account.kam.pk) if account.kam else ""

    def words(self, account: Account) -> str:
        return account.kam.name if account.kam else _("no KAM")

    def apply(self, account: Account, value: User, reason: str, *, by: User, at: datetime) -> None:
        account.give_kam(value, by=by)


class TierDecided(BulkChange):
    action = "account.tier"

    def __init__(self, on: date | None = None) -> None:
        self.on = on

    def current(self, account: Account) -> str:
        return account.tier

    def words(self, account: Account) -> str:
        return str(Tier(account.tier).label)

    def apply(self, account: Account, value: str, reason: str, *, by: User, at: datetime) -> None:
        account.change_tier(value, reason=reason, on=self.on or by.today(at), by=by)


class ClassGiven(BulkChange):
    action = "account.change"

    def current(self, account: Account) -> str:
        return account.service_class

    def words(self, account: Account) -> str:
        return account.service_class or _("no class")

    def apply(self, account: Account, value: str, reason: str, *, by: User, at: datetime) -> None:
        account.change(by=by, at=at, service_class=value)


@dataclass(frozen=True)
class ChosenAccount:
    """An account of the choice: what it is now, in words and as the form keeps it."""

    account: Account
    value: str
    now: str


class ChosenAccounts:
    """The chosen accounts as the person may see them; only those they lead can be changed."""

    def __init__(self, accounts: Iterable[Account], change: BulkChange) -> None:
        self._accounts, self._change = list(accounts), change

    @property
    def is_too_large(self) -> bool:
        return len(self._accounts) > MOST

    @cached_property
    def rows(self) -> list[ChosenAccount]:
        led = [account for account in self._accounts if account.may_lead]
        return [
            ChosenAccount(one, f"{one.pk}:{self._change.current(one)}", self._change.words(one))
            for one in led
        ]

    @cached_property
    def kept(self) -> list[Account]:
        return [account for account in self._accounts if not account.may_lead]


def values_seen(values: Iterable[str]) -> dict[int, str]:
    """What each ticked account was when the form was drawn, by its key; nonsense is nothing."""
    pairs = (value.partition(":")[::2] for value in values)
    return {int(pk): seen for pk, seen in pairs if pk.isdecimal() and len(pk) < 19}


@dataclass
class Outcome:
    """What came of it: `stale` are those that somebody else changed meanwhile."""

    changed: int = 0
    same: int = 0
    stale: list[Account] = field(default_factory=list)
    refused: list[tuple[Account, str]] = field(default_factory=list)

    @property
    def left(self) -> bool:
        return bool(self.stale or self.refused)


def change_all(
    change: BulkChange, seen: dict[int, str], value: Any, *, reason: str, by: User, at: datetime
) -> Outcome:
    """Each account by its own action, all in one transaction under one name and one reason.

    Rows are locked first, those of the teams before the accounts as everywhere: what is compared
    with `seen` cannot change any more, and what somebody changed meanwhile is left as it is.
    """
    outcome, wanted = Outcome(), str(value.pk) if isinstance(value, User) else str(value)
    with history.action(change.action, by=by.pk, reason=reason):
        list(
            Membership.objects.of_accounts(seen)
            .named()
            .order_by("account", "pk")
            .select_for_update()
        )
        found = Account.objects.led_by(by).chosen(seen)
        list(found.order_by("pk").select_for_update().values_list("pk"))
        for account in found.with_team().by_name():
            now = change.current(account)
            if now == wanted:
                outcome.same += 1
            elif now != seen[account.pk]:
                outcome.stale.append(account)
            else:
                try:
                    change.apply(account, value, reason, by=by, at=at)
                    outcome.changed += 1
                except ValidationError as refusal:
                    outcome.refused.append((account, " ".join(refusal.messages)))
    return outcome
