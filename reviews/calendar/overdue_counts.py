"""Who is behind with how much: counted in the database, since a manager may watch over thousands."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count

from accounts.models import User
from planning.models import Action


@dataclass(frozen=True)
class LatePerson:
    """`count` late actions; `oldest` is the longest late one."""

    person: User
    count: int
    oldest: Action


@dataclass(frozen=True)
class Lateness:
    """Late actions by account id, and by person, who has most of them first."""

    of_accounts: Counter[int] = field(default_factory=Counter)
    people: list[LatePerson] = field(default_factory=list)

    def __len__(self) -> int:
        return self.of_accounts.total()


def lateness(account_ids: list[int], day: date) -> Lateness:
    """Two queries. The caller knows that the reader may see these accounts."""
    late = Action.objects.open().due_before(day).filter(account__in=account_ids)
    of_accounts: Counter[int] = Counter()
    of_people: Counter[int] = Counter()
    counted = late.order_by().values_list("account_id", "owner_id").annotate(n=Count("pk"))
    for account_id, owner_id, count in counted:
        of_accounts[account_id] += count
        of_people[owner_id] += count
    oldest = late.order_by("owner_id", "due", "pk").distinct("owner_id")
    people = [
        LatePerson(action.owner, of_people[action.owner_id], action)
        for action in oldest.select_related("owner", "account", "objective")
    ]
    return Lateness(of_accounts, sorted(people, key=_most))


def _most(late: LatePerson) -> tuple[int, date, str]:
    return (-late.count, late.oldest.due, late.person.name)
