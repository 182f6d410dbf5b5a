"""Rows for tests, straight into the tables: `make_x(parent, **what differs)`."""

from datetime import UTC, date, datetime
from typing import Any

from django.test import Client
from django.utils.timezone import now

from accounts.models import (
    Absence,
    Account,
    Assessment,
    Interaction,
    Invitation,
    Membership,
    SessionNote,
    Site,
    Stakeholder,
    User,
)
from accounts.models.absence import today_here
from accounts.models.session import hash_of
from kam.lib.outbox.models import Delivery, KeptMail
from planning.models import Action, Objective, Plan, Report, Snapshot


def make_user(name: str, **changes: Any) -> User:
    email = f"{name.split()[0].lower()}@example.com"
    return User.objects.create_user(**{"email": email, "name": name, "password": None, **changes})


def make_account(name: str, **changes: Any) -> Account:
    return Account.objects.create(**{"name": name, "tier": "key", **changes})


def make_plan(account: Account, **changes: Any) -> Plan:
    period = {"period_start": date(2026, 1, 1), "period_end": date(2027, 12, 31)}
    return Plan.objects.create(account=account, **{**period, **changes})


def make_objective(plan: Plan, *, owner: User, **changes: Any) -> Objective:
    fields = {"title": "Meet the CTO", "horizon": "short", "due": date(2027, 1, 31), "position": 1}
    return Objective.objects.create(
        plan=plan, account_id=plan.account_id, owner=owner, **{**fields, **changes}
    )


def make_action(objective: Objective, *, owner: User, **changes: Any) -> Action:
    fields = {"title": "Call the VP of engineering", "due": date(2026, 12, 4), "position": 1}
    return Action.objects.create(
        objective=objective, account_id=objective.account_id, owner=owner, **{**fields, **changes}
    )


# So long are the people of the tests known that contacts with them are owed.
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def make_stakeholder(account: Account, name: str = "Paola Herrera", **changes: Any) -> Stakeholder:
    fields = {"owed_since": LONG_AGO, **changes}
    return Stakeholder.objects.create(account=account, name=name, **fields)


def make_assessment(
    person: Stakeholder, disposition: int, *, by: User, on: date, **changes: Any
) -> Assessment:
    words = {"evidence": "She said so", **changes}
    return Assessment.make(person, disposition, by=by, on=on, **words)


def make_interaction(*theirs: Stakeholder, by: User, at: datetime, **changes: Any) -> Interaction:
    fields = {"kind": "call", "note": "Asked for numbers", **changes}
    interaction, _new = Interaction.log(theirs[0].account, by=by, theirs=theirs, at=at, **fields)
    return interaction


def make_report(plan: Plan, *, by: User, stored: bool = True) -> Report:
    snapshot = Snapshot.take(plan, by=by, at=now())
    report = Report.of(snapshot, by=by)
    if stored:
        report.store(b"%PDF-1.7 a test")
    return report


def make_kept_mail() -> KeptMail:
    letter = b"Subject: Hello\nTo: a@example.com\n\nRead http://localhost:8000/reviews/\n"
    return KeptMail.objects.create(to="a@example.com", subject="Hello", message=letter)


def make_invitation(
    name: str, *, by: User, at: datetime | None = None, **changes: Any
) -> Invitation:
    fields = {"email": f"{name.split()[0].lower()}@example.com", "name": name}
    return Invitation.invite(by=by, at=at or now(), **{**fields, **changes})


def make_absence(person: User, account: Account, *, deputy: User, **changes: Any) -> Absence:
    """Away today, unless told otherwise."""
    member = Membership.objects.get(account=account, user=person)
    days = {"starts": today_here(), "ends": today_here()}
    return Absence.name_deputy(member, by=person, deputy=deputy, **{**days, **changes})


def part_of(delivery: Delivery, kind: str) -> str:
    """The plain or html part of a mail, as sent."""
    part: Any = delivery.raw().get_body((kind,))
    return str(part.get_content())


def make_session(user: User, agent: str = "Mozilla/5.0 (X11; Linux) Firefox/140.0") -> SessionNote:
    """Somebody signed in on another device."""
    browser = Client(headers={"user-agent": agent})
    browser.force_login(user)
    browser.get("/", secure=True)
    return SessionNote.objects.get(key_hash=hash_of(str(browser.session.session_key)))


def make_site(**changes: Any) -> Site:
    """As a company of the calendar year in Berlin, unless a test says otherwise."""
    fields = {"company": "Nordlicht Software", "time_zone": "Europe/Berlin", **changes}
    return Site.fill(by=None, **fields)
