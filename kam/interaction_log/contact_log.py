"""Logging an interaction: one entry moves last contact, opinion and the next action together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import Account, Assessment, Interaction, Stakeholder, User, changing
from planning.models import Action, Objective, Plan

SUGGESTED = 8


@dataclass(frozen=True)
class NextAction:
    title: str
    due: date
    objective: Objective


def log_contact(
    account: Account,
    *,
    by: User,
    theirs: list[Stakeholder],
    disposition: int | None = None,
    next_action: NextAction | None = None,
    **fields: Any,
) -> tuple[Interaction, bool]:
    """One transaction; a form that arrives twice is logged once, and so is what follows from it."""
    with changing(account.pk, "interaction.log", by=by.pk):
        interaction, new = Interaction.log(account, by=by, theirs=theirs, **fields)
        if new and disposition is not None:
            says = {"evidence": interaction.note[:1000], "interaction": interaction}
            Assessment.make(theirs[0], disposition, by=by, on=by.today(interaction.at), **says)
        if new and next_action:
            facts = {"title": next_action.title, "due": next_action.due, "owner": by}
            who = theirs[0] if theirs else None
            Action.add_to(next_action.objective, by=by, stakeholder=who, **facts)
    return interaction, new


def open_objectives(account: Account, user: User, day: date) -> list[Objective]:
    """Of the current plan, the nearest horizon first; none without a plan."""
    plan = Plan.objects.visible_to(user).of(account).current(day).first()
    if plan is None:
        return []
    objectives = Objective.objects.of_plan(plan).with_actions()
    return [objective for objective in objectives if objective.progress != 1]


def suggested(
    user: User, account: Account | None, words: str, chosen: Iterable[Stakeholder]
) -> list[Stakeholder]:
    """Who was chosen, then who is meant by the words; without words whom we met lately."""
    first = list(dict.fromkeys(chosen))
    people = Stakeholder.objects.editable_by(user).present().named().for_page().lately_met()
    if account:
        people = people.of_account(account)
    found = people.find(words).exclude(pk__in=[person.pk for person in first])
    return first + list(found[:SUGGESTED])
