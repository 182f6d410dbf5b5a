"""The client's people of the demo: who they are, how they stand, what happened with them."""

from datetime import timedelta
from typing import TYPE_CHECKING

from accounts.models import Account, Acquaintance, Assessment, Interaction, Stakeholder, Tie, User
from kam.demo import contacts
from kam.demo.crowds_script import rows
from kam.demo.relations_script import ANDINO, CROWDS, TALKS, Contact, Talk, Theirs
from planning.models import Action

if TYPE_CHECKING:
    from kam.demo.company import Company


def add(company: "Company") -> None:
    by_name = {account.name: account for account in Account.objects.all()}
    known = _people(company, by_name["Grupo Andino Salud"], ANDINO)
    for account, people in CROWDS.items():
        known |= _people(company, by_name[account], people)
    for row in rows():
        known |= _people(company, by_name[row.account], [row.theirs])
    for talk in sorted(TALKS, key=lambda t: -t.days):
        _talk(company, known, talk)
    _older_contacts(company, known)
    contacts.add(company, known)
    _concern(known)


def _people(company: "Company", account: Account, people: list[Theirs]) -> dict[str, Stakeholder]:
    known: dict[str, Stakeholder] = {}
    for theirs in people:
        known[theirs.key] = Stakeholder.add(
            account,
            by=_someone(company, theirs, account),
            name=company.say(theirs.name) if isinstance(theirs.name, tuple) else theirs.name,
            title=company.say(theirs.title),
            department=company.say(theirs.unit),
            email=theirs.email,
            phone=theirs.phone,
            roles=theirs.roles,
            influence=theirs.influence,
            cadence=theirs.cadence or None,
            owner=company.people.get(theirs.owner),
            reports_to=known.get(theirs.boss),
            is_gap=theirs.is_gap,
        )
    # They were entered with the account, two years before the story begins.
    Stakeholder.objects.of_account(account).update(owed_since=company.at - timedelta(days=730))
    for theirs in people:
        _opinions(company, known, theirs)
        for other, strength in theirs.moves:
            owner = _someone(company, theirs, account)
            Tie.set(known[theirs.key], known[other], strength=strength, by=owner)
        for key, level, wanted in theirs.levels:
            user = company.people[key]
            Acquaintance.set(user, known[theirs.key], level=level, wanted=wanted, by=user)
    return known


def _someone(company: "Company", theirs: Theirs, account: Account) -> User:
    return company.people.get(theirs.owner) or account.kam or company.people["MR"]


def _opinions(company: "Company", known: dict[str, Stakeholder], theirs: Theirs) -> None:
    person = known[theirs.key]
    for days, disposition, who, evidence in theirs.stands:
        Assessment.make(
            person,
            disposition,
            by=company.people[who],
            on=company.today - timedelta(days=days),
            evidence=company.say(evidence),
        )


def _talk(company: "Company", known: dict[str, Stakeholder], talk: Talk) -> None:
    ours = [company.people[key] for key in talk.ours]
    theirs = [known[key] for key in talk.theirs]
    Interaction.log(
        theirs[0].account,
        by=ours[0],
        theirs=theirs,
        ours=ours,
        kind=talk.kind,
        at=company.at - timedelta(days=talk.days, minutes=talk.minutes),
        note=company.say(talk.note),
        is_two_way=talk.answered,
    )


def _older_contacts(company: "Company", known: dict[str, Stakeholder]) -> None:
    """Everybody with a number of days since the last contact was met then."""
    crowds = [row.theirs for row in rows()]
    for people in (ANDINO, crowds, *CROWDS.values()):
        for theirs in people:
            contact = theirs.contact
            if contact is None or any(theirs.key in talk.theirs for talk in TALKS):
                continue
            _short(company, known[theirs.key], theirs, contact)


def _short(company: "Company", person: Stakeholder, theirs: Theirs, contact: Contact) -> None:
    user = _someone(company, theirs, person.account)
    Interaction.log(
        person.account,
        by=user,
        theirs=[person],
        kind=contact.kind,
        at=company.at - timedelta(days=contact.days, minutes=contact.days % 50),
        note=company.say(contact.note),
    )


def _concern(known: dict[str, Stakeholder]) -> None:
    """The actions of the plan name the people they are about."""
    about = {"VP": "herrera", "vicepresidenta": "herrera", "Gustavo": "prieto", "intrusión": "prieto", "pen-test": "prieto", "CFO": "salas", "dirección financiera": "salas", "procurement": "ferrer", "compras": "ferrer"}  # fmt: skip
    for action in Action.objects.filter(account=known["herrera"].account).select_related("owner"):
        key = next((key for word, key in about.items() if word in action.title), "")
        if key:
            action.change(by=action.owner, stakeholder=known[key])
