"""A recurring appointment: its rule, its own time zone, who comes, how early it reminds."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, User, changing
from accounts.models.people import check_time_zone
from accounts.models.rights import EDIT, of_readable
from kam.lib.data import history
from reviews.models.inviting import REQUEST, announce
from reviews.models.local import WallClockField
from reviews.recurrence.recurrence import occurrences
from reviews.recurrence.recurrence_text import sentence

AHEAD = timedelta(days=120)
# Once a month: each time raises the revision of the account, and what was kept of it is drawn anew.
SLACK = timedelta(days=30)
RARE = timedelta(days=366 * 2)
USUAL_REMINDERS = (7, 1)


class Kind(models.TextChoices):
    INTERNAL = "internal", _("Internal account review")
    QUARTERLY = "quarterly", _("Quarterly business review")
    FEEDBACK = "feedback", _("Client feedback meeting")
    SPONSOR = "sponsor", _("Sponsor check-in")


class SeriesQuerySet(models.QuerySet["Series"]):
    def visible_to(self, user: User) -> Self:
        return of_readable(self, user)

    def editable_by(self, user: User) -> Self:
        return of_readable(self, user, EDIT)

    def to_extend(self, at: datetime) -> Self:
        """Those whose occurrences do not reach far enough ahead."""
        far_enough = (at + AHEAD - SLACK).astimezone(UTC).date()
        return (
            self.going_on()
            .filter(account__archived_at=None, extended_to__lt=far_enough)
            .filter(Q(until=None) | Q(extended_to__lt=F("until")))
            .order_by("pk")
        )

    def going_on(self) -> Self:
        """Not ended; the last day of their rule may have passed."""
        return self.filter(ended_at=None)

    def not_over(self, day: date) -> Self:
        """Going on, and with days to come."""
        return self.going_on().filter(Q(until=None) | Q(until__gte=day))

    def of_account(self, account: Account) -> Self:
        return self.filter(account=account)

    def for_page(self) -> Self:
        return self.select_related("account", "owner").prefetch_related("invitees__user")


@history.tracked(exclude=["extended_to", "sequence"])
class Series(models.Model):
    account = models.ForeignKey(Account, models.CASCADE, related_name="series")
    kind = models.CharField(_("Kind"), max_length=9, choices=Kind.choices, default=Kind.INTERNAL)
    rule = models.CharField(_("Repeats"), max_length=200, help_text="RFC 5545, such as FREQ=WEEKLY")
    starts = WallClockField(_("First time"))
    time_zone = models.CharField(_("Time zone"), max_length=40, validators=[check_time_zone])
    length = models.PositiveSmallIntegerField(
        _("Minutes"), default=30, validators=[MinValueValidator(5), MaxValueValidator(600)]
    )
    owner = models.ForeignKey(User, models.PROTECT, verbose_name=_("Owner"), related_name="+")
    attendees = models.ManyToManyField(User, through="Invitee", related_name="+")
    agenda = models.TextField(_("Agenda template"), blank=True, max_length=4000)
    until = models.DateField(_("Until"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    follows = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+",
        help_text="the series whose rhythm this one changed",
    )  # fmt: skip
    sequence = models.PositiveIntegerField(default=0, help_text="of its invitations, RFC 5545")
    extended_to = models.DateField(help_text="occurrences exist until this local day")

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "series"
        indexes = [models.Index(fields=["extended_to"], name="series_to_extend")]
        constraints = [
            models.CheckConstraint(condition=Q(length__range=(5, 600)), name="series_length_sane"),
            models.CheckConstraint(condition=Q(rule__startswith="FREQ="), name="series_has_rule"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=Cast("starts", models.DateField())),
                name="series_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.account}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def local_day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    @classmethod
    def schedule(
        cls, account: Account, *, by: User, at: datetime, attendees: Iterable[User], **fields: Any
    ) -> "Series":
        """Put a series and its first occurrences into the calendar of an account."""
        reminders = fields.pop("reminders", USUAL_REMINDERS)
        with changing(account.pk, "review.schedule", by=by.pk):
            series = cls(account=account, **fields)
            first = max(series.starts.date(), series.local_day(at))
            series.extended_to = first - timedelta(days=1)
            series.save()
            series.ask([series.owner, *attendees])
            series.remind(reminders)
            series.extend(at)
            series.announce()
        return series

    def replace(self, person: User, to: User, *, by: User, at: datetime) -> None:
        """Somebody else comes from the next one on, as the owner if the person was it."""
        from reviews.models.minutes import Attendance
        from reviews.models.review import Review

        with changing(self.account_id, "series.replace", by=by.pk):
            self.ask([to])
            if self.owner_id == person.pk:
                self.owner = to
                self.save(update_fields=["owner"])
            self.invitees.filter(user=person).delete()
            coming = Review.objects.of_series(self).coming(at)
            Attendance.objects.filter(review__in=coming, user=person).delete()
            coming.invite_series()
            self.next_sequence()
            self.announce()

    @property
    def says(self) -> str:
        """Its rule in the reader's words."""
        return sentence(self.rule, self.starts, self.time_zone, self.length, self.until)

    @property
    def subject(self) -> str:
        """Its name in the ledger of mail."""
        return f"series:{self.pk}"

    def people(self) -> list[User]:
        """Everybody asked who can sign in; the owner first."""
        found = User.objects.filter(pk__in=self.people_ids()).active().by_name()
        return sorted(found, key=lambda person: person.pk != self.owner_id)

    def people_ids(self) -> set[int]:
        return set(self.invitees.values_list("user_id", flat=True))

    def ask(self, people: Iterable[User]) -> None:
        """To every occurrence; who is asked already stays so."""
        ids = dict.fromkeys(person.pk for person in people)
        Invitee.objects.bulk_create(
            (Invitee(account_id=self.account_id, series=self, user_id=pk) for pk in ids),
            ignore_conflicts=True,
        )

    def remind(self, days: Iterable[int]) -> None:
        Reminder.objects.bulk_create(
            (Reminder(account_id=self.account_id, series=self, days=n) for n in set(days)),
            ignore_conflicts=True,
        )

    def announce(self, method: str = REQUEST, people: set[int] | None = None) -> None:
        """To these, or to everybody asked, as it stands now; inside an action."""
        asked = self.people_ids() if people is None else people
        announce(method, self.subject, self.sequence, asked, account=self.account_id)

    def next_sequence(self) -> int:
        """One more, inside an action: invitations that change count up, whoever changes them."""
        Series.objects.filter(pk=self.pk).update(sequence=F("sequence") + 1)
        self.refresh_from_db(fields=["sequence"])
        return self.sequence

    def extend(self, at: datetime) -> None:
        """Materialise the occurrences of the next months; once more adds nothing."""
        from reviews.models.review import Review

        until = self._horizon(at)
        if until <= self.extended_to:
            return
        starts = self.slots(self.extended_to + timedelta(days=1), until)
        with changing(self.account_id, "review.extend", by=None):
            Review.objects.bulk_create(
                (Review.of(self, start) for start in starts), ignore_conflicts=True
            )
            Review.objects.filter(series=self, slot__in=starts).invite_series()
            self.extended_to = until
            self.save(update_fields=["extended_to"])

    def slots(self, first: date, last: date) -> list[datetime]:
        """The local starts of its rule on these days, up to its end."""
        last = min(last, self.until) if self.until else last
        return occurrences(self.rule, self.starts, self.zone, first, last)

    def rule_from(self, slot: datetime) -> str:
        """The rule as it goes on from there: so many times means those that are left."""
        total = re.search(r";COUNT=(\d+)", self.rule)
        if total is None:
            return self.rule
        before = self.slots(self.starts.date(), slot.date() - timedelta(days=1))
        return self.rule.replace(total[0], f";COUNT={max(1, int(total[1]) - len(before))}")

    def _horizon(self, at: datetime) -> date:
        """Some months ahead; a rare meeting has its next time, however far that is."""
        until = self.local_day(at + AHEAD)
        known = Q(series=self.pk, starts_at__gt=at)
        if not self.slots(self.local_day(at), until) and not self.reviews.filter(known).exists():
            rare = self.slots(until, until + RARE)
            until = rare[0].date() if rare else until
        return min(until, self.until) if self.until else until


class InviteeQuerySet(models.QuerySet["Invitee"]):
    def going_on(self) -> Self:
        return self.filter(series__ended_at=None).select_related("series__account", "user")


@history.tracked()
class Invitee(models.Model):
    """Who is asked to every occurrence of a series."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    series = models.ForeignKey(Series, models.CASCADE, related_name="invitees")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = InviteeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "user"], name="invitee_once")]

    def __str__(self) -> str:
        return str(self.series)


class Reminder(models.Model):
    """How many days ahead a series reminds its attendees; one row an offset."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    series = models.ForeignKey(Series, models.CASCADE, related_name="reminders")
    days = models.PositiveSmallIntegerField(_("Days ahead"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "days"], name="reminder_once"),
            models.CheckConstraint(condition=Q(days__range=(0, 60)), name="reminder_days_sane"),
        ]

    def __str__(self) -> str:
        return f"{self.days} days before {self.series_id}"
