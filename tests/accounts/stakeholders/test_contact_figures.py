"""Coverage and engagement against the same once more, contact by contact."""

from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.conf import settings
from django.test import override_settings

from accounts.models import Assessment, Interaction, Stakeholder
from accounts.stakeholders.contact_figures import ContactFigures, contact_figures
from tests.base import MONDAY, TODAY, ClaveTest
from tests.factories import (
    LONG_AGO,
    make_account,
    make_assessment,
    make_interaction,
    make_stakeholder,
)

WEIGHT = {"low": 1, "medium": 2, "high": 4}
USUALLY = {"high": 30, "medium": 45, "low": 60}


class WarmthTest(ClaveTest):
    def of(self, at: datetime = MONDAY) -> ContactFigures:
        return contact_figures([self.acme.pk], at)[self.acme.pk]

    def met(self, person: Stakeholder, days: float, **changes: object) -> Interaction:
        at = MONDAY - timedelta(days=days)
        return make_interaction(person, by=self.alice, at=at, **changes)

    def liked(self, person: Stakeholder, disposition: int = 1, days: int = 400) -> Assessment:
        on = TODAY - timedelta(days=days)
        made = make_assessment(person, disposition, by=self.alice, on=on)
        Assessment.objects.filter(pk=made.pk).update(expires_on=TODAY + timedelta(days=30))
        return made

    def test_nobody_known_is_not_scored(self) -> None:
        found = self.of()

        self.assertIsNone(found.coverage.share)
        self.assertIsNone(found.engagement.share)

    def test_a_crowd_is_counted_as_by_hand(self) -> None:
        chance = Random(7)  # noqa: S311 (no secret)
        for n in range(30):
            person = make_stakeholder(
                self.acme, f"Person {n}", influence=chance.choice(list(WEIGHT)),
                cadence=chance.choice([None, 7, 30, 90, 180]), is_gap=n % 10 == 9,
                owed_since=MONDAY - timedelta(days=chance.choice([0, 10, 40, 70, 100, 700])),
            )  # fmt: skip
            if n % 4:
                self.liked(person, chance.randint(-2, 2))
            for _talk in range(chance.randint(0, 0 if person.is_gap else 6)):
                self.met(
                    person, chance.randint(1, 200), is_two_way=chance.random() > 0.3,
                    kind=chance.choice(["call", "note", "email"]),
                )  # fmt: skip

        found = self.of()

        coverage, engagement = self.by_hand(MONDAY)
        self.assertAlmostEqual(found.coverage.share or 0, coverage)
        self.assertAlmostEqual(found.engagement.share or 0, engagement)
        self.assertTrue(0 < coverage < 1 and 0 < engagement < 1)

    def by_hand(self, at: datetime) -> tuple[float, float]:
        zone = ZoneInfo(settings.TIME_ZONE)
        today = at.astimezone(zone).date()
        warm = power = met = called_for = 0.0
        for person in Stakeholder.objects.filter(account=self.acme, left_at=None):
            weight = WEIGHT[person.influence]
            rhythm = person.cadence or USUALLY[person.influence]
            power += weight
            if person.is_gap:
                continue
            talks = Interaction.objects.filter(their_parts__stakeholder=person)
            ago = {
                (today - talk.at.astimezone(zone).date()).days
                for talk in talks
                if talk.is_two_way and talk.kind != "note" and talk.at <= at
            }
            opinion = Assessment.objects.filter(stakeholder=person).order_by("-made_on", "-pk")
            friendly = opinion.exists() and opinion[0].disposition >= 0
            warm += weight if friendly and any(days < rhythm for days in ago) else 0
            since = (today - person.owed_since.astimezone(zone).date()).days
            if since < rhythm:
                continue
            asked = min(since, 90) / rhythm
            called_for += weight * asked
            if rhythm > 90:
                met += weight * asked if any(days < rhythm for days in ago) else 0
            else:
                met += weight * min(asked, sum(days < 90 for days in ago))
        return warm / power, met / called_for

    def test_one_week_of_calls_does_not_make_up_for_silence_with_another(self) -> None:
        busy, silent = make_stakeholder(self.acme, "Busy"), make_stakeholder(self.acme, "Silent")
        for days in range(1, 8):
            self.met(busy, days)
        self.met(silent, 300)

        found = self.of().engagement

        self.assertEqual((found.share, found.kept, found.people), (0.5, 1, 2))

    def test_three_mails_of_one_day_are_one_contact(self) -> None:
        person = make_stakeholder(self.acme, influence="high")
        for hours in (1, 2, 3):
            self.met(person, 2 + hours / 24)

        self.assertAlmostEqual(self.of().engagement.share or 0, 1 / 3)

    def test_who_was_entered_today_owes_nothing_yet(self) -> None:
        old = make_stakeholder(self.acme, "Old", cadence=30, owed_since=MONDAY - timedelta(days=29))
        make_stakeholder(self.acme, "New", cadence=45, owed_since=MONDAY)
        self.met(old, 200)

        first_week = self.of().engagement
        due = self.of(MONDAY + timedelta(days=1)).engagement

        self.assertEqual((first_week.share, first_week.people), (None, 0))
        self.assertEqual(first_week.first_due, TODAY + timedelta(days=1))
        self.assertEqual((due.share, due.people, due.first_due), (0, 1, None))

    def test_another_cadence_is_owed_from_the_day_it_is_agreed(self) -> None:
        person = make_stakeholder(self.acme, cadence=90)

        person.change(by=self.alice, title="Head")
        person.refresh_from_db()
        self.assertEqual(person.owed_since, LONG_AGO)
        person.change(by=self.alice, cadence=7)
        person.refresh_from_db()

        self.assertGreater(person.owed_since, MONDAY)

    def test_who_left_counts_until_the_day(self) -> None:
        person = make_stakeholder(self.acme)
        self.liked(person)
        self.met(person, 25)
        person.leave(by=self.alice, at=MONDAY - timedelta(days=10))

        self.assertIsNone(self.of().coverage.share)
        self.assertEqual(self.of(MONDAY - timedelta(days=11)).coverage.share, 1)

    def test_in_the_past_only_what_was_known_by_then_counts(self) -> None:
        person = make_stakeholder(self.acme, cadence=30)
        self.liked(person, days=50)
        self.met(person, 48)
        self.met(person, 2)

        shares = {
            days: self.of(MONDAY - timedelta(days=days)).coverage.share for days in (0, 10, 40, 55)
        }

        self.assertEqual(shares, {0: 1, 10: 0, 40: 1, 55: 0})

    @override_settings(TIME_ZONE="America/Bogota")
    def test_days_turn_at_the_midnight_of_the_installation(self) -> None:
        person = make_stakeholder(self.acme, cadence=1)
        self.liked(person)
        evening = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # 22:00 of the 22nd in Bogotá
        make_interaction(person, by=self.alice, at=evening)

        self.assertEqual(self.of(evening + timedelta(hours=1)).coverage.share, 1)
        self.assertEqual(self.of(evening + timedelta(hours=3)).coverage.share, 0)

    def test_more_accounts_ask_no_more_questions(self) -> None:
        ids = [self.acme.pk]
        make_stakeholder(self.acme)
        with self.assertNumQueries(3):
            contact_figures(ids, MONDAY)
        for n in range(5):
            account = make_account(f"Client {n}")
            ids.append(account.pk)
            self.met(make_stakeholder(account), n)

        with self.assertNumQueries(3):
            contact_figures(ids, MONDAY)
