"""How somebody stands towards us: an opinion with author, date, reason and an end."""

from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account, changing
from accounts.models.people import User
from accounts.models.rights import EDIT, of_readable
from accounts.models.stakeholders import Stakeholder
from kam.lib.data import history

VALID_DAYS = 365
STATES = {-2: "risk", -1: "watch", 0: "none", 1: "good", 2: "good"}


class Disposition(models.IntegerChoices):
    BLOCKER = -2, _("Blocker")
    SCEPTIC = -1, _("Sceptic")
    NEUTRAL = 0, _("Neutral")
    SUPPORTER = 1, _("Supporter")
    CHAMPION = 2, _("Champion")


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def visible_to(self, user: User) -> Self:
        return of_readable(self, user)

    def editable_by(self, user: User) -> Self:
        return of_readable(self, user, EDIT)

    def of_accounts(self, accounts: Any) -> Self:
        return self.filter(account__in=accounts)

    def about(self, person: Stakeholder) -> Self:
        return self.filter(stakeholder=person)

    def newest_first(self) -> Self:
        return self.order_by("-made_on", "-pk")

    def valid_on(self, day: date) -> Self:
        return self.filter(made_on__lte=day, expires_on__gt=day)

    def current(self, day: date) -> Self:
        """Of every person the newest opinion that has not expired by then."""
        ordered = self.valid_on(day).order_by("stakeholder_id", "-made_on", "-pk")
        return ordered.distinct("stakeholder_id")

    def for_list(self) -> Self:
        return self.select_related("author", "confirmed_by", "interaction").newest_first()


@history.tracked()
class Assessment(models.Model):
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    stakeholder = models.ForeignKey(Stakeholder, models.CASCADE, related_name="assessments")
    disposition = models.SmallIntegerField(_("Disposition"), choices=Disposition.choices)
    made_on = models.DateField(_("Date"))
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.CharField(_("Why"), max_length=300, blank=True)
    evidence = models.CharField(_("Evidence"), max_length=1000, blank=True)
    is_guess = models.BooleanField(_("A guess"), default=False)
    expires_on = models.DateField(_("Valid until"))
    confirmed_on = models.DateField(null=True, blank=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    interaction = models.ForeignKey(
        "accounts.Interaction", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["stakeholder", "-made_on", "-id"], name="assessment_newest"),
            models.Index(fields=["account"], name="assessment_of_account"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(disposition__range=(-2, 2)), name="assessment_disposition_known"
            ),
            models.CheckConstraint(
                condition=Q(expires_on__gt=F("made_on")), name="assessment_expires_later"
            ),
            models.CheckConstraint(
                condition=Q(is_guess=True) | ~Q(evidence=""), name="assessment_evidence_or_guess"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stakeholder_id}: {self.get_disposition_display()}"

    @property
    def state(self) -> str:
        """The mark beside it."""
        return STATES[self.disposition]

    @classmethod
    def make(
        cls, person: Stakeholder, disposition: int, *, by: User, on: date, **words: Any
    ) -> "Assessment":
        """An opinion without evidence is kept as what it is: a guess."""
        words["is_guess"] = words.get("is_guess", False) or not words.get("evidence")
        with changing(person.account_id, "stakeholder.assess", by=by.pk):
            return cls.objects.create(
                account_id=person.account_id,
                stakeholder=person,
                disposition=disposition,
                made_on=on,
                author=by,
                expires_on=on + timedelta(days=VALID_DAYS),
                **words,
            )

    def confirm(self, *, by: User, on: date) -> None:
        """Still true: valid for another year from today, under the name of who said so."""
        with changing(self.account_id, "assessment.confirm", by=by.pk):
            Assessment.objects.filter(pk=self.pk).update(
                confirmed_on=on, confirmed_by=by, expires_on=on + timedelta(days=VALID_DAYS)
            )
        self.refresh_from_db(fields=["confirmed_on", "confirmed_by", "expires_on"])
