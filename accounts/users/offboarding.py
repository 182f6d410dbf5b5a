"""Somebody leaves: what they hold goes on with somebody else, and their access ends.

So does somebody whose invitation is withdrawn: they may have been given work before they came.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import Account, Membership, User
from accounts.models.rights import EDIT
from accounts.models.team import Role
from accounts.users.ownership import Held, held_by
from kam.lib.data import history


@dataclass(frozen=True)
class Heirs:
    """Who takes over: one record by its key, all of an account, or everything; the nearest counts.

    `reports` is whom those report to who reported to the person.
    """

    everything: User | None = None
    reports: User | None = None
    accounts: dict[int, User] = field(default_factory=dict)
    records: dict[str, User] = field(default_factory=dict)

    def of_account(self, account_id: int) -> User | None:
        return self.accounts.get(account_id) or self.everything

    def of_record(self, held: Held) -> User | None:
        return self.records.get(held.key) or self.of_account(held.record.account_id)


def depart(person: User, *, by: User, at: datetime, to: Heirs) -> None:
    """All of it in one transaction, or nothing: whoever takes over joins the team of the account."""
    with history.action("person.disable", by=by.pk):
        for member in Membership.objects.filter(user=person).named().for_hand_over():
            member.hand_over(_found(to.of_account(member.account_id), person), by=by)
        for held in list(held_by(person, locked=True)):
            heir = _found(to.of_record(held), person)
            _join(held.record.account_id, heir, by=by)
            held.kind.give(held.record, heir, by, at)
        _reassign(person, to.reports, by=by)
        if person.came_in:
            person.disable(by=by)
        else:
            person.invitation.withdraw(by=by)


def _reassign(person: User, heir: User | None, *, by: User) -> None:
    """One of the reports may take over the others: that one reports to whom the person did."""
    for report in sorted(person.reports.all(), key=lambda one: (one != heir, one.pk)):
        manager = person.manager if report == heir else _found(heir, person)
        report.report_to(manager, by=by)


def _found(heir: User | None, person: User) -> User:
    if heir is None:
        words = _("%(name)s was given something new meanwhile. Say who takes it, too.")
        raise ValidationError(words % {"name": person.name})
    return heir


def _join(account_id: int, heir: User, *, by: User) -> None:
    if not Membership.objects.filter(account=account_id, user=heir).exists():
        account = Account.objects.get(pk=account_id)
        account.add_member(heir, Role.OTHER, right=EDIT, by=by)
