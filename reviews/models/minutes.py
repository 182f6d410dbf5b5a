"""What a review leaves behind: who was there, what was decided, what is to be done."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, User
from accounts.models.rights import EDIT, of_readable
from kam.lib.data import history
from planning.models import Action

if TYPE_CHECKING:
    from reviews.models.review import Review


def closed_with_its_review(name: str, operation: pgtrigger.Operation) -> pgtrigger.Trigger:
    """The database refuses as well: what belongs to a held review stays as it was."""
    return pgtrigger.Trigger(
        name=name,
        operation=operation,
        when=pgtrigger.Before,
        declare=[("line", "RECORD")],
        func=pgtrigger.Func(
            """
            IF TG_OP = 'DELETE' THEN line := OLD; ELSE line := NEW; END IF;
            IF EXISTS (SELECT FROM reviews_review r WHERE r.id = line.review_id AND r.state = 'held')
            THEN RAISE EXCEPTION 'the review % was held', line.review_id; END IF;
            RETURN line;
            """
        ),
    )


ALWAYS = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def visible_to(self, user: User) -> Self:
        return of_readable(self, user)

    def editable_by(self, user: User) -> Self:
        return of_readable(self, user, EDIT)

    def asked(self) -> Self:
        """Those who are expected: everybody who did not say no."""
        return self.exclude(state=Attendance.State.EXCUSED).filter(user__is_active=True)


@history.tracked()
class Attendance(models.Model):
    """Who is asked to a review, and whether they were there."""

    class State(models.TextChoices):
        INVITED = "invited", _("Invited")
        PRESENT = "present", _("Present")
        EXCUSED = "excused", _("Excused")

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="attendances")
    user = models.ForeignKey(User, models.PROTECT, related_name="attendances")
    state = models.CharField(max_length=7, choices=State.choices, default=State.INVITED)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "user"], name="attendance_once")]
        indexes = [models.Index(fields=["user", "review"], name="attendance_of_user")]
        triggers = [closed_with_its_review("attendance_stays", ALWAYS)]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.review_id}: {self.state}"

    @property
    def is_present(self) -> bool:
        return self.state == Attendance.State.PRESENT

    @property
    def is_excused(self) -> bool:
        return self.state == Attendance.State.EXCUSED

    @property
    def next_state(self) -> "Attendance.State":
        """What one more click says: present, excused, only invited again."""
        states = list(Attendance.State)
        return states[(states.index(Attendance.State(self.state)) + 1) % len(states)]


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, user: User) -> Self:
        return of_readable(self, user)

    def editable_by(self, user: User) -> Self:
        return of_readable(self, user, EDIT)

    def of_review(self, review: "Review") -> Self:
        return self.filter(review=review).select_related("by").order_by("pk")

    def made_since(self, at: datetime) -> Self:
        return self.filter(made_at__gte=at).select_related("account", "review", "by")


@history.tracked()
class Decision(models.Model):
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="decisions")
    text = models.CharField(_("Decision"), max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="decision_has_text")]
        triggers = [closed_with_its_review("decision_stays", ALWAYS)]

    def __str__(self) -> str:
        return self.text


@history.tracked()
class FollowUp(models.Model):
    """A move of the plan that a review asked for."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="follow_ups")
    action = models.OneToOneField(Action, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["pk"]
        # An action may still be taken out of the plan: then nothing follows any more.
        triggers = [closed_with_its_review("follow_up_in_time", pgtrigger.Insert)]

    def __str__(self) -> str:
        return f"{self.action_id} from {self.review_id}"
