"""The people of an account as they stand on one day: plain data for every figure and picture."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, pgettext

from accounts.models import Account, Acquaintance, Assessment, Stakeholder, Tie, User
from accounts.models.assessments import STATES, Disposition
from accounts.models.stakeholders import WEIGHTS, DecisionRole, Influence
from kam.lib.text.names import NameText, name_of
from kam.lib.web.addresses import address_of

# Movement on the map is shown against where somebody stood then.
LOOK_BACK = timedelta(days=90)
ROLE_ICONS = {
    "decides": "gavel", "budget": "coins", "approves": "stamp", "shapes": "megaphone",
    "evaluates": "microscope", "gatekeeper": "key-round", "uses": "mouse-pointer-2",
}  # fmt: skip
KINDS = {-2: "blocker", -1: "sceptic", 0: "neutral", 1: "supporter", 2: "champion"}


@dataclass(frozen=True, slots=True)
class Known:
    """One of ours who knows somebody of theirs."""

    name: str
    level: int
    wanted: int


@dataclass(frozen=True, slots=True)
class Link:
    """`influencer` moves `influenced`, by 1 (weak) to 3 (strong)."""

    influencer: int
    influenced: int
    strength: int


@dataclass(frozen=True, slots=True)
class Person:
    """One of theirs; `days` since the last contact and `two_way_days` are None when there was none."""

    pk: int
    name: str
    title: str = ""
    department: str = ""
    roles: tuple[str, ...] = ()
    influence: str = Influence.MEDIUM.value
    is_gap: bool = False
    disposition: int | None = None
    is_guess: bool = False
    was: int | None = None
    days: int | None = None
    two_way_days: int | None = None
    cadence: int = 45
    # Days since contacts with them are owed; who was entered today owes nothing yet.
    owed_days: int = 10_000
    owner: str = ""
    reports_to: int | None = None
    known_by: tuple[Known, ...] = field(default=())
    given_name: str = ""
    family_names: str = ""

    @property
    def weight(self) -> int:
        return WEIGHTS[Influence(self.influence)]

    @property
    def kind(self) -> str:
        """The word of the disposition, as classes and pictures know it."""
        return KINDS[self.disposition] if self.disposition is not None else "unknown"

    @property
    def is_unmet(self) -> bool:
        """Nobody of ours knows them: no contact was ever logged, nobody said to know them."""
        return not self.is_gap and self.days is None and not any(k.level for k in self.known_by)

    @property
    def is_cold(self) -> bool:
        return self.is_owed and self.days is not None and self.days >= self.cadence

    @property
    def is_owed(self) -> bool:
        """A first contact has fallen due since the person and their cadence were entered."""
        return not self.is_gap and self.owed_days >= self.cadence

    @property
    def is_late(self) -> bool:
        """Worth a red word: cold, never met though it was due, or not even named."""
        return self.is_gap or (self.days is None and self.is_owed) or self.is_cold

    @property
    def is_warm(self) -> bool:
        """Two-way contact within the rhythm, and not against us."""
        in_touch = self.two_way_days is not None and self.two_way_days < self.cadence
        return (
            not self.is_gap and in_touch and self.disposition is not None and self.disposition >= 0
        )

    @property
    def could_derail(self) -> bool:
        """Against us with influence, or powerful and nobody can say how they stand."""
        if self.is_gap:
            return False
        if self.disposition is None:
            return self.influence == Influence.HIGH
        return self.disposition < 0 and self.influence != Influence.LOW

    # --- in words ---

    @property
    def state(self) -> str:
        """The mark beside the disposition."""
        return "none" if self.disposition is None else STATES[self.disposition]

    @property
    def stands(self) -> str:
        if self.is_gap:
            return gettext("Not found yet")
        if self.disposition is None:
            return pgettext("disposition", "Unknown")
        return str(Disposition(self.disposition).label)

    @property
    def role_words(self) -> list[str]:
        return [str(role.label).lower() for role in DecisionRole if role in self.roles]

    @property
    def role_icon(self) -> str:
        return ROLE_ICONS[self.roles[0]] if self.roles else ""

    @property
    def surname(self) -> str:
        return name_of(self).surname

    @property
    def influence_words(self) -> str:
        return gettext("influence: %(level)s") % {"level": self.influence_word}

    @property
    def influence_word(self) -> str:
        return str(Influence(self.influence).label).lower()

    @property
    def when(self) -> str:
        """Time since the last contact, short."""
        if self.is_gap:
            return gettext("find")
        if self.days is None:
            return gettext("never met")
        return gettext("%(days)s d") % {"days": self.days}

    @property
    def when_of(self) -> str:
        """The same against the rhythm."""
        if self.is_gap or self.days is None:
            return self.when
        return gettext("%(days)s d of %(cadence)s") % {"days": self.days, "cadence": self.cadence}

    @property
    def spoken(self) -> str:
        """The whole person in one sentence, for who does not see the picture."""
        influence = self.influence_words
        if self.is_gap:
            unknown = gettext("nobody named yet")
            return ", ".join(
                [p for p in (self.name, self.title, *self.role_words, influence, unknown) if p]
            )
        stands = f"{self.stands} ({gettext('a guess')})" if self.is_guess else self.stands
        contact = gettext("last contact: %(when)s") % {"when": self.when_of}
        parts = (self.name, self.title, *self.role_words, stands, influence, contact)
        return ", ".join(part for part in parts if part)

    @property
    def url(self) -> str:
        return address_of("stakeholder", self.pk)


@dataclass(frozen=True)
class StakeholderSnapshot:
    people: list[Person]
    links: list[Link]

    @property
    def by_key(self) -> dict[int, Person]:
        return {person.pk: person for person in self.people}

    @property
    def named(self) -> int:
        return sum(not person.is_gap for person in self.people)

    @property
    def gaps(self) -> int:
        return len(self.people) - self.named


def stakeholder_snapshot(account: Account, user: User, at: datetime) -> StakeholderSnapshot:
    """Everybody present, in five questions whatever their number."""
    return stakeholder_snapshots([account.pk], user.zone, at)[account.pk]


def stakeholder_snapshots(
    accounts: Sequence[int], zone: ZoneInfo, at: datetime
) -> dict[int, StakeholderSnapshot]:
    """Those of several accounts, in the same five questions."""
    day = at.astimezone(zone).date()
    opinions = Assessment.objects.of_accounts(accounts)
    people = Stakeholder.objects.of_accounts(accounts).present().select_related("owner").by_power()
    stood = dict(opinions.current(day - LOOK_BACK).values_list("stakeholder_id", "disposition"))
    now = {opinion.stakeholder_id: opinion for opinion in opinions.current(day)}
    known: dict[int, list[Known]] = defaultdict(list)
    for pair in Acquaintance.objects.of_accounts(accounts).select_related("user"):
        known[pair.stakeholder_id].append(Known(NameText.of(pair.user), pair.level, pair.wanted))
    found = {pk: StakeholderSnapshot([], []) for pk in accounts}
    for record in people:
        opinion = now.get(record.pk)
        person = _person(record, opinion, stood.get(record.pk), known[record.pk], day, zone)
        found[record.account_id].people.append(person)
    _add_links(found, Tie.objects.of_accounts(accounts))
    return found


def _add_links(found: dict[int, StakeholderSnapshot], ties: Iterable[Tie]) -> None:
    for tie in ties:
        mine = found[tie.account_id]
        link = Link(tie.influencer_id, tie.influenced_id, tie.strength)
        mine.links.append(link)
    for mine in found.values():
        here = mine.by_key
        mine.links[:] = [k for k in mine.links if k.influencer in here and k.influenced in here]


def _person(
    record: Stakeholder,
    opinion: Assessment | None,
    was: int | None,
    known: list[Known],
    day: date,
    zone: ZoneInfo,
) -> Person:
    def since(at: datetime | None) -> int | None:
        return None if at is None else max((day - at.astimezone(zone).date()).days, 0)

    return Person(
        pk=record.pk,
        name=record.name,
        title=record.title,
        department=record.department,
        roles=tuple(record.roles),
        influence=record.influence,
        is_gap=record.is_gap,
        disposition=opinion.disposition if opinion else None,
        is_guess=bool(opinion and opinion.is_guess),
        was=was,
        days=since(record.last_contact_at),
        two_way_days=since(record.last_two_way_at),
        cadence=record.rhythm,
        owed_days=since(record.owed_since) or 0,
        owner=NameText.of(record.owner) if record.owner else "",
        reports_to=record.reports_to_id,
        known_by=tuple(sorted(known, key=lambda k: (-k.level, -k.wanted, k.name))),
        given_name=record.given_name,
        family_names=record.family_names,
    )


def by_urgency(people: Iterable[Person]) -> list[Person]:
    """Most urgent first: what needs somebody, weighed by influence; then the others by influence."""
    return sorted(people, key=_urgency)


def _urgency(person: Person) -> tuple[bool, int, int, int]:
    """Late people with influence, then those against us, then by weight and how late they are."""
    pressing = person.weight > 1 and (person.is_late or person.could_derail)
    over = (person.days or 0) - person.cadence if person.days is not None else 10_000
    return (not pressing, -person.weight, -over, person.pk)
