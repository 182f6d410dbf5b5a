"""How the people of many accounts stand in contact with us, as of a moment: sets, no pages."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Max
from django.db.models.functions import TruncDate

from accounts.commerce.periods import site_day, site_zone
from accounts.interactions.engagement import QUARTER, Engagement, engagement
from accounts.models import Assessment, Stakeholder
from accounts.models.interactions import Kind, TheirPart
from accounts.models.stakeholders import RHYTHMS, Influence
from accounts.stakeholders.coverage import Coverage, coverage
from accounts.stakeholders.stakeholder_snapshot import Person

FIELDS = (
    "pk", "account_id", "influence", "cadence", "is_gap", "left_at", "last_contact_at",
    "last_two_way_at", "owed_since",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ContactFigures:
    """Of one account. `last_contact_at` is as stored today, also of those who left."""

    coverage: Coverage
    engagement: Engagement
    last_contact_at: datetime | None


def contact_figures(accounts: Sequence[int], at: datetime) -> dict[int, ContactFigures]:
    """Three queries whatever the accounts; a fourth where somebody was met after `at`.

    Days are those of the installation. Of a moment in the past, influence and rhythm are today's:
    they carry no date. Opinions, contacts and departures do.
    """
    day = site_day(at)
    rows = list(Stakeholder.objects.of_accounts(accounts).values(*FIELDS))
    opinions = Assessment.objects.of_accounts(accounts).current(day)
    stands = dict(opinions.values_list("stakeholder_id", "disposition"))
    contacts = _contact_days(accounts, day, at)
    earlier = _last_before(at, [r["pk"] for r in rows if _is_after(r["last_two_way_at"], at)])
    people: dict[int, list[Person]] = defaultdict(list)
    last: dict[int, datetime] = {}
    for row in rows:
        pk, met_at = row["account_id"], row["last_contact_at"]
        if met_at and (pk not in last or met_at > last[pk]):
            last[pk] = met_at
        if row["left_at"] is None or row["left_at"] > at:
            people[pk].append(_person(row, stands, earlier, day, at))
    return {
        pk: ContactFigures(
            coverage(people[pk]), engagement(people[pk], contacts, day), last.get(pk)
        )
        for pk in accounts
    }


def _contact_days(accounts: Sequence[int], day: date, at: datetime) -> dict[int, int]:
    """On how many of the last 90 days each was in contact with us, in both directions."""
    since = datetime.combine(day - timedelta(days=QUARTER - 1), time.min, tzinfo=site_zone())
    met = _both_ways().filter(account__in=accounts, interaction__at__range=(since, at))
    days = Count(TruncDate("interaction__at", tzinfo=site_zone()), distinct=True)
    counted = met.values("stakeholder").annotate(n=days)
    return dict(counted.values_list("stakeholder", "n"))


def _last_before(at: datetime, people: list[int]) -> dict[int, datetime]:
    """For who was met since then: the last contact in both directions until that moment."""
    if not people:
        return {}
    met = _both_ways().filter(stakeholder__in=people, interaction__at__lte=at)
    last = met.values("stakeholder").annotate(last=Max("interaction__at"))
    return dict(last.values_list("stakeholder", "last"))


def _both_ways() -> Any:
    return TheirPart.objects.filter(interaction__is_two_way=True).exclude(
        interaction__kind=Kind.NOTE
    )


def _is_after(moment: datetime | None, at: datetime) -> bool:
    return moment is not None and moment > at


def _person(
    row: dict[str, Any],
    stands: dict[int, int],
    earlier: dict[int, datetime],
    day: date,
    at: datetime,
) -> Person:
    """Only what figures ask for."""
    met_at = row["last_two_way_at"]
    if _is_after(met_at, at):
        met_at = earlier.get(row["pk"])
    return Person(
        pk=row["pk"],
        name="",
        influence=row["influence"],
        is_gap=row["is_gap"],
        disposition=stands.get(row["pk"]),
        two_way_days=None if met_at is None else (day - site_day(met_at)).days,
        cadence=row["cadence"] or RHYTHMS[Influence(row["influence"])],
        owed_days=(day - site_day(row["owed_since"])).days,
    )
