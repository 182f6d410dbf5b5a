"""The contacts of the last year: met in a rhythm, so that engagement and coverage have a past."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from accounts.models import Assessment, Interaction, Stakeholder, User, changing
from accounts.models.interactions import Kind, OurPart, TheirPart
from kam.demo.crowds_script import BEFORE, rows

if TYPE_CHECKING:
    from kam.demo.company import Company

KINDS = [Kind.CALL, Kind.VISIT, Kind.VIDEO, Kind.CALL, Kind.EMAIL]
BANK_SINCE, BANK_EVERY = 445, {"high": 31, "medium": 44, "low": 57}


def add(company: "Company", known: dict[str, Stakeholder]) -> None:
    """`known` by the key of the script; whoever was met before the first opinion was a guess."""
    for row in rows():
        if row.every:
            _meet(company, known[row.theirs.key], row.until + row.every, row.since, row.every)
    for key, (since, every) in BEFORE.items():
        _before(company, known[key], since, every)
    for key, person in known.items():
        if key.startswith("bank "):
            _before(company, person, BANK_SINCE, BANK_EVERY[person.influence])


def _before(company: "Company", person: Stakeholder, since: int, every: int) -> None:
    first = Interaction.objects.filter(their_parts__stakeholder=person).order_by("at").first()
    if first is None:
        return
    met = (company.at - first.at).days
    _meet(company, person, met + every, since, every)
    first_opinion = Assessment.objects.about(person).order_by("made_on").first()
    on = company.today - timedelta(days=since)
    if first_opinion and first_opinion.made_on > on:
        Assessment.make(person, first_opinion.disposition, by=first_opinion.author, on=on)


def _meet(company: "Company", person: Stakeholder, first: int, last: int, every: int) -> None:
    """Backwards from `first` to `last` days ago; every seventh time somebody was busy."""
    days = [day for n, day in enumerate(range(first, last + 1, every)) if n % 7 != 5]
    moments = [company.at - timedelta(days=day, minutes=day % 90) for day in days]
    _keep(person, person.owner or company.people["MR"], moments)


def _keep(person: Stakeholder, ours: User, moments: list[datetime]) -> None:
    with changing(person.account_id, "interaction.log", by=ours.pk):
        made = Interaction.objects.bulk_create(
            Interaction(
                account_id=person.account_id, author=ours, at=at, kind=KINDS[n % len(KINDS)]
            )
            for n, at in enumerate(moments)
        )
        key = {"account_id": person.account_id}
        TheirPart.objects.bulk_create(
            TheirPart(interaction=talk, stakeholder=person, **key) for talk in made
        )
        OurPart.objects.bulk_create(OurPart(interaction=talk, user=ours, **key) for talk in made)
