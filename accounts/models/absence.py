"""An absence: from day to day a deputy has the member's right on the account."""

from datetime import date
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.db.models import F, Func, Q, Value
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account, changing
from accounts.models.people import User
from accounts.models.rights import LEAD, of_readable, readable_accounts
from accounts.models.team import Membership
from kam.lib.data import history
from kam.lib.site import site


def today_here() -> date:
    """Absences begin and end with the day of the installation, the same for everybody."""
    return now().astimezone(site().zone).date()


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def visible_to(self, user: User) -> Self:
        return of_readable(self, user)

    def editable_by(self, user: User) -> Self:
        """Who is away, and whoever leads the account."""
        own = Q(person=user, account__in=readable_accounts(user))
        return self.filter(own | Q(account__in=readable_accounts(user, LEAD)))

    def of_account(self, account: Account) -> Self:
        return self.filter(account=account)

    def on(self, day: date) -> Self:
        return self.filter(starts__lte=day, ends__gte=day)

    def not_over(self, day: date) -> Self:
        return self.filter(ends__gte=day).order_by("starts", "pk")

    def for_list(self) -> Self:
        return self.select_related("person", "deputy")


@history.tracked()
class Absence(models.Model):
    account = models.ForeignKey(Account, models.CASCADE, related_name="absences")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="absences")
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Away"))
    deputy = models.ForeignKey(
        User, models.PROTECT, related_name="deputising", verbose_name=_("Deputy")
    )
    starts = models.DateField(_("From"))
    ends = models.DateField(_("Until"))

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["deputy", "ends"], name="absence_by_deputy")]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="absence_ends_later"),
            models.CheckConstraint(condition=~Q(deputy=F("person")), name="absence_by_another"),
            ExclusionConstraint(
                name="absence_one_at_a_time",
                expressions=[
                    (Func("membership", "membership", Value("[]"), function="int8range"), "&&"),
                    (Func("starts", "ends", Value("[]"), function="daterange"), "&&"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.starts}"

    @classmethod
    def name_deputy(cls, member: Membership, *, by: User, **fields: Any) -> "Absence":
        """Refused when somebody stands in on one of these days already."""
        try:
            with changing(member.account_id, "absence.add", by=by.pk):
                absence = cls.objects.create(
                    account_id=member.account_id,
                    membership=member,
                    person_id=member.user_id,
                    **fields,
                )
                User.objects.filter(pk=absence.deputy_id).forget_rails()
        except IntegrityError as error:
            words = _("There is a deputy for some of these days already.")
            raise ValidationError(words) from error
        return absence

    def pass_on(self, to: User, *, by: User) -> None:
        """Another deputy; who is away cannot stand in for themselves, and then nobody does."""
        if to.pk == self.person_id:
            self.cancel(by=by)
            return
        with changing(self.account_id, "absence.pass_on", by=by.pk):
            User.objects.filter(pk__in=[self.deputy_id, to.pk]).forget_rails()
            self.deputy = to
            self.save(update_fields=["deputy"])

    def cancel(self, *, by: User) -> None:
        with changing(self.account_id, "absence.cancel", by=by.pk):
            Absence.objects.filter(pk=self.pk).delete()
            User.objects.filter(pk=self.deputy_id).forget_rails()
