import email
import email.policy
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import recurring_ical_events
import time_machine
from icalendar import Calendar

from accounts.models import Membership, User
from kam.lib.outbox.models import Delivery
from kam.lib.outbox.registry import SkipReason, renderers
from reviews.models import Series
from reviews.models.inviting import INVITATION
from reviews.recurrence import rescheduling
from reviews.recurrence.rescheduling import Wish
from tests.base import MONDAY
from tests.reviews.cases import ReviewCase, local


def rendered(row: Delivery) -> EmailMessage | None:
    """As it goes out; None when it does not."""
    message = renderers[INVITATION](row, MONDAY)
    if message is None or isinstance(message, SkipReason):
        return None
    raw: Any = email.message_from_bytes(message.message().as_bytes(), policy=email.policy.default)
    return raw  # type: ignore[no-any-return]


@time_machine.travel(MONDAY, tick=False)
class InvitationsTest(ReviewCase):
    def rows(self, person: User) -> list[Delivery]:
        found = Delivery.objects.filter(kind=INVITATION, recipient=person)
        return list(found.order_by("pk"))

    def send(self, person: User) -> EmailMessage | None:
        """The last invitation of the person, rendered as a worker does it; then they are all sent."""
        message = rendered(self.rows(person)[-1])
        Delivery.objects.filter(kind=INVITATION).update(state=Delivery.SENT, sent_at=MONDAY)
        return message

    def calendar(self, message: EmailMessage | None) -> Any:
        assert message
        part = next(p for p in message.walk() if p.get_content_type() == "text/calendar")
        return Calendar.from_ical(part.get_content())

    def events(self, person: User) -> list[Any]:
        return list(self.calendar(self.send(person)).walk("VEVENT"))

    def starts(self, calendar: Any, days: int = 40) -> list[str]:
        found = recurring_ical_events.of(calendar).between(MONDAY, MONDAY + timedelta(days=days))
        return sorted(f"{e['DTSTART'].dt.astimezone(UTC):%m-%d %H:%M}" for e in found)

    def test_everybody_asked_is_invited_to_the_whole_series_at_once(self) -> None:
        message = self.send(self.bob)

        calendar = self.calendar(message)
        self.assertEqual(calendar["METHOD"], "REQUEST")
        self.assertEqual(
            self.starts(calendar),
            ["11-26 09:00", "12-03 09:00", "12-10 09:00", "12-17 09:00", "12-24 09:00", "12-31 09:00"],
        )  # fmt: skip

    def test_the_calendar_part_is_an_alternative_and_an_attachment(self) -> None:
        message = self.send(self.bob)

        assert message
        kinds = [part.get_content_type() for part in message.walk()]
        self.assertEqual(
            kinds,
            ["multipart/mixed", "multipart/alternative", "text/plain", "text/html",
             "text/calendar", "application/ics"],
        )  # fmt: skip
        calendar = next(p for p in message.walk() if p.get_content_type() == "text/calendar")
        self.assertEqual(calendar["Content-Type"].params["method"], "REQUEST")
        self.assertEqual(calendar["Content-Type"].params["charset"], "utf-8")

    def test_organizer_and_attendees_are_named_and_asked_to_answer(self) -> None:
        (event,) = self.events(self.bob)

        self.assertEqual(event["ORGANIZER"], "mailto:alice@example.com")
        asked = {a.params["CN"]: a.params["RSVP"] for a in event["ATTENDEE"]}
        self.assertEqual(
            asked, {"Alice Alvarez": "FALSE", "Bob Baker": "TRUE", "Vera Viewer": "TRUE"}
        )

    def test_a_move_keeps_the_uid_names_the_old_start_and_raises_the_sequence(self) -> None:
        (first,) = self.events(self.bob)
        self.review.move(by=self.alice, starts=local("2026-11-27T15:00"))

        (moved,) = self.events(self.bob)

        self.assertEqual(moved["UID"], first["UID"])
        self.assertGreater(moved["SEQUENCE"], first["SEQUENCE"])
        self.assertEqual(moved["RECURRENCE-ID"].dt, datetime(2026, 11, 26, 9, tzinfo=UTC))
        self.assertEqual(moved["DTSTART"].dt, datetime(2026, 11, 27, 14, tzinfo=UTC))

    def test_a_move_says_why_where_somebody_wrote_it(self) -> None:
        self.send(self.bob)
        self.review.move(by=self.alice, starts=local("2026-11-27T15:00"), reason="Board & <audit>")

        message = self.send(self.bob)

        assert message
        said = {
            one.get_content_type(): one.get_content()
            for one in message.walk()
            if not one.is_multipart()
        }
        self.assertIn("Why: Board & <audit>", said["text/plain"])
        self.assertIn("Why: Board &amp; &lt;audit&gt;", said["text/html"])

    def test_moved_twice_before_anything_went_out_is_told_once(self) -> None:
        for day in ("2026-11-27", "2026-11-30"):
            self.review.move(by=self.alice, starts=local(f"{day}T15:00"))
        earlier, later = self.rows(self.bob)[-2:]

        self.assertIsNone(rendered(earlier))
        self.assertIsNotNone(rendered(later))

    def test_a_skip_cancels_one_occurrence_only(self) -> None:
        self.send(self.bob)
        self.review.skip(by=self.alice, reason="Holiday in Colombia")

        message = self.send(self.bob)

        calendar = self.calendar(message)
        (event,) = calendar.walk("VEVENT")
        self.assertEqual((calendar["METHOD"], event["STATUS"]), ("CANCEL", "CANCELLED"))
        self.assertEqual(event["RECURRENCE-ID"].dt, datetime(2026, 11, 26, 9, tzinfo=UTC))

    def test_what_was_skipped_and_moved_is_right_for_who_is_asked_later(self) -> None:
        first, second, *_ = self.reviews_of(self.series)
        first.skip(by=self.alice, reason="Holiday")
        second.move(by=self.alice, starts=local("2026-12-04T15:00"))
        self.change(attendees=[self.bob, self.henrik])

        calendar = self.calendar(self.send(self.henrik))

        self.assertEqual(self.starts(calendar, days=21), ["12-04 14:00", "12-10 09:00"])

    def test_who_is_not_asked_any_more_gets_it_cancelled(self) -> None:
        self.send(self.vera)
        self.change(attendees=[self.bob])

        calendar = self.calendar(self.send(self.vera))

        (event,) = calendar.walk("VEVENT")
        self.assertEqual((calendar["METHOD"], event["SEQUENCE"]), ("CANCEL", 1))
        self.assertNotIn("RECURRENCE-ID", event)

    def test_who_may_not_see_the_account_any_more_reads_no_name_in_it(self) -> None:
        self.send(self.vera)
        self.change(attendees=[self.bob])
        Membership.objects.filter(user=self.vera).delete()

        message = self.send(self.vera)

        assert message
        self.assertNotIn("Acme", message.as_string())
        self.assertEqual(self.calendar(message)["METHOD"], "CANCEL")

    def test_who_was_never_told_hears_of_no_end(self) -> None:
        rescheduling.end(self.series, by=self.alice, at=MONDAY)

        self.assertIsNone(self.send(self.bob))

    def test_an_ended_series_stops_in_the_calendars_and_keeps_what_took_place(self) -> None:
        self.send(self.bob)
        after = self.review.ends_at + timedelta(hours=1)
        rescheduling.end(self.series, by=self.alice, at=after)

        calendar = self.calendar(self.send(self.bob))

        self.assertEqual((calendar["METHOD"], self.starts(calendar)), ("REQUEST", ["11-26 09:00"]))

    def test_a_series_that_changes_is_shortened_and_the_new_one_put_in(self) -> None:
        self.send(self.bob)
        new = self.change(rule="FREQ=WEEKLY;BYDAY=TU", starts=local("2026-12-15T09:00"))
        old_row = Delivery.objects.get(
            recipient=self.bob, subject=self.series.subject, occasion="request 1"
        )

        old = rendered(old_row)
        fresh = rendered(Delivery.objects.get(recipient=self.bob, subject=new.subject))
        self.assertEqual(self.starts(self.calendar(old)), ["11-26 09:00", "12-03 09:00"])
        self.assertEqual(
            self.starts(self.calendar(fresh), days=30),
            ["12-15 08:00", "12-22 08:00"],
        )

    def test_nobody_hears_of_it_without_rights_or_after_leaving(self) -> None:
        Membership.objects.filter(user=self.vera).delete()
        User.objects.filter(pk=self.bob.pk).update(is_active=False)

        self.assertEqual((self.send(self.vera), self.send(self.bob)), (None, None))

    def test_words_are_the_readers(self) -> None:
        User.objects.filter(pk=self.bob.pk).update(
            language="es", region="es-CO", time_zone="America/Bogota"
        )
        self.bob.refresh_from_db()
        self.review.move(by=self.alice, starts=local("2026-11-27T15:00"))

        message = self.send(self.bob)

        assert message
        self.assertIn("vie 27 nov", message["Subject"])
        text = message.get_body(("plain",))
        assert text
        self.assertIn("9:00", text.get_content())

    def test_the_clock_stays_at_ten_across_summer_time_in_every_calendar_program(self) -> None:
        calendar = self.calendar(self.send(self.bob))

        found = recurring_ical_events.of(calendar).between((2027, 3, 22), (2027, 4, 5))

        self.assertEqual([e["DTSTART"].dt.hour for e in found], [10, 10])
        self.assertEqual([e["DTSTART"].dt.astimezone(UTC).hour for e in found], [9, 8])

    def test_lines_are_folded_and_what_people_type_is_escaped(self) -> None:
        long = "Numbers; money, and \\ “" + "ñandú 🦜 " * 20 + "\nBEGIN:VEVENT"
        Series.objects.filter(pk=self.series.pk).update(agenda=long)

        message = self.send(self.bob)

        assert message
        part = next(p for p in message.walk() if p.get_content_type() == "text/calendar")
        raw = part.get_payload(decode=True)
        assert isinstance(raw, bytes)
        lines = raw.replace(b"\r\n", b"\n").split(b"\n")
        self.assertLessEqual(max(len(line) for line in lines), 75)
        self.assertEqual(lines.count(b"BEGIN:VEVENT"), 1)
        (event,) = self.calendar(message).walk("VEVENT")
        self.assertTrue(str(event["DESCRIPTION"]).startswith(long))

    def change(self, **changes: Any) -> Series:
        series = Series.objects.get(pk=self.series.pk)
        names = "kind rule starts until time_zone length owner agenda"
        fields = {name: getattr(series, name) for name in names.split()}
        people = changes.pop("attendees", [self.bob, self.vera])
        fields["starts"] = local("2026-12-10T10:00")
        wish = Wish(date(2026, 12, 10), {**fields, **changes}, people, [7])
        return rescheduling.change(series, wish, by=self.alice, at=MONDAY, seen=series.sequence)
