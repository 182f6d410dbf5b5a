"""How strong one relationship is, 0 to 100, with its parts; a part nobody can know is not scored."""

from dataclasses import astuple, dataclass

from django.utils.translation import gettext

from accounts.stakeholders.stakeholder_snapshot import Person

QUARTER = 90


@dataclass(frozen=True, slots=True)
class RelationshipStrength:
    """Each part 0 to 100, or None where its input is missing; all of them weigh the same."""

    disposition: int | None
    recency: int | None
    two_way: int | None
    level: int | None

    @property
    def in_words(self) -> list[tuple[str, int | None]]:
        return [
            (gettext("Disposition"), self.disposition),
            (gettext("Contact within the rhythm"), self.recency),
            (gettext("Both ways, 90 days"), self.two_way),
            (gettext("Level reached"), self.level),
        ]

    @property
    def score(self) -> int | None:
        scored = [part for part in astuple(self) if part is not None]
        return round(sum(scored) / len(scored)) if scored else None


def strength(person: Person, two_way_contacts: int) -> RelationshipStrength:
    """`two_way_contacts`: how many there were in the last 90 days. Of a gap nothing is known."""
    if person.is_gap:
        return RelationshipStrength(None, None, None, None)
    return RelationshipStrength(
        disposition=None if person.disposition is None else (person.disposition + 2) * 25,
        recency=_recency(person.days, person.cadence),
        two_way=_share(two_way_contacts, QUARTER / person.cadence),
        level=_level(person),
    )


def _recency(days: int | None, cadence: int) -> int:
    """100 within the rhythm, then falling, 0 from three times the rhythm on; never is 0."""
    if days is None:
        return 0
    return round(100 * min(1.0, max(0.0, 1 - (days - cadence) / (2 * cadence))))


def _share(reached: float, wanted: float) -> int:
    return round(100 * min(1.0, reached / wanted))


def _level(person: Person) -> int | None:
    """The mean over those of ours who want a level with them."""
    wanted = [known for known in person.known_by if known.wanted]
    if not wanted:
        return None
    return round(sum(_share(known.level, known.wanted) for known in wanted) / len(wanted))
