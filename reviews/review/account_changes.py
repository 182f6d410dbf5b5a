"""What moved round a plan since the last held review: people of the client, and opportunities.

Both sides are as snapshots hold them (planning/versions/version_surroundings.py); those of an older schema know
neither people nor deals, and then nothing is said of them.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.commerce.periods import site_zone
from accounts.models import Opportunity
from accounts.models.assessments import Disposition
from accounts.stakeholders.stakeholder_snapshot import stakeholder_snapshots
from kam.lib.text import dates
from kam.lib.text.money import money
from planning.models import Plan
from planning.models.snapshot import as_json
from reviews.review.plan_changes import Change

Frozen = dict[str, Any]
PERSON = ("name", "disposition", "days", "cadence", "is_gap")
DEAL = ("title", "value", "currency", "probability", "state", "expected", "reason")


def around_now(plan: Plan, at: Any) -> Frozen:
    """The same rows as of now, without the rest that a report needs."""
    people = stakeholder_snapshots([plan.account_id], site_zone(), at)[plan.account_id].people
    deals = Opportunity.objects.of_account(plan.account).of_this_year(at).for_list()
    found: Frozen = as_json(
        {
            "people": [{"id": p.pk, **{n: getattr(p, n) for n in PERSON}} for p in people],
            "deals": [{"id": d.pk, **{n: getattr(d, n) for n in DEAL}} for d in deals],
        }
    )
    return found


def changes_around(before: Frozen, now: Frozen) -> list[Change]:
    """People who moved or went cold, then opportunities."""
    found: list[Change] = []
    if "people" in before and "people" in now:
        found += _people(before["people"], now["people"])
    if "deals" in before and "deals" in now:
        found += _deals(before["deals"], now["deals"])
    return found


def _people(before: list[Frozen], now: list[Frozen]) -> Iterable[Change]:
    earlier = {person["id"]: person for person in before}
    for person in now:
        was = earlier.get(person["id"])
        if was is None or person["is_gap"]:
            continue
        if was["disposition"] != person["disposition"]:
            yield _moved(was, person)
        if _is_cold(person) and not _is_cold(was):
            yield _gone_cold(was, person)


def _moved(was: Frozen, person: Frozen) -> Change:
    old, new = was["disposition"], person["disposition"]
    better = new - old if old is not None and new is not None else 0
    return Change(
        label=person["name"],
        before=_stance(old),
        now=_stance(new),
        change="",
        state="good" if better > 0 else "risk" if better < 0 else "",
    )


def _gone_cold(was: Frozen, person: Frozen) -> Change:
    return Change(
        label=person["name"],
        before=_ago(was["days"]),
        now=_ago(person["days"]),
        change="",
        state="risk",
        why=_("Going cold: every %(n)s days was the plan") % {"n": person["cadence"]},
    )


def _is_cold(person: Frozen) -> bool:
    """Snapshots of before this was kept: everybody was owed."""
    owed = person.get("owed_days", person["cadence"]) >= person["cadence"]
    return owed and person["days"] is not None and person["days"] >= person["cadence"]


def _stance(value: int | None) -> str:
    return str(Disposition(value).label) if value is not None else _("Unknown")


def _ago(days: int | None) -> str:
    if days is None:
        return _("never")
    return ngettext("%(days)s day ago", "%(days)s days ago", days) % {"days": days}


def _deals(before: list[Frozen], now: list[Frozen]) -> Iterable[Change]:
    earlier = {deal["id"]: deal for deal in before}
    for deal in now:
        was = earlier.get(deal["id"])
        if was is None:
            if deal["state"] == "open":
                yield Change(deal["title"], "–", _worth(deal), _("new"), "good")
        elif was["state"] != deal["state"]:
            yield _closed(was, deal)
        elif deal["state"] == "open" and _told(was) != _told(deal):
            yield _shifted(was, deal)


def _closed(was: Frozen, deal: Frozen) -> Change:
    words = {"won": _("won"), "lost": _("lost"), "open": _("open again")}
    state = {"won": "good", "lost": "risk"}.get(deal["state"], "")
    return Change(
        deal["title"], _told(was), _worth(deal), words[deal["state"]], state, deal["reason"]
    )


def _shifted(was: Frozen, deal: Frozen) -> Change:
    """Another value, chance or day; a later day is what to talk about."""
    later = deal["expected"] > was["expected"]
    better = _chance(deal) > _chance(was)
    worse = later or _chance(deal) < _chance(was)
    return Change(
        label=deal["title"],
        before=_told(was),
        now=_told(deal),
        change=_("put off") if later else "",
        state="risk" if worse else "good" if better else "",
    )


def _chance(deal: Frozen) -> float:
    return float(deal["value"]) * int(deal["probability"])


def _told(deal: Frozen) -> str:
    day = dates.day_short(date.fromisoformat(deal["expected"]))
    return f"{_worth(deal)}, {deal['probability']} %, {day}"


def _worth(deal: Frozen) -> str:
    return money(float(deal["value"]), deal["currency"])
