"""Invitations by mail: the words for people, the same as text/calendar for their calendars."""

from dataclasses import dataclass
from datetime import datetime
from email.mime.text import MIMEText
from typing import Any

from django.core.mail import EmailMessage, EmailMultiAlternatives

from accounts.models import User
from kam.lib.mail import compose
from kam.lib.outbox.models import Delivery
from kam.lib.outbox.registry import SkipReason, renders
from kam.lib.text.reader import reading_as
from reviews.calendar import ical
from reviews.models import Attendance, Review, Series
from reviews.models.inviting import CANCEL, INVITATION, REQUEST


@dataclass(frozen=True)
class Invitation:
    """What one person is told: `review` for a single occurrence; unnamed when rights are gone."""

    method: str
    reader: User
    series: Series
    review: Review | None = None
    is_named: bool = True
    is_first: bool = False

    @property
    def what(self) -> str:
        """Which words: invited, updated, moved, ended or cancelled."""
        if self.method == CANCEL:
            return "cancelled"
        if self.review:
            return "moved"
        if self.series.ended_at:
            return "ended"
        return "invited" if self.is_first else "updated"

    def goes_with(self, other: "Invitation") -> bool:
        """One mail may say both: of whole series, in the same words."""
        if self.review or other.review:
            return False
        return self._words == other._words

    @property
    def _words(self) -> tuple[str, bool, bool]:
        return self.what, self.is_named, self.series.ended_at is not None


@renders(INVITATION)
def render_invitation(delivery: Delivery, at: datetime) -> EmailMessage | SkipReason:
    """With what waits for the same person about the same account, as far as it says the same."""
    told = _told(delivery, at)
    if isinstance(told, SkipReason):
        return told
    others = [(row, _told(row, at)) for row in delivery.company]
    with_it = {
        row: one for row, one in others if isinstance(one, Invitation) and one.goes_with(told)
    }
    delivery.carry(with_it)
    return review_invitation([told, *with_it.values()], at)


def _told(delivery: Delivery, at: datetime) -> Invitation | SkipReason:
    """Not when it was overtaken, rights are gone, or it does not hold any more."""
    if not delivery.recipient.is_active:
        return SkipReason.RIGHT
    if _overtaken(delivery).exists():
        return SkipReason.OVER
    kind, _colon, pk = delivery.subject.partition(":")
    method = delivery.occasion.partition(" ")[0]
    found = _of_series if kind == "series" else _of_review
    return found(method, int(pk), delivery, at) or SkipReason.OVER


def _overtaken(delivery: Delivery) -> Any:
    """A later one about the same thing waits or went out: it says all that this one would."""
    return Delivery.objects.filter(
        kind=INVITATION,
        subject=delivery.subject,
        recipient=delivery.recipient_id,
        state__in=[Delivery.WAITING, Delivery.SENT],
        pk__gt=delivery.pk,
    )


def _sent(delivery: Delivery) -> Any:
    """Those that reached this person before."""
    return Delivery.objects.filter(
        kind=INVITATION,
        subject=delivery.subject,
        recipient=delivery.recipient_id,
        state=Delivery.SENT,
    )


def _of_series(method: str, pk: int, delivery: Delivery, at: datetime) -> Invitation | None:
    reader = delivery.recipient
    series = Series.objects.for_page().filter(pk=pk).first()
    if series is None:
        return None
    named = Series.objects.visible_to(reader).filter(pk=pk).exists()
    asked = reader.pk in series.people_ids()
    told = _sent(delivery).exists()
    if method == CANCEL:
        holds = told and (not asked or not named or series.ended_at is not None)
        return Invitation(CANCEL, reader, series, is_named=named) if holds else None
    holds = named and (told or (asked and not series.ended_at and not series.account.archived_at))
    return Invitation(REQUEST, reader, series, is_first=not told) if holds else None


def _of_review(method: str, pk: int, delivery: Delivery, at: datetime) -> Invitation | None:
    reader = delivery.recipient
    found = Review.objects.visible_to(reader).filter(pk=pk, account__archived_at=None)
    review = found.for_list().first()
    if review is None or not Attendance.objects.filter(review=review, user=reader).exists():
        return None
    holds = review.is_skipped if method == CANCEL else review.is_open and review.starts_at > at
    return Invitation(method, reader, review.series, review) if holds else None


def review_invitation(all_told: list[Invitation], at: datetime) -> EmailMessage:
    """All of one person and one account, in the same words; one of them, or several series."""
    told = all_told[0]
    with reading_as(told.reader.reader):
        context = {
            "told": told,
            "all_series": [one.series for one in all_told],
            "is_several": len(all_told) > 1,
            "series": told.series,
            "review": told.review,
            "account": told.series.account if told.is_named else None,
            "rule": told.series.says,
            "reader": told.reader,
        }
        message = compose("review_invitation", context, to=told.reader.email)
        contents = [calendar_of(one, at) for one in all_told]
    if len(contents) == 1:
        _attach_one(message, told.method, contents[0])
    else:
        _attach_several(message, told.method, contents)
    message.reply_to = list(dict.fromkeys(one.series.owner.email for one in all_told))
    return message


def _attach_one(message: EmailMultiAlternatives, method: str, content: str) -> None:
    message.attach_alternative(content, f"text/calendar; method={method.upper()}")
    # As bytes: text would go out in Latin-1.
    message.attach("invite.ics", content.encode(), "application/ics")


def _attach_several(message: EmailMultiAlternatives, method: str, contents: list[str]) -> None:
    """A part for each: one iTIP message speaks of one UID (RFC 5546, 3.2)."""
    for number, content in enumerate(contents, start=1):
        part = MIMEText(content, "calendar", "utf-8")
        part.set_param("method", method.upper())
        part.add_header("Content-Disposition", "attachment", filename=f"invite-{number}.ics")
        message.attach(part)


def calendar_of(told: Invitation, at: datetime) -> str:
    """The message for the calendar program, in the reader's language."""
    series, people = told.series, told.series.people()
    if told.review:
        events = [ical.event_of_review(told.review, people, at)]
    else:
        events = ical.events_of_series(series, people, at)
    if told.method == CANCEL:
        events = [ical.cancelled(events[0], series, told.reader, is_named=told.is_named)]
    return ical.message(told.method, events, series)
