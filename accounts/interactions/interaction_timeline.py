"""A page of interactions: filtered, newest first, continued where the last one ended."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from accounts.models import Account, Interaction, Stakeholder, User
from accounts.models.interactions import InteractionQuerySet, Kind, contacts_by_person

ROWS = 50


@dataclass(frozen=True)
class Week:
    """`starts` is its Monday."""

    starts: date
    this: bool
    last: bool
    entries: list[Interaction]

    @property
    def ends(self) -> date:
        return self.starts + timedelta(days=6)


@dataclass(frozen=True)
class Timeline:
    weeks: list[Week]
    shown: int
    count: int
    earlier: str  # the address of what comes after the last one, when there is more
    kind: str
    person: int | None
    filters: dict[str, Any] = field(default_factory=dict)

    @property
    def query(self) -> str:
        """The filters alone."""
        said = {"kind": self.kind, "person": self.person}
        return urlencode({name: value for name, value in said.items() if value})

    @property
    def is_filtered(self) -> bool:
        return bool(self.kind or self.person)


def timeline(
    query: Mapping[str, str], user: User, at: datetime, account: Account | None = None
) -> Timeline:
    """Of one account, or of all the person may see. The place to go on is a moment and a key."""
    found, kind, person = narrowed(query, user, account)
    entries = list(_after(found, query.get("before", "")).newest_first().for_list()[: ROWS + 1])
    more, entries = len(entries) > ROWS, entries[:ROWS]
    said = {"kind": kind, "person": person or ""}
    return Timeline(
        weeks=_weeks(entries, user, at),
        shown=len(entries),
        count=found.count() if account else 0,
        earlier=_earlier(entries[-1], said) if more else "",
        kind=kind,
        person=person,
    )


def narrowed(
    query: Mapping[str, str], user: User, account: Account | None
) -> tuple[InteractionQuerySet, str, int | None]:
    """What the person may see of what the address asks for; the kind and the person asked for."""
    kind = query.get("kind", "") if query.get("kind", "") in Kind.values else ""
    key = query.get("person", "")
    person = int(key) if key.isascii() and key.isdigit() and len(key) < 19 else None
    found = Interaction.objects.visible_to(user)
    found = found.of_account(account) if account else found
    found = found.of_kind(kind) if kind else found
    return found.filter(their_parts__stakeholder_id=person) if person else found, kind, person


def _after(found: InteractionQuerySet, place: str) -> InteractionQuerySet:
    """A place nobody can read is the beginning."""
    moment, _, key = place.rpartition("_")
    try:
        at, pk = datetime.fromisoformat(moment), int(key)
    except ValueError:
        return found
    return found.before(at, pk) if at.tzinfo else found


def _earlier(last: Interaction, said: dict[str, Any]) -> str:
    words = {name: value for name, value in said.items() if value}
    return "?" + urlencode({**words, "before": f"{last.at.isoformat()}_{last.pk}"})


def _weeks(entries: list[Interaction], user: User, at: datetime) -> list[Week]:
    def monday(moment: datetime) -> date:
        day = user.today(moment)
        return day - timedelta(days=day.weekday())

    now = monday(at)
    return [
        Week(start, start == now, start == now - timedelta(days=7), list(group))
        for start, group in groupby(entries, key=lambda entry: monday(entry.at))
    ]


@dataclass(frozen=True)
class Share:
    person: Stakeholder
    contacts: int


@dataclass(frozen=True)
class Attention:
    """Where the contacts of the last 90 days went; `forgotten` have influence and got none."""

    contacts: int
    shares: list[Share]
    forgotten: list[Stakeholder]

    @property
    def most(self) -> int:
        return max((share.contacts for share in self.shares), default=0) or 1


def attention(account: Account, user: User, at: datetime, days: int = 90) -> Attention:
    """Who got most of our time, then who has influence and got none of it: three queries."""
    since = at - timedelta(days=days)
    counted = contacts_by_person(account, since)
    people = Stakeholder.objects.visible_to(user).of_account(account).present().named()
    shares = [Share(p, counted.get(p.pk, 0)) for p in people.by_power()[:300]]
    met = sorted((s for s in shares if s.contacts), key=lambda s: (-s.contacts, -s.person.weight))
    forgotten = [s for s in shares if not s.contacts and s.person.weight > 1]
    logged = Interaction.objects.visible_to(user).of_account(account).contacts().since(since)
    return Attention(logged.count(), met[:7] + forgotten[:3], [s.person for s in forgotten])
