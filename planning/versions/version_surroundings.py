"""What stands around a plan on the day of a snapshot: people, money, standing, by value.

`frozen()` holds what is compared and approved; this holds what a report says besides. Keys:

- `day`: the installation's day; a snapshot of another day is another snapshot, since what is late
  and who is going cold depends on it.
- `people`, `links`, `concerns`, `way`, `coverage`: the people of the client as they stood.
- `worth`, `contracts`, `deals`: money in the account's currency, None where not scored.
- `health`: `{"score", "before", "parts": [{"part", "names", "score", "before"}]}`, 0 to 100 or
  None; `before` is a quarter ago, `names` the words by language.
- `loyalty`: `{"nps", "before", "n"}` once somebody asks the client; absent is not scored.
- `whitespace`: `{"units", "products", "places"}`, what each place is and what it holds.
- `review`: when the next review with the client or about it is.
- `working`: of a snapshot without a number that of the working version it was taken of.
- `approved`: the version that was approved last, and whether what it covers is still the same.

Layers above add their own by key: `@freezes("loyalty")` on a function of account and moment.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from accounts.commerce.periods import site_day, site_zone
from accounts.models import Account, Contract, Opportunity, Standing
from accounts.stakeholders.concerns import concerns
from accounts.stakeholders.coverage import coverage
from accounts.stakeholders.introductions import best_way
from accounts.stakeholders.stakeholder_snapshot import (
    Person,
    StakeholderSnapshot,
    stakeholder_snapshots,
)
from planning.models.approval import Approval
from planning.versions.version_data import fingerprint
from planning.versions.version_whitespace import frozen_places

if TYPE_CHECKING:
    from planning.models.plan import Plan

Freezer = Callable[[Account, datetime], Any]
_from_above: dict[str, Freezer] = {}

PERSON = (
    "name", "title", "department", "roles", "influence", "is_gap", "disposition", "is_guess",
    "was", "days", "two_way_days", "cadence", "owed_days", "owner", "reports_to", "given_name",
    "family_names",
)  # fmt: skip
WORTH = (
    "value_now", "value_before", "growth", "pairs", "projected", "potential", "won_count", "won_sum",
    "lost_count", "lost_sum", "open_count", "open_sum", "open_weighted", "contract_end",
    "overdue_share", "lacking",
)  # fmt: skip
CONTRACT = ("title", "value", "currency", "start", "end", "notice", "renewal", "adjustment")
DEAL = (
    "title", "value", "currency", "probability", "stage", "state", "expected", "closed_at", "reason",
)  # fmt: skip


def freezes(key: str) -> Callable[[Freezer], Freezer]:
    def register(freezer: Freezer) -> Freezer:
        _from_above[key] = freezer
        return freezer

    return register


def around(plan: "Plan", data: dict[str, Any], at: datetime) -> dict[str, Any]:
    """To be kept beside `data`, which is `frozen(plan)`; the same few queries whatever there is."""
    return (
        around_one_page(plan, data, at)
        | _deals(plan.account, at)
        | {"whitespace": frozen_places(plan.account, at)}
    )


def around_one_page(plan: "Plan", data: dict[str, Any], at: datetime) -> dict[str, Any]:
    """What of it a page of twelve lines may say."""
    account = plan.account
    standing = Standing.objects.of_account(account).first() or Standing(account=account)
    above = {key: freezer(account, at) for key, freezer in _from_above.items()}
    return {
        "day": site_day(at),
        "tier": account.tier,
        "service_class": account.service_class,
        **_people(account, at),
        "worth": {name: getattr(standing, name) for name in WORTH},
        "health": {"score": standing.health, "before": standing.health_before, "parts": []},
        "review": standing.next_review_at,
        "approved": _approved(plan, data),
    } | above


def _people(account: Account, at: datetime) -> dict[str, Any]:
    here = stakeholder_snapshots([account.pk], site_zone(), at)[account.pk]
    return {
        "people": [_person(person) for person in here.people],
        "links": [[k.influencer, k.influenced, k.strength] for k in here.links],
        "concerns": _concerns(here),
        "way": _way(here),
        "coverage": coverage(here.people).score,
    }


def _person(person: Person) -> dict[str, Any]:
    known = [{"name": k.name, "level": k.level, "wanted": k.wanted} for k in person.known_by]
    fields = {name: getattr(person, name) for name in PERSON}
    return {"id": person.pk, **fields, "known_by": known}


def _concerns(here: StakeholderSnapshot) -> list[dict[str, Any]]:
    """Kept, since who reads a copy without some names must not find their seats empty."""
    return [
        {
            "name": concern.name,
            "people": [person.pk for person in concern.people],
            "roles": concern.roles,
            "departments": concern.departments,
        }
        for concern in concerns(here.people)
    ]


def _way(here: StakeholderSnapshot) -> dict[str, Any] | None:
    way = best_way(here)
    if way is None:
        return None
    return {"ours": way.steps[0].ours, "people": [step.person.pk for step in way.steps]}


def _deals(account: Account, at: datetime) -> dict[str, Any]:
    deals = Opportunity.objects.of_account(account).of_this_year(at).for_list()
    contracts = Contract.objects.of_account(account).running(site_day(at)).for_list()
    return {
        "contracts": [{**_values(row, CONTRACT), "unit": _unit(row)} for row in contracts],
        "deals": [{**_values(row, DEAL), "unit": _unit(row)} for row in deals],
    }


def _unit(row: Any) -> str:
    return row.unit.name if row.unit else ""


def _values(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {"id": row.pk, **{name: getattr(row, name) for name in names}}


def _approved(plan: "Plan", data: dict[str, Any]) -> dict[str, Any] | None:
    last = Approval.objects.filter(plan=plan).approved().newest_first()
    found = last.select_related("decided_by", "snapshot").first()
    if found is None or found.snapshot is None or found.decided_by is None:
        return None
    return {
        "number": found.snapshot.number,
        "by": found.decided_by.name,
        "at": found.decided_at,
        "same": fingerprint(found.snapshot.data) == fingerprint(data),
    }
