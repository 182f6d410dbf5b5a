"""A series that changes from one day on, or ends: what was held, missed or skipped stays as it is.

A new rhythm makes a new series that follows the old one, unless nothing of the old one has come
yet. What people moved or wrote into goes along: it takes the place of the nearest new time, so
that nobody meets twice, and what was moved keeps its hour.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from accounts.models import User, changing
from kam.lib.data.seen import Stale
from reviews.models import Attendance, Decision, FollowUp, Review, Series
from reviews.models.inviting import CANCEL, REQUEST
from reviews.models.review import ReviewState
from reviews.models.series import RARE
from reviews.recurrence.recurrence import moment, occurrences

NEAREST = timedelta(days=15)
PLAIN = ("kind", "length", "owner", "agenda", "until")
RHYTHM = ("rule", "starts", "time_zone")


@dataclass(frozen=True)
class Wish:
    """What the editor wants from the local day `since` on."""

    since: date
    fields: dict[str, Any]
    attendees: list[User]
    reminders: list[int]

    @property
    def cut(self) -> datetime:
        return datetime.combine(self.since, time.min)

    @property
    def slots(self) -> list[datetime]:
        """The times of the next years, whatever their end."""
        starts, zone = self.fields["starts"], ZoneInfo(self.fields["time_zone"])
        return occurrences(self.fields["rule"], starts, zone, self.since, self.since + RARE)


@dataclass(frozen=True)
class Kept:
    """A coming review that somebody moved or wrote into."""

    review: Review
    is_moved: bool
    is_written: bool


def change(series: Series, wish: Wish, *, by: User, at: datetime, seen: int) -> Series:
    """The series that goes on: this one, or the one that follows it. Stale when somebody was faster."""
    with changing(series.account_id, "series.change", by=by.pk):
        _lock(series)
        if seen != series.sequence:
            raise Stale(series.sequence)
        before = series.people_ids()
        if has_new_rhythm(series, wish):
            goes_on = _with_new_rhythm(series, wish, at)
        else:
            _adjust(series, wish, at)
            goes_on = series
        _ask(goes_on, wish, before)
        _tell(series, goes_on, before)
    return goes_on


def end(series: Series, *, by: User, at: datetime) -> None:
    """Nothing comes any more; what people wrote into stays, as skipped."""
    with changing(series.account_id, "series.end", by=by.pk):
        _lock(series)
        if series.ended_at:
            return
        coming = _open(series).filter(starts_at__gt=at)
        written = [kept.review.pk for kept in _kept(coming) if kept.is_written]
        Review.objects.filter(pk__in=written).update(
            state=ReviewState.SKIPPED, reason=_("The series ended.")
        )
        _open(series).filter(starts_at__gt=at).delete()
        series.ended_at = at
        series.sequence += 1
        series.save(update_fields=["ended_at", "sequence"])
        # What took place stays in the calendars: only a series of which nothing came is cancelled.
        method = REQUEST if series.reviews.filter(starts_at__lte=at).exists() else CANCEL
        series.announce(method)


def has_new_rhythm(series: Series, wish: Wish) -> bool:
    """Other days, another hour or the clock of another place."""
    old = occurrences(series.rule, series.starts, series.zone, wish.since, wish.since + RARE)
    return (series.time_zone, old) != (wish.fields["time_zone"], wish.slots)


def _lock(series: Series) -> None:
    series.refresh_from_db(from_queryset=Series.objects.select_for_update(of=("self",)))


def _with_new_rhythm(old: Series, wish: Wish, at: datetime) -> Series:
    """Empty times go, kept ones move over to the new rhythm, and the rest of it is made."""
    coming = _coming(old, wish, at)
    kept = _kept(coming)
    coming.exclude(pk__in=[one.review.pk for one in kept]).delete()
    new = _follower(old, wish)
    if new is not old:
        old.until = wish.since - timedelta(days=1)
        old.sequence += 1
        old.save(update_fields=["until", "sequence"])
    for name in (*PLAIN, *RHYTHM):
        setattr(new, name, wish.fields[name])
    new.sequence += 1
    new.extended_to = wish.since - timedelta(days=1)
    new.save()
    free = [slot for slot in wish.slots if not new.until or slot.date() <= new.until]
    for one in kept:
        _take_over(one, new, free)
    new.extend(at)
    return new


def _follower(series: Series, wish: Wish) -> Series:
    """A series of its own when something of the old one came before the change."""
    if series.starts < wish.cut and series.reviews.filter(slot__lt=wish.cut).exists():
        return Series(account_id=series.account_id, follows=series)
    return series


def _take_over(kept: Kept, series: Series, free: list[datetime]) -> None:
    """To the nearest free time of the new rhythm; what was moved by hand keeps its hour."""
    review = kept.review
    nearest = min(free, key=lambda slot: abs(slot - review.slot), default=None)
    review.series, review.length, review.sequence = series, series.length, series.sequence
    if nearest and abs(nearest - review.slot) <= NEAREST:
        free.remove(nearest)
        review.slot = nearest
        if not kept.is_moved:
            review.start_at(moment(nearest, series.zone))
    review.save(update_fields=["series", "slot", "starts_at", "missed_at", "length", "sequence"])


def _adjust(series: Series, wish: Wish, at: datetime) -> None:
    """The same rhythm: length and agenda of what is to come, and an earlier or later end."""
    coming = _coming(series, wish, at)
    coming.filter(agenda=series.agenda).update(agenda=wish.fields["agenda"])
    coming.update(length=wish.fields["length"])
    for name in PLAIN:
        setattr(series, name, wish.fields[name])
    if series.until:
        over = datetime.combine(series.until + timedelta(days=1), time.min)
        late = coming.filter(slot__gte=over)
        late.exclude(pk__in=[one.review.pk for one in _kept(late)]).delete()
        series.extended_to = min(series.extended_to, series.until)
    series.sequence += 1
    series.save(update_fields=[*PLAIN, "sequence", "extended_to"])
    series.extend(at)


def _ask(series: Series, wish: Wish, before: set[int]) -> None:
    """Who is asked from now on, also to what is there already; who is not any more."""
    people = {person.pk: person for person in [series.owner, *wish.attendees]}
    series.invitees.exclude(user__in=people).delete()
    series.ask(people.values())
    series.reminders.exclude(days__in=wish.reminders).delete()
    series.remind(wish.reminders)
    coming = _open(series).filter(slot__gte=wish.cut)
    Attendance.objects.filter(review__in=coming, user__in=before - set(people)).delete()
    coming.invite_series()


def _tell(old: Series, new: Series, before: set[int]) -> None:
    """Calendars follow: the old series is shortened in them, the new one is put in."""
    new.announce()
    if old is new:
        new.announce(CANCEL, before - new.people_ids())
    else:
        old.announce(REQUEST, before)


def _open(series: Series) -> Any:
    return Review.objects.of_series(series).scheduled()


def _coming(series: Series, wish: Wish, at: datetime) -> Any:
    return _open(series).filter(slot__gte=wish.cut, starts_at__gt=at)


def _kept(reviews: Any) -> list[Kept]:
    noted = Attendance.objects.filter(review=OuterRef("pk")).exclude(state="invited")
    written = (
        ~Q(minutes="")
        | (~Q(agenda=F("series__agenda")) & ~Q(agenda=""))
        | Exists(Decision.objects.filter(review=OuterRef("pk")))
        | Exists(FollowUp.objects.filter(review=OuterRef("pk")))
        | Exists(noted)
    )
    found = reviews.annotate(is_written=written).select_related("series").in_order()
    rows = [Kept(review, review.is_moved, review.is_written) for review in found]
    return [row for row in rows if row.is_moved or row.is_written]
