"""Who comes, who left, who is away, and a week of changes for the history."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pgtrigger
from django.db import connection

from accounts.history.history_registry import told
from accounts.models import Absence, Account, Invitation, Membership, User
from planning.models import Action, Objective, Plan

if TYPE_CHECKING:
    from kam.demo.company import Company

# Who was there when, in days before today.
SEEN = {"MR": 0, "PN": 0, "HD": 1, "JW": 0, "AQ": 0, "TI": 4, "DS": 3, "LF": 6, "IH": 0}
WEEKS_AGO = 24


def add(company: "Company") -> None:
    _invited(company)
    _left(company)
    _seen(company)
    _away(company)
    _long_ago()
    _this_week(company)


def _invited(company: "Company") -> None:
    Invitation.invite(
        by=company.people["IH"],
        at=company.at - timedelta(days=4),
        email="sofia.lindqvist@nordlicht.example",
        name="Sofía Lindqvist",
        title=company.say(("Marketing", "Marketing")),
        manager=company.people["PN"],
        language=company.language,
        region=company.people["IH"].region,
        time_zone=company.people["IH"].time_zone,
    )


def _left(company: "Company") -> None:
    erik = User.objects.create_user(
        "erik.voss@nordlicht.example",
        name="Erik Voss",
        title=company.say(("Key account manager until October", "KAM hasta octubre")),
        language=company.language,
        region=company.people["IH"].region,
        last_login=company.at - timedelta(days=24),
    )
    erik.disable(by=company.people["IH"])


def _seen(company: "Company") -> None:
    for key, days in SEEN.items():
        person = company.people[key]
        person.last_login = company.at - timedelta(days=days)
        person.save(update_fields=["last_login"])


def _away(company: "Company") -> None:
    account = _andino()
    for key, deputy, first, last in [("AQ", "TI", -1, 4), ("LF", "PN", 26, 40)]:
        member = Membership.objects.get(account=account, user=company.people[key])
        Absence.name_deputy(
            member,
            by=company.people[key],
            deputy=company.people[deputy],
            starts=company.today + timedelta(days=first),
            ends=company.today + timedelta(days=last),
        )


def _long_ago() -> None:
    """What was built a moment ago began months ago; a talk was logged when it was over."""
    _shift("TRUE", timedelta(weeks=WEEKS_AGO))
    talks, follows = (told()[f"accounts.{kind}"].table for kind in ("interaction", "acquaintance"))
    with pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {talks} SET pgh_created_at = at")  # noqa: S608 (names of our own tables)
        cursor.execute(
            f"UPDATE {follows} f SET pgh_created_at = t.pgh_created_at FROM {talks} t "  # noqa: S608 (names of our own tables)
            "WHERE f.pgh_context_id = t.pgh_context_id"
        )


def _this_week(company: "Company") -> None:
    andino = Action.objects.of_account(_andino()).order_by("pk")
    strengthen, _proposal, ask = andino[:3]
    goal = Objective.objects.get(account=_andino(), unit="%")
    people, say = company.people, company.say
    title = ask.title
    plans = {plan.account.name: plan for plan in Plan.objects.select_related("account")}
    branches = Objective.objects.get(account__name="Banco del Litoral")
    steps: list[tuple[int, Callable[[], None]]] = [
        (21, lambda: plans["Ferrovía Sur"].change(by=people["DS"], seen={"budget": None}, budget=40_000)),
        (9, lambda: plans["Nordsee Logistik"].change(by=people["MR"], seen={"budget": None}, budget=25_000)),
        (6, lambda: branches.change(by=people["AQ"], current=21)),
        (5, lambda: branches.change(by=people["AQ"], current=22)),
        (4, lambda: goal.change(by=people["AQ"], current=38)),
        (3, lambda: goal.change(by=people["AQ"], current=goal.current + 3)),
        (3, lambda: strengthen.change(by=people["MR"], due=strengthen.due + timedelta(days=4))),
        (3, lambda: strengthen.change(by=people["MR"], due=company.today + timedelta(days=11))),
        (0, lambda: ask.rename(by=people["JW"], seen=title, title=say(("Ask Paola for the meeting", "Pedir la reunión a Paola")))),
        (0, lambda: ask.rename(by=people["MR"], seen=ask.title, title=title)),
    ]  # fmt: skip
    for days, step in steps:
        mark = _now()
        step()
        if days:
            _shift("pgh_created_at > %s", timedelta(days=days), mark)


def _shift(where: str, back: timedelta, *values: Any) -> None:
    """Only the demo may: a real history is append-only."""
    with pgtrigger.ignore(), connection.cursor() as cursor:
        for entry in told().values():
            cursor.execute(
                f"UPDATE {entry.table} SET pgh_created_at = pgh_created_at - %s WHERE {where}",  # noqa: S608 (names of our own tables)
                tuple[Any, ...]([back, *values]),
            )


def _now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
        return now


def _andino() -> Account:
    return Account.objects.get(name="Grupo Andino Salud")
