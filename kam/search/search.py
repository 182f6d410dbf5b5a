"""Search over what a person may see: names first, then what is planned."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Account, Stakeholder, User
from kam.lib.charts.charts import state_of
from planning.models import Action, Objective

MOST = 8
SHORTEST = 2


@dataclass(frozen=True)
class Hit:
    title: str
    about: str
    url: str
    icon: str
    state: str = ""  # of an account: its health


@dataclass(frozen=True)
class Group:
    name: str
    hits: list[Hit]


def lookup(user: User, words: str) -> list[Group]:
    """At most eight of each kind, in one query a kind; nothing for less than two letters."""
    words = words.strip()
    if len(words) < SHORTEST:
        return []
    return [
        group for group in (_accounts(user, words), *_people_and_plans(user, words)) if group.hits
    ]


def _accounts(user: User, words: str) -> Group:
    matching = Account.objects.visible_to(user).matching(words).by_name()
    hits = [
        Hit(a.name, a.industry, a.get_absolute_url(), "building-2", state_of(a.health))
        for a in matching.select_related("standing")[:MOST]
    ]
    return Group(_("Accounts"), hits)


def _people_and_plans(user: User, words: str) -> list[Group]:
    people = Stakeholder.objects.visible_to(user).find(words).select_related("account")[:MOST]
    goals = Objective.objects.visible_to(user).find(words).select_related("account")[:MOST]
    moves = Action.objects.visible_to(user).find(words).open().for_list()[:MOST]
    return [
        Group(_("Stakeholders"), [_hit(p, p.name, p.account.name, "user") for p in people]),
        Group(_("Objectives"), [_hit(o, o.title, o.account.name, "target") for o in goals]),
        Group(
            _("Actions"), [_hit(a.objective, a.title, a.account.name, "list-checks") for a in moves]
        ),
    ]


def _hit(record: Any, title: str, about: str, icon: str) -> Hit:
    return Hit(title, about, record.get_absolute_url(), icon)
