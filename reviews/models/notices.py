"""What each person wants by mail: the digest's weekday and hour, and what they opted out of."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Management, Membership, User
from accounts.models.team import Role
from kam.lib.data import history
from kam.lib.outbox.models import Delivery, OptOut
from kam.lib.text.reader import language_locale
from reviews.recurrence.recurrence import moment, wall_clock

REMINDER, DIGEST = "review_reminder", "weekly_digest"
AGENDA, MISSED, ACTIONS = "review_without_agenda", "review_missed", "actions_due"
WEEK = timedelta(days=7)


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class DigestChoiceQuerySet(models.QuerySet["DigestChoice"]):
    def wanted(self) -> Self:
        """On, of people who can sign in and who manage somebody, lead or sponsor an account."""
        return self.filter(
            Exists(Management.objects.filter(manager=OuterRef("user")))
            | Exists(
                Membership.objects.filter(user=OuterRef("user"), role__in=[Role.KAM, Role.SPONSOR])
            ),
            is_on=True,
            user__is_active=True,
        ).select_related("user")

    def enrol_managers(self, at: datetime) -> None:
        """Everybody with reports has the digest until they say otherwise."""
        new = User.objects.filter(
            Exists(Management.objects.filter(manager=OuterRef("pk"))),
            digest_choice=None,
            is_active=True,
        )
        self.bulk_create(
            (DigestChoice(user=user, is_on=True, since=at) for user in new), ignore_conflicts=True
        )

    def of(self, user: User, at: datetime) -> "DigestChoice":
        """The person's choice, or the one that holds while they have made none."""
        on = Management.objects.filter(manager=user).exists()
        return self.filter(user=user).first() or DigestChoice(user=user, is_on=on, since=at)


@history.tracked()
class DigestChoice(models.Model):
    user = models.OneToOneField(User, models.CASCADE, related_name="digest_choice")
    is_on = models.BooleanField(_("Send me the weekly digest"), default=True)
    weekday = models.PositiveSmallIntegerField(
        _("Day"), choices=Weekday.choices, default=Weekday.MONDAY
    )
    hour = models.PositiveSmallIntegerField(
        _("Hour"), default=7, validators=[MaxValueValidator(23)]
    )
    since = models.DateTimeField(help_text="times before this are never made up")

    objects = DigestChoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__lte=6, hour__lte=23), name="digest_time_is_sane"
            )
        ]

    def __str__(self) -> str:
        return f"digest of {self.user_id}"

    @property
    def weekday_words(self) -> str:
        return str(language_locale().days["format"]["wide"][self.weekday])

    @property
    def clock(self) -> time:
        return time(self.hour)

    def last_time(self, at: datetime) -> datetime:
        """The latest moment, not after `at`, at which the digest was due."""
        local = wall_clock(at, self.user.zone)
        day = local.date() - timedelta(days=(local.weekday() - self.weekday) % 7)
        due = moment(datetime.combine(day, time(self.hour)), self.user.zone)
        if due <= at:
            return due
        return moment(datetime.combine(day - timedelta(days=7), time(self.hour)), self.user.zone)

    def week_of(self, due: datetime) -> str:
        """The week of the reader's calendar in which a digest falls: the occasion of its one mail,
        whatever zone they move to meanwhile."""
        year, week, _day = due.astimezone(self.user.zone).date().isocalendar()
        return f"{year}-W{week:02}"

    def is_due(self, at: datetime) -> bool:
        return self.last_time(at) > self.since

    def choose(self, *, is_on: bool, weekday: int, hour: int, at: datetime) -> None:
        """Times before the change are not made up; the same choice again changes nothing."""
        if self.pk and (self.is_on, self.weekday, self.hour) == (is_on, weekday, hour):
            return
        self.is_on, self.weekday, self.hour, self.since = is_on, weekday, hour, at
        fields = {"is_on": is_on, "weekday": weekday, "hour": hour, "since": at}
        with history.action("mail.digest", by=self.user_id):
            DigestChoice.objects.update_or_create(user=self.user, defaults=fields)


@dataclass(frozen=True)
class MailChoices:
    """What a person gets by mail now; `lately` counts the mails of the last seven days."""

    digest: DigestChoice
    stopped: set[str]
    lately: int

    @classmethod
    def of(cls, user: User, at: datetime) -> "MailChoices":
        return cls(
            DigestChoice.objects.of(user, at),
            OptOut.objects.kinds_of(user),
            Delivery.objects.sent_to(user, since=at - WEEK).count(),
        )

    def wants(self, kind: str) -> bool:
        return self.digest.is_on if kind == DIGEST else kind not in self.stopped


def choose_mails(
    user: User, *, at: datetime, kinds: dict[str, bool], weekday: int, hour: int
) -> None:
    """All that a person wants by mail, in one step; `kinds` says for each whether it is wanted."""
    with history.action("mail.choose", by=user.pk):
        choice = DigestChoice.objects.of(user, at)
        choice.choose(is_on=kinds.get(DIGEST, choice.is_on), weekday=weekday, hour=hour, at=at)
        for kind, wanted in kinds.items():
            if kind != DIGEST:
                OptOut.objects.choose(user, kind, wanted=wanted)
