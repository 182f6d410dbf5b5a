"""Reviews as iCalendar (RFC 5545) for invitations (iTIP, RFC 5546) and for the private feed.

A series is one event with its rule on the wall clock of its own zone; a moved occurrence is an
override that names the original start. The feed gives each review by itself, in UTC.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vCalAddress, vRecur, vText

from accounts.models import User
from reviews.models import Review, Series
from reviews.recurrence.recurrence import moment

PRODUCT = "-//Clave//Reviews//EN"
YEARS_AHEAD = 12


def message(method: str, events: Iterable[Event], series: Series) -> str:
    """An iTIP message about one series; its time zone comes with it."""
    calendar = _calendar()
    calendar.add("method", method.upper())
    first = series.starts.date()
    if series.time_zone != "UTC":
        last = first.replace(year=first.year + YEARS_AHEAD, day=1)
        zone = Timezone.from_tzid(series.time_zone, first_date=first, last_date=last)
        calendar.add_component(zone)
    for event in events:
        calendar.add_component(event)
    return _text(calendar)


def feed(reviews: Iterable[Review], name: str, at: datetime) -> str:
    """What a calendar program fetches: no method, nobody is invited."""
    calendar = _calendar()
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for review in reviews:
        event = _event(f"review-{review.pk}", review.series, at, review.sequence)
        event.add("dtstart", review.starts_at)
        event.add("dtend", review.ends_at)
        event.add("description", _description(review.agenda, review.get_absolute_url()))
        event.add("url", settings.SITE_URL + review.get_absolute_url())
        event.add("status", "CONFIRMED")
        calendar.add_component(event)
    return _text(calendar)


def events_of_series(series: Series, people: list[User], at: datetime) -> list[Event]:
    """The rule, and every occurrence that differs from it."""
    reviews = list(Review.objects.of_series(series).in_order())
    event = _event(uid_of(series), series, at, series.sequence)
    _at_its_own_clock(event, series, series.starts, series.length)
    until = last_start(series)
    rule = vRecur.from_ical(series.rule)
    if until:
        rule.pop("COUNT", None)
        rule["UNTIL"] = moment(until, series.zone)
    event.add("rrule", rule)
    ruled = set(series.slots(series.starts.date(), max([series.extended_to, *_days(reviews)])))
    for review in reviews:
        if review.is_skipped and review.slot in ruled:
            event.add("exdate", _local(series, review.slot))
        elif review.slot not in ruled and not review.is_skipped:
            event.add("rdate", _local(series, review.slot))
    _invite(event, series, people)
    event.add("description", _description(series.agenda, _place(series)))
    differing = [r for r in reviews if r.is_open and (r.is_moved or r.length != series.length)]
    return [event, *(event_of_review(review, people, at) for review in differing)]


def event_of_review(review: Review, people: list[User], at: datetime) -> Event:
    """One occurrence of a series, by its original start."""
    series = review.series
    event = _event(uid_of(series), series, at, review.sequence)
    event.add("recurrence-id", _local(series, review.slot))
    _at_its_own_clock(event, series, review.local_start, review.length)
    _invite(event, series, people)
    event.add("description", _description(review.agenda, review.get_absolute_url()))
    return event


def cancelled(event: Event, series: Series, person: User, *, is_named: bool) -> Event:
    """The same event taken back from one person; unnamed for who may not see the account any more."""
    for name in ("status", "rrule", "exdate", "rdate", "attendee", "description"):
        event.pop(name, None)
    event.add("status", "CANCELLED")
    event.add("attendee", _attendee(person, is_owner=person.pk == series.owner_id))
    if not is_named:
        event["summary"] = vText(_("Review"))
    return event


def uid_of(series: Series) -> str:
    return f"series-{series.pk}"


def last_start(series: Series) -> datetime | None:
    """The last local moment of its rule, when it has an end."""
    if series.ended_at:
        return series.ended_at.astimezone(series.zone).replace(tzinfo=None)
    return datetime.combine(series.until, time(23, 59, 59)) if series.until else None


def _event(uid: str, series: Series, at: datetime, sequence: int) -> Event:
    event = Event()
    event.add("uid", f"{uid}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", at.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", sequence)
    kind = series.get_kind_display()
    event.add(
        "summary", _("%(account)s, %(kind)s") % {"account": series.account.name, "kind": kind}
    )
    return event


def _at_its_own_clock(event: Event, series: Series, start: datetime, minutes: int) -> None:
    event.add("dtstart", _local(series, start))
    end = moment(start, series.zone) + timedelta(minutes=minutes)
    event.add("dtend", end.astimezone(series.zone))


def _local(series: Series, start: datetime) -> datetime:
    # A wall clock in the gap is written as the moment that it is held at.
    return moment(start, series.zone).astimezone(series.zone)


def _invite(event: Event, series: Series, people: list[User]) -> None:
    event.add("status", "CONFIRMED")
    event.add("organizer", _organizer(series.owner))
    for person in people:
        event.add("attendee", _attendee(person, is_owner=person.pk == series.owner_id))


def _organizer(owner: User) -> vCalAddress:
    address = vCalAddress(f"mailto:{owner.email}")
    address.params["CN"] = vText(owner.name)
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    address.params["SENT-BY"] = vText(f"mailto:{sender}")
    return address


def _attendee(person: User, *, is_owner: bool) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    address.params["CN"] = vText(person.name)
    address.params["ROLE"] = vText("REQ-PARTICIPANT")
    address.params["PARTSTAT"] = vText("ACCEPTED" if is_owner else "NEEDS-ACTION")
    address.params["RSVP"] = vText("FALSE" if is_owner else "TRUE")
    return address


def _description(agenda: str, path: str) -> str:
    return "\n\n".join(part for part in (agenda, settings.SITE_URL + path) if part)


def _place(series: Series) -> str:
    return reverse("reviews:account_reviews", args=[series.account_id])


def _days(reviews: list[Review]) -> list[Any]:
    return [review.slot.date() for review in reviews]


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    return calendar


def _text(calendar: Calendar) -> str:
    return str(calendar.to_ical().decode())
