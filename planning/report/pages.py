"""What the templates of the report read, joined from the parts of one snapshot."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Self

from django.utils.dateparse import parse_datetime
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext

from accounts.models import Tier
from accounts.models.team import Role
from kam.lib.site import site
from kam.lib.text import dates
from planning.report.client import Client, Danger
from planning.report.growth import Growth
from planning.report.objectives import Goal, Move, Objectives, Person, Stage, day
from planning.report.people import People
from planning.report.sentences import concern_sentence
from planning.report.worth import Health, Loyalty, Worth

ON_ONE_PAGE = 5
NEXT_MOVES = 4
FIRST_RISKS = 3
LEAD_CONCERNS = 3


@dataclass(frozen=True)
class Approved:
    """The version approved last; `same` while what approval covers has not changed since."""

    number: int
    by: str
    on: date
    same: bool

    @classmethod
    def of(cls, data: dict[str, Any], version: int) -> "Approved | None":
        """Approving writes itself into its snapshot; any other one knows what came before."""
        if approval := data.get("approval"):
            return cls(version, approval["by"]["name"], day(approval["on"]), True)
        if not (before := data.get("approved")):
            return None
        at = parse_datetime(before["at"])
        on = localdate(at) if at else day(before["at"][:10])
        return cls(before["number"], before["by"], on, before["same"])


def review_day(data: dict[str, Any]) -> date | None:
    at = parse_datetime(data["review"]) if data.get("review") else None
    return localdate(at) if at else None


def tier_words(data: dict[str, Any]) -> str:
    """Key account, class A."""
    tier = data.get("tier")
    if not tier:
        return ""
    label, service = str(Tier(tier).label), data.get("service_class")
    return (
        gettext("%(tier)s, class %(letter)s") % {"tier": label, "letter": service}
        if service
        else label
    )


@dataclass(frozen=True)
class PlanPages:
    """What the templates of the report read."""

    company: str
    account: str
    period: tuple[date, date]
    version: int
    today: date
    team: list[Person]
    stages: list[Stage]
    people: People
    client: Client
    worth: Worth
    growth: Growth
    health: Health
    loyalty: Loyalty
    review: date | None
    tier: str
    approved: Approved | None

    @classmethod
    def of(cls, data: dict[str, Any], *, version: int, today: date) -> Self:
        """`today` is the day of the snapshot, so that the pages never age."""
        account, (start, end) = data["account"], data["period"]
        return cls(
            company=data.get("company") or site().heading,
            account=account["name"],
            period=(day(start), day(end)),
            version=version,
            today=today,
            team=[Person(member["name"], member["role"]) for member in account["team"]],
            stages=list(Objectives(data, today).stages()),
            people=People.of(data),
            client=Client.of(data),
            worth=Worth.of(data),
            growth=Growth.of(data),
            health=Health.of(data),
            loyalty=Loyalty.of(data),
            review=review_day(data),
            tier=tier_words(data),
            approved=Approved.of(data, version),
        )

    @property
    def period_words(self) -> str:
        """2027 for a calendar year, else from and to."""
        start, end = self.period
        first_to_last = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
        if first_to_last and start.year == end.year:
            return str(start.year)
        if first_to_last:
            return f"{start.year}–{end.year}"
        return f"{dates.month_year(start)} – {dates.month_year(end)}"

    @property
    def kind(self) -> str:
        return gettext("Account plan %(period)s") % {"period": self.period_words}

    @property
    def status(self) -> str:
        if self.is_draft or self.approved is None:
            return gettext("v%(version)s draft") % {"version": self.version}
        return gettext("v%(version)s, approved by %(name)s on %(day)s") % {
            "version": self.approved.number,
            "name": self.approved.by,
            "day": dates.day_year(self.approved.on),
        }

    @property
    def status_short(self) -> str:
        """v7 draft, v6 approved: for the head of every page."""
        if self.is_draft or self.approved is None:
            return gettext("v%(version)s draft") % {"version": self.version}
        return gettext("v%(version)s approved") % {"version": self.approved.number}

    @property
    def is_draft(self) -> bool:
        return self.approved is None or not self.approved.same

    @property
    def title(self) -> str:
        return f"{self.account}, {self.kind[:1].lower()}{self.kind[1:]}"

    @cached_property
    def goals(self) -> list[Goal]:
        return [goal for stage in self.stages for goal in stage.goals]

    @property
    def risks(self) -> list[Danger]:
        return self.client.risks

    @property
    def first_risks(self) -> list[Danger]:
        return self.client.risks[:FIRST_RISKS]

    @property
    def concern_sentences(self) -> list[SafeString]:
        return self.all_sentences[:LEAD_CONCERNS]

    @cached_property
    def all_sentences(self) -> list[SafeString]:
        return [concern_sentence(concern) for concern in self.people.concerns]

    @property
    def first_goals(self) -> list[Goal]:
        """As many as fit on one page with the next actions."""
        return self.goals[:ON_ONE_PAGE]

    @property
    def more_goals(self) -> int:
        return len(self.goals) - len(self.first_goals)

    @cached_property
    def moves(self) -> list[Move]:
        return [move for goal in self.goals for move in goal.moves]

    @cached_property
    def open_moves(self) -> list[Move]:
        """The first due of what is open, the late ones before all."""
        return sorted((m for m in self.moves if not m.done_on), key=lambda m: (m.due, m.pk))

    @property
    def next_moves(self) -> list[Move]:
        return self.open_moves[:NEXT_MOVES]

    @property
    def count_words(self) -> str:
        goals, moves = len(self.goals), len(self.moves)
        return gettext("%(objectives)s with %(actions)s") % {
            "objectives": ngettext("%(n)s objective", "%(n)s objectives", goals) % {"n": goals},
            "actions": ngettext("%(n)s action", "%(n)s actions", moves) % {"n": moves},
        }

    @property
    def done_words(self) -> str:
        if not self.moves:
            return gettext("nothing is to be done yet")
        done = sum(1 for move in self.moves if move.done_on)
        late = sum(1 for move in self.moves if move.days_late)
        words = ngettext("%(n)s is done", "%(n)s are done", done) % {"n": done}
        if not late:
            return gettext("%(done)s and none is late") % {"done": words}
        more = ngettext("%(n)s is late", "%(n)s are late", late) % {"n": late}
        return gettext("%(done)s and %(late)s") % {"done": words, "late": more}

    def person(self, role: str) -> Person | None:
        return next((person for person in self.team if person.role == role), None)

    @property
    def kam(self) -> Person | None:
        return self.person(Role.KAM)

    @property
    def sponsor(self) -> Person | None:
        return self.person(Role.SPONSOR)
