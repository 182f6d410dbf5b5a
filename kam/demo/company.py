"""Makes the demo company through the same actions that people use."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from accounts.models import Account, Management, Membership, Site, User, changing
from accounts.models.site import preset_values
from kam.demo import commerce, imports, past_reviews, people, plan, readings, relations, whitespace
from kam.demo.meeting import hold_last_week
from kam.demo.script import ANDINO, CLIENTS, PEOPLE, Client, Goal, Person, Text
from planning.models import Action, Objective, Plan
from reviews.models import Review, Series
from reviews.recurrence.recurrence import moment

ZONE = "Europe/Berlin"
REGION = {"en": "en-GB", "es": "es-CO"}


class Company:
    """Builds everything for one language, as seen from one day."""

    def __init__(self, language: str, password: str, at: datetime) -> None:
        self.language = language
        self.password = password
        self.at = at
        self.today = at.date()
        self.people: dict[str, User] = {}

    def build(self) -> None:
        Site.fill(by=None, **self._site())
        for person in PEOPLE:
            self.people[person.key] = self._person(person)
        Management.objects.rebuild()
        for client in CLIENTS:
            self._client(client)
        Review.objects.all().mark_missed(self.at)
        commerce.add(self)
        imports.add(self)
        whitespace.add(self)
        plan.add(self)
        relations.add(self)
        # It spreads the history of all of the above over the last weeks.
        people.add(self)
        # The last one: it reads all of them.
        readings.add(self)

    def _site(self) -> dict[str, Any]:
        """What the environment presets stays as it says."""
        demo = {
            "company": "Nordlicht Software",
            "currency": "EUR",
            "time_zone": ZONE,
            "language": self.language,
            "region": REGION[self.language],
        }
        return demo | preset_values()

    def say(self, text: Text) -> str:
        return text[self.language == "es"]

    def _person(self, person: Person) -> User:
        return User.objects.create_user(
            person.email,
            self.password,
            name=person.name,
            title=self.say(person.title),
            manager=self.people.get(person.manager),
            is_admin=person.admin,
            sees_portfolio=person.portfolio,
            language=self.language,
            region=REGION[self.language],
            time_zone=ZONE,
        )

    def _client(self, client: Client) -> None:
        kam = self.people[next(key for key, role, _right in client.team if role == "kam")]
        account = Account.objects.create(
            name=client.name,
            industry=self.say(client.industry),
            city=client.city,
            tier=client.tier,
            service_class=client.service_class,
        )
        with changing(account.pk, "team.add", by=kam.pk):
            Membership.objects.bulk_create(
                Membership(account=account, user=self.people[key], role=role, right=right)
                for key, role, right in client.team
            )
        made = Plan.objects.create(
            account=account,
            period_start=date(self.today.year, 1, 1),
            period_end=date(self.today.year + 1, 12, 31),
        )
        for goal in client.goals:
            self._goal(made, goal)
        for review in client.reviews:
            self._series(account, kam, review)
        if client is ANDINO:
            hold_last_week(self, account)

    def _goal(self, plan: Plan, goal: Goal) -> None:
        owner = self.people[goal.owner]
        start, now, target = goal.way or ("0", "0", None)
        objective = Objective.add_to(
            plan,
            by=owner,
            horizon=goal.horizon,
            title=self.say(goal.title),
            owner=owner,
            due=self._due(goal.due),
            measure=self.say(goal.measure),
            unit=self.say(goal.unit),
            baseline=Decimal(start),
            current=Decimal(now),
            target=Decimal(target) if target else None,
        )
        before: Action | None = None
        for move in goal.moves:
            mover = self.people[move.owner]
            before = Action.add_to(
                objective,
                by=mover,
                title=self.say(move.title),
                note=self.say(move.note),
                owner=mover,
                due=self.today + timedelta(days=move.due),
                waits_for=before if move.waits else None,
            )
            if move.done is not None:
                before.finish(by=mover, at=self.at + timedelta(days=move.done))

    def _due(self, due: int | str) -> date:
        """In so many days, or the end of a month that is still to come."""
        if isinstance(due, int):
            return self.today + timedelta(days=due)
        year = self.today.year
        ends = {"january": (1, 31), "june": (6, 30), "march after next": (3, 31)}
        month, day = ends[due]
        if date(year, month, day) <= self.today:
            year += 1
        return date(year + (due == "march after next"), month, day)

    def _series(self, account: Account, kam: User, review: tuple[str, str, int, str, int]) -> None:
        kind, rule, days, clock, minutes = review
        day = self.today + timedelta(days=days)
        if "BYDAY=TH" in rule:
            day = self.today + timedelta(days=(3 - self.today.weekday()) % 7 - 14)
        elif day.weekday() > 4:
            day += timedelta(days=7 - day.weekday())
        day = past_reviews.first_day(day, rule)
        series = Series.schedule(
            account,
            by=kam,
            at=moment(datetime.combine(day, time.min), ZoneInfo(ZONE)),
            attendees=[member.user for member in account.team],
            kind=kind,
            rule=rule,
            starts=datetime.combine(day, time.fromisoformat(clock)),
            time_zone=ZONE,
            length=minutes,
            owner=kam,
        )
        past_reviews.record(self, series)
