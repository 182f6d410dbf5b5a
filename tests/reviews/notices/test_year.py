from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.test import TestCase

from accounts.models import Management, Membership, User
from kam.lib.outbox.models import Delivery, OptOut
from planning.models import Action
from reviews.models import DigestChoice, Review, Series
from reviews.notices.review_clock import tick
from tests.factories import make_account, make_action, make_objective, make_plan, make_user
from tests.reviews import year
from tests.reviews.year import FIRST, LAST, ZONES


class YearTest(TestCase):
    """A year of fifty accounts, tick by tick, with every mail rendered as it would be sent."""

    people: dict[str, User]
    actions: list[tuple[Action, datetime]]
    plans: dict[int, year.Plan]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.people = {}
        for number, zone in enumerate([year.BERLIN, year.NEW_YORK, year.BOGOTA]):
            cls.join(f"manager{number}", zone)
        for number in range(year.KAMS):
            cls.join(f"kam{number}", ZONES[number % len(ZONES)], manager=f"manager{number % 3}")
        for number in range(year.SALES):
            cls.join(f"sales{number}", year.BERLIN)
        Management.objects.rebuild()
        cls.plans = {}
        for number in range(year.ACCOUNTS):
            cls.call(year.Plan(number))
        cls.actions = []
        objectives = {kam: cls.objective(kam) for kam in range(year.KAMS)}
        for task in year.tasks():
            owner = cls.people[f"kam{task.kam}"]
            action = make_action(objectives[task.kam], owner=owner, due=task.due)
            if task.done:
                cls.actions.append((action, task.done))
        cls.live()

    @classmethod
    def join(cls, name: str, zone: str, manager: str = "") -> None:
        languages: dict[str, Any] = {"language": "es", "region": "es-CO"} if name[-1] == "2" else {}
        cls.people[name] = make_user(
            name, time_zone=zone, manager=cls.people.get(manager), **languages
        )

    @classmethod
    def call(cls, plan: year.Plan) -> None:
        account = make_account(f"Account {plan.number:02}")
        kam, sales = cls.people[f"kam{plan.kam}"], cls.people[f"sales{plan.sales}"]
        Membership.objects.create(account=account, user=kam, role="kam", right="lead")
        Membership.objects.create(account=account, user=sales, role="sales", right="edit")
        first = next(iter(plan.days))
        series = Series.schedule(
            account,
            by=kam,
            at=FIRST,
            attendees=[sales],
            owner=kam,
            rule=plan.rule,
            starts=datetime.fromisoformat(f"{first}T10:00"),
            time_zone=plan.zone,
            agenda=plan.agenda,
            reminders=plan.offsets,
        )
        cls.plans[series.pk] = plan

    @classmethod
    def objective(cls, kam: int) -> Any:
        owner = cls.people[f"kam{kam}"]
        account = owner.memberships.order_by("pk")[0].account
        return make_objective(make_plan(account), owner=owner)

    @classmethod
    def live(cls) -> None:
        manager = cls.people["manager2"]
        DigestChoice.objects.of(manager, FIRST).choose(is_on=True, weekday=4, hour=18, at=FIRST)
        for at in year.ticks():
            cls.happen(at)
            tick(at)
            cls.send(at)

    @classmethod
    def happen(cls, at: datetime) -> None:
        """What people do by then: hold reviews, finish actions, leave, do without."""
        for review in Review.objects.scheduled().filter(starts_at__lte=at).select_related("series"):
            if not cls.plans[review.series_id].is_missing(review.local_start.date()):
                review.hold(by=review.series.owner, at=at)
        for action, done in cls.actions:
            if done == at:
                action.finish(by=action.owner, at=at)
        if at == year.OPTS_OUT:
            person = cls.people[f"sales{year.OPTER}"]
            OptOut.objects.choose(person, "review_reminder", wanted=False)
        if at == year.LEAVES:
            leaver = cls.people[f"sales{year.LEAVER}"]
            leaver.memberships.get(account__name=f"Account {year.LEFT:02}").delete()
        if at == year.DISABLED:
            User.objects.filter(pk=cls.people[f"kam{year.DISABLED_KAM}"].pk).update(is_active=False)

    @staticmethod
    def send(at: datetime) -> None:
        while delivery := Delivery.objects.claim(at):
            if delivery.render(at):
                delivery.mark_sent(at)

    def counted(self, **facts: str) -> Counter[tuple[str, str]]:
        told = Delivery.objects.filter(kind__in=year.KINDS, **facts)
        rows = told.values_list("kind", "recipient__name")
        return Counter((kind, person) for kind, person in rows)

    def test_exactly_the_mails_of_the_rules_are_sent(self) -> None:
        promise = year.promised()

        self.assertEqual(self.counted(state="sent"), +promise.sent)
        self.assertEqual({kind for kind, _person in promise.sent}, set(year.KINDS))
        self.assertGreater(promise.sent.total(), 900)

    def test_what_was_not_sent_says_that_the_right_was_gone(self) -> None:
        promise = year.promised()

        self.assertEqual(self.counted(state="dropped"), +promise.unseen)
        self.assertEqual(self.counted(unsaid="right"), +promise.unseen)
        self.assertGreater(promise.unseen.total(), 3)

    def test_no_message_was_made_twice(self) -> None:
        ids = list(Delivery.objects.filter(state="sent").values_list("message_id", flat=True))

        self.assertEqual(len(ids), len(set(ids)))
        self.assertFalse(Delivery.objects.filter(state="waiting").exists())

    def test_a_second_run_over_the_last_week_adds_nothing(self) -> None:
        before = Delivery.objects.count()

        for hours in range(7 * 24, -1, -24):
            tick(LAST - timedelta(hours=hours))

        self.assertEqual(Delivery.objects.count(), before)

    def test_a_jump_of_a_year_sends_no_flood(self) -> None:
        before = self.counted()

        tick(LAST + timedelta(days=365))

        new = self.counted() - before
        self.assertEqual(
            max(new.values()), max(n for (kind, _p), n in new.items() if kind == "review_reminder")
        )
        for (kind, person), count in new.items():
            if kind != "review_reminder":
                self.assertEqual(count, 1, (kind, person))
        # Reminders are those of the reviews of one week ahead, not of a year behind.
        soon = Review.objects.scheduled().filter(starts_at__lte=LAST + timedelta(days=372))
        self.assertLessEqual(
            sum(n for (kind, _p), n in new.items() if kind == "review_reminder"), 2 * soon.count()
        )
