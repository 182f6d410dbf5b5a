from datetime import timedelta
from typing import Any

import recurring_ical_events
import time_machine
from django.urls import reverse
from icalendar import Calendar

from accounts.models import Membership
from kam.lib.data.redact import HideTokens
from kam.lib.ops.logs import WithNotes
from reviews.models import CalendarFeed
from tests.base import MONDAY
from tests.reviews.cases import ReviewCase, local


@time_machine.travel(MONDAY, tick=False)
class CalendarTest(ReviewCase):
    def setUp(self) -> None:
        self.token = CalendarFeed.open_for(self.bob, at=MONDAY)

    def fetch(self, token: str = "") -> Any:
        return self.client.get(reverse("reviews:calendar", args=[token or self.token]))

    def events(self) -> list[Any]:
        calendar: Any = Calendar.from_ical(self.fetch().content)
        return sorted(calendar.walk("VEVENT"), key=lambda e: e["DTSTART"].dt)

    def test_it_is_a_calendar_without_method_and_without_signing_in(self) -> None:
        response = self.fetch()

        calendar: Any = Calendar.from_ical(response.content)
        self.assertEqual(response["Content-Type"], "text/calendar; charset=utf-8")
        self.assertEqual(response["Cache-Control"], "private, no-store")
        self.assertNotIn("METHOD", calendar)
        self.assertEqual(len(self.events()), 17)

    def test_every_event_is_where_the_review_is(self) -> None:
        self.review.move(by=self.alice, starts=local("2026-11-27T15:00"))

        calendar: Any = Calendar.from_ical(self.fetch().content)
        found = recurring_ical_events.of(calendar).between(MONDAY, MONDAY + timedelta(days=12))

        starts = sorted(event["DTSTART"].dt for event in found)
        expected = [r.starts_at for r in self.reviews_of(self.series)[:2]]
        self.assertEqual(starts, sorted(expected))

    def test_what_is_skipped_or_refused_is_gone(self) -> None:
        first, second, *_ = self.reviews_of(self.series)
        first.skip(by=self.alice, reason="Holiday")
        second.note_attendance(self.bob, "excused", by=self.bob)

        self.assertEqual(self.events()[0]["DTSTART"].dt, self.reviews_of(self.series)[2].starts_at)

    def test_words_are_in_the_language_of_the_person(self) -> None:
        self.assertEqual(str(self.events()[0]["SUMMARY"]), "Acme, Internal account review")

        self.bob.change_settings(language="es")

        self.assertEqual(str(self.events()[0]["SUMMARY"]), "Acme, Revisión interna de la cuenta")

    def test_rights_are_read_at_each_fetch(self) -> None:
        Membership.objects.filter(user=self.bob).delete()

        self.assertEqual(self.events(), [])

    def test_disabling_the_person_ends_it_at_once(self) -> None:
        self.bob.is_active = False
        self.bob.save(update_fields=["is_active"])

        self.assertEqual(self.fetch().status_code, 404)

    def test_a_new_address_ends_the_old_one_and_taking_it_back_ends_both(self) -> None:
        new = CalendarFeed.open_for(self.bob, at=MONDAY)
        self.assertEqual((self.fetch().status_code, self.fetch(new).status_code), (404, 200))

        CalendarFeed.close_for(self.bob)
        self.assertEqual(self.fetch(new).status_code, 404)

    def test_the_database_keeps_no_more_than_a_hash(self) -> None:
        feed = CalendarFeed.objects.get(user=self.bob)

        self.assertNotIn(self.token, str(feed.__dict__))
        self.assertEqual(len(feed.token_hash), 64)

    def test_the_address_never_reaches_a_log(self) -> None:
        with self.assertLogs("django.request", "WARNING") as logs:
            self.fetch("wrong-but-secret")

        for record in logs.records:
            for hiding in (WithNotes(), HideTokens()):  # as every handler of ours has them
                hiding.filter(record)
            self.assertNotIn("wrong-but-secret", record.getMessage())

    def test_more_reviews_ask_no_more_queries(self) -> None:
        with self.assertNumQueries(2):
            self.fetch()

    def test_nothing_can_be_written_through_it(self) -> None:
        response = self.client.post(reverse("reviews:calendar", args=[self.token]))

        self.assertEqual(response.status_code, 405)
