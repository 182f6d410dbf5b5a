"""The moves behind an objective: ordered, one owner, one due date."""

from datetime import date, datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, Stakeholder, User, changing
from accounts.models.rights import EDIT, readable_accounts
from kam.lib import history
from kam.lib.seen import compare_and_set
from planning.models.objectives import Objective


class ActionQuerySet(models.QuerySet["Action"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(account__in=readable_accounts(user))

    def editable_by(self, user: User) -> Self:
        return self.filter(account__in=readable_accounts(user, EDIT))

    def open(self) -> Self:
        return self.filter(done_at=None)

    def owned_by(self, user: User) -> Self:
        return self.filter(owner=user)

    def of_account(self, account: Account) -> Self:
        return self.filter(account=account)

    def of_objective(self, objective: Objective) -> Self:
        return self.filter(objective=objective).order_by("position", "pk")

    def concerning(self, person: Stakeholder) -> Self:
        return self.filter(stakeholder=person)

    def due_before(self, day: date) -> Self:
        return self.filter(due__lt=day)

    def due_by_end_of_week(self, day: date) -> Self:
        """Late, due today, or due until the Sunday of that day's week."""
        return self.filter(due__lte=day + timedelta(days=6 - day.weekday()))

    def for_list(self) -> Self:
        return self.select_related("owner", "account", "objective", "stakeholder").order_by(
            "due", "pk"
        )


@history.tracked()
class Action(models.Model):
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    objective = models.ForeignKey(Objective, models.CASCADE, related_name="actions")
    title = models.CharField(_("Action"), max_length=200)
    note = models.CharField(_("Note"), max_length=300, blank=True)
    owner = models.ForeignKey(User, models.PROTECT, verbose_name=_("Owner"), related_name="+")
    due = models.DateField(_("Due"))
    waits_for = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("Waits for"),
        related_name="+",
    )
    stakeholder = models.ForeignKey(
        Stakeholder,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("Stakeholder"),
        related_name="+",
    )
    position = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ActionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["objective", "position"], name="action_in_objective"),
            models.Index(
                fields=["owner", "due"], name="action_open_by_owner", condition=Q(done_at=None)
            ),
            models.Index(
                fields=["account", "due"], name="action_open_by_account", condition=Q(done_at=None)
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="action_has_title"),
            models.CheckConstraint(
                condition=~Q(waits_for=models.F("id")), name="action_not_own_wait"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    def is_late(self, day: date) -> bool:
        return not self.is_done and self.due < day

    def waits_on(self, other: "Action") -> bool:
        """True when this action waits, directly or through others, for the other one."""
        waits = dict(Action.objects.of_objective(self.objective).values_list("pk", "waits_for_id"))
        step, passed = self.waits_for_id, set[int]()
        while step and step not in passed:
            if step == other.pk:
                return True
            passed.add(step)
            step = waits.get(step)
        return False

    @classmethod
    def add_to(cls, objective: Objective, *, by: User, **fields: Any) -> "Action":
        with changing(objective.account_id, "action.add", by=by.pk):
            last = (
                cls.objects.filter(objective=objective).aggregate(last=Max("position"))["last"] or 0
            )
            return cls.objects.create(
                objective=objective, account_id=objective.account_id, position=last + 1, **fields
            )

    def rename(self, *, seen: str, title: str, by: User) -> None:
        with changing(self.account_id, "action.rename", by=by.pk):
            compare_and_set(Action.objects.all(), self, "title", seen=seen, value=title)

    def change(self, *, by: User, **fields: Any) -> None:
        with changing(self.account_id, "action.change", by=by.pk):
            for name, value in fields.items():
                setattr(self, name, value)
            self.save(update_fields=list(fields))

    def finish(self, *, by: User, at: datetime) -> None:
        """Two people ticking at once finish it once: the first one's name and time stay."""
        with changing(self.account_id, "action.finish", by=by.pk):
            Action.objects.filter(pk=self.pk, done_at=None).update(done_at=at, done_by=by)
        self.refresh_from_db(fields=["done_at", "done_by"])

    def reopen(self, *, by: User) -> None:
        with changing(self.account_id, "action.reopen", by=by.pk):
            Action.objects.filter(pk=self.pk).exclude(done_at=None).update(
                done_at=None, done_by=None
            )
        self.refresh_from_db(fields=["done_at", "done_by"])
