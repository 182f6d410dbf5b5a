"""One occurrence of a series: what was planned, what was said, what was decided."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

import pgtrigger
from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, User, changing
from accounts.models.account import forget_rails_of, raise_revisions
from accounts.models.rights import EDIT, of_readable
from kam.lib.data import history
from kam.lib.data.seen import compare_and_set
from kam.lib.text.dates import end_of_week
from planning.models import Action, Objective, Plan, Snapshot
from planning.models.snapshot import Reason
from reviews.models.inviting import CANCEL, REQUEST, announce
from reviews.models.local import WallClockField
from reviews.models.minutes import Attendance, Decision, FollowUp
from reviews.models.series import Series
from reviews.recurrence.recurrence import after_working_days, moment, wall_clock
from reviews.recurrence.recurrence_text import cadence


class Closed(Exception):
    """The review was held or skipped: nothing more is written into it."""


GRACE = 3  # working days until the clock calls a review missed


class ReviewState(models.TextChoices):
    SCHEDULED = "scheduled", _("Scheduled")
    HELD = "held", _("Held")
    SKIPPED = "skipped", _("Skipped")
    MISSED = "missed", _("Missed")


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, user: User) -> Self:
        return of_readable(self, user)

    def editable_by(self, user: User) -> Self:
        return of_readable(self, user, EDIT)

    def of_account(self, account: Account) -> Self:
        return self.filter(account=account)

    def scheduled(self) -> Self:
        return self.filter(state=ReviewState.SCHEDULED)

    def missed(self) -> Self:
        return self.filter(state=ReviewState.MISSED)

    def held(self) -> Self:
        """The latest first."""
        return self.filter(state=ReviewState.HELD).order_by("-starts_at", "-pk")

    def unfinished(self) -> Self:
        """Still to be held: scheduled, or missed and not yet made up for."""
        return self.filter(state__in=[ReviewState.SCHEDULED, ReviewState.MISSED])

    def over(self) -> Self:
        """Held or skipped: nothing is asked of them any more."""
        return self.filter(state__in=[ReviewState.HELD, ReviewState.SKIPPED])

    def not_skipped(self) -> Self:
        return self.exclude(state=ReviewState.SKIPPED)

    def asked_to(self, user: User) -> Self:
        """To which this person is asked and did not say no."""
        mine = Attendance.objects.filter(user=user).asked()
        return self.filter(pk__in=mine.values("review"))

    def of_series(self, series: Series) -> Self:
        return self.filter(series=series)

    def after(self, at: datetime) -> Self:
        return self.filter(starts_at__gt=at).order_by("starts_at", "pk")

    def coming(self, at: datetime) -> Self:
        """Scheduled and not over, the next one first."""
        return self.scheduled().after(at)

    def since(self, at: datetime) -> Self:
        return self.filter(starts_at__gte=at)

    def without_agenda(self) -> Self:
        """Nobody wrote a word of it, or only blanks."""
        return self.filter(agenda__regex=r"^\s*$")

    def before(self, at: datetime) -> Self:
        return self.filter(starts_at__lt=at).order_by("-starts_at", "-pk")

    def between(self, first: datetime, last: datetime) -> Self:
        """From the first moment, before the last one."""
        return self.filter(starts_at__gte=first, starts_at__lt=last)

    def in_days(self, zone: ZoneInfo, first: date, last: date) -> Self:
        """On the local days from `first` to `last`, both included."""
        start = Review.end_of_day(zone, first - timedelta(days=1))
        return self.between(start, Review.end_of_day(zone, last))

    def coming_this_week(self, zone: ZoneInfo, day: date) -> Self:
        """Scheduled from that day until the working week at hand ends."""
        return self.scheduled().in_days(zone, day, end_of_week(day))

    def in_order(self) -> Self:
        return self.order_by("starts_at", "pk")

    def next_of(self, accounts: Iterable[Account], at: datetime) -> "dict[int, Review]":
        """The next scheduled one of each of these accounts, by account id."""
        return {review.account_id: review for review in self.first_of(accounts, at)}

    def first_of(self, accounts: Iterable[Account], at: datetime) -> Self:
        """The same as rows."""
        coming = self.filter(account__in=[account.pk for account in accounts]).coming(at)
        return coming.order_by("account_id", "starts_at").distinct("account_id")

    def for_list(self) -> Self:
        attendances = Attendance.objects.select_related("user").order_by("pk")
        return self.select_related(
            "account", "series", "series__owner", "held_by"
        ).prefetch_related(Prefetch("attendances", attendances, to_attr="people"))

    def invite_series(self) -> None:
        """Everybody of the series to each of these reviews; once more changes nothing."""
        open_ones = self.exclude(state=ReviewState.HELD)
        pairs = open_ones.values_list("account_id", "pk", "series__invitees__user_id")
        Attendance.objects.bulk_create(
            [
                Attendance(account_id=account, review_id=review, user_id=user)
                for account, review, user in pairs
                if user
            ],
            ignore_conflicts=True,
        )

    def mark_missed(self, at: datetime) -> int:
        """The clock: nobody recorded them within the days of grace."""
        due = self.scheduled().filter(missed_at__lte=at)
        if not due.exists():
            return 0
        with history.action("review.miss", by=None):
            accounts = set(due.values_list("account_id", flat=True))
            count = due.update(state=ReviewState.MISSED)
            raise_revisions(accounts)
            forget_rails_of(accounts)
        return count


@history.tracked(exclude=["sequence"])
class Review(models.Model):
    account = models.ForeignKey(Account, models.CASCADE, related_name="reviews")
    series = models.ForeignKey(Series, models.CASCADE, related_name="reviews")
    slot = WallClockField(help_text="the original local start, which stays its identity")
    starts_at = models.DateTimeField(_("Starts"))
    length = models.PositiveSmallIntegerField(_("Minutes"), default=30)
    missed_at = models.DateTimeField(help_text="from here on the clock calls it missed")
    state = models.CharField(
        max_length=9, choices=ReviewState.choices, default=ReviewState.SCHEDULED
    )
    agenda = models.TextField(_("Agenda"), blank=True, max_length=4000)
    minutes = models.TextField(_("Minutes"), blank=True, max_length=20000)
    reason = models.CharField(_("Why it is skipped or moved"), max_length=200, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    held_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_late = models.BooleanField(default=False)
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, null=True, blank=True, related_name="+")
    sequence = models.PositiveIntegerField(default=0, help_text="of its invitations, RFC 5545")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["starts_at"], name="review_by_start"),
            models.Index(fields=["account", "starts_at"], name="review_of_account"),
            models.Index(
                fields=["missed_at"], name="review_to_miss", condition=Q(state="scheduled")
            ),
            models.Index(fields=["starts_at"], name="review_missed", condition=Q(state="missed")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["series", "slot"], name="review_once"),
            models.CheckConstraint(
                condition=Q(state="held", held_at__isnull=False, held_by__isnull=False)
                | (~Q(state="held") & Q(held_at=None, held_by=None)),
                name="review_held_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="skipped", reason=""), name="review_skipped_says_why"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="review_held_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="held"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.series.get_kind_display()}, {self.account}"

    def get_absolute_url(self) -> str:
        return reverse("reviews:review", args=[self.pk])

    @classmethod
    def of(cls, series: Series, slot: datetime) -> "Review":
        """The occurrence at that local start, not yet stored."""
        review = cls(
            account_id=series.account_id,
            series=series,
            slot=slot,
            length=series.length,
            agenda=series.agenda,
            sequence=series.sequence,
        )
        review.start_at(moment(slot, series.zone))
        return review

    @staticmethod
    def end_of_day(zone: ZoneInfo, day: date) -> datetime:
        return moment(datetime.combine(day + timedelta(days=1), time.min), zone)

    @property
    def local_start(self) -> datetime:
        """On the wall clock of the series."""
        return wall_clock(self.starts_at, self.series.zone)

    def local_start_of(self, wanted: str) -> datetime:
        """A moment such as 2026-11-30T09:00Z on the clock of the series; its own start for nonsense."""
        try:
            at = datetime.strptime(wanted, "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)
        except ValueError:
            return self.local_start
        return wall_clock(at, self.series.zone)

    @property
    def cadence(self) -> str:
        return cadence(self.series.rule)

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.length)

    @property
    def is_held(self) -> bool:
        return self.state == ReviewState.HELD

    @property
    def is_missed(self) -> bool:
        return self.state == ReviewState.MISSED

    @property
    def is_skipped(self) -> bool:
        return self.state == ReviewState.SKIPPED

    @property
    def is_open(self) -> bool:
        """May still be held, moved, skipped and written into."""
        return self.state in (ReviewState.SCHEDULED, ReviewState.MISSED)

    @property
    def is_moved(self) -> bool:
        return self.starts_at != moment(self.slot, self.series.zone)

    @cached_property
    def people(self) -> list[Attendance]:
        """Who is asked; one query, none after `for_list()`."""
        return list(self.attendances.select_related("user").order_by("pk"))

    @property
    def present(self) -> list[Attendance]:
        return [a for a in self.people if a.state == Attendance.State.PRESENT]

    @property
    def excused(self) -> list[Attendance]:
        return [a for a in self.people if a.state == Attendance.State.EXCUSED]

    @cached_property
    def previous_held(self) -> "Review | None":
        """The last held one of the series before this one."""
        held = Review.objects.filter(series=self.series_id).held().before(self.starts_at)
        return held.select_related("snapshot").first()

    def hold(self, *, by: User, at: datetime) -> None:
        """Close the meeting and freeze the plan as it stood; the first one to say so counts."""
        with self._writing("review.hold", by):
            if self.is_open:
                plan = Plan.objects.of(self.account).current(self.series.local_day(at)).first()
                Review.objects.filter(pk=self.pk).update(
                    state=ReviewState.HELD,
                    held_at=at,
                    held_by=by,
                    recorded_late=self.is_missed,
                    snapshot=plan and Snapshot.take(plan, by=by, at=at, reason=Reason.REVIEW),
                )
        self.refresh_from_db(fields=["state", "held_at", "held_by", "recorded_late", "snapshot"])

    def skip(self, *, by: User, reason: str) -> None:
        with self._writing("review.skip", by):
            self._must_be_open()
            self.state, self.reason = ReviewState.SKIPPED, reason
            self.sequence = self.series.next_sequence()
            self.save(update_fields=["state", "reason", "sequence"])
            if self.starts_at > now():
                self._tell(CANCEL)

    def move(self, *, by: User, starts: datetime, reason: str = "") -> None:
        """To another local start of the series' zone; the series and its identity stay."""
        with self._writing("review.move", by):
            self._must_be_open()
            self.start_at(moment(starts, self.series.zone))
            self.state, self.reason = ReviewState.SCHEDULED, reason
            self.sequence = self.series.next_sequence()
            self.save(update_fields=["starts_at", "missed_at", "state", "reason", "sequence"])
            self._tell(REQUEST)

    def write(self, field: str, *, seen: str, text: str, by: User) -> None:
        """The agenda or the minutes; Stale when somebody else wrote, Closed after the end."""
        with self._writing(f"review.{field}", by):
            self._must_be_open()
            compare_and_set(Review.objects.all(), self, field, seen=seen, value=text)

    def decide(self, text: str, *, by: User) -> Decision:
        with self._writing("review.decide", by):
            self._must_be_open()
            return Decision.objects.create(
                account_id=self.account_id, review=self, text=text, by=by
            )

    def add_action(self, objective: Objective, *, by: User, **fields: Any) -> Action:
        """A new move of the plan that this review asked for."""
        with self._writing("review.action", by):
            self._must_be_open()
            action = Action.add_to(objective, by=by, **fields)
            FollowUp.objects.create(account_id=self.account_id, review=self, action=action)
        return action

    def note_attendance(self, person: User, state: str, *, by: User) -> None:
        with self._writing("review.attendance", by):
            self._must_be_open()
            Attendance.objects.filter(review=self, user=person).update(state=state)

    @property
    def subject(self) -> str:
        """Its name in the ledger of mail."""
        return f"review:{self.pk}"

    def _tell(self, method: str) -> None:
        asked = Attendance.objects.filter(review=self).asked().values_list("user_id", flat=True)
        announce(method, self.subject, self.sequence, asked, account=self.account_id)

    @contextmanager
    def _writing(self, action: str, by: User) -> Iterator[None]:
        """An action on a review that nobody closes meanwhile: its row is locked and read anew."""
        with changing(self.account_id, action, by=by.pk):
            locked = Review.objects.select_for_update()
            self.refresh_from_db(fields=["state"], from_queryset=locked)
            yield

    def _must_be_open(self) -> None:
        if not self.is_open:
            raise Closed

    def start_at(self, at: datetime) -> None:
        """Not stored yet."""
        zone = self.series.zone
        deadline = after_working_days(wall_clock(at, zone).date(), GRACE)
        self.starts_at = at
        self.missed_at = moment(datetime.combine(deadline + timedelta(days=1), time.min), zone)
