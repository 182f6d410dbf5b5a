"""What we want to reach: one owner, one due date, one measure."""

from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import Max, Prefetch, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, User, changing
from accounts.models.rights import EDIT, readable_accounts
from kam.lib import history
from kam.lib.seen import compare_and_set
from planning.models.plan import Plan
from planning.progress import objective_progress


class Horizon(models.TextChoices):
    SHORT = "short", _("Short")
    MID = "mid", _("Mid")
    LONG = "long", _("Long")


class ObjectiveQuerySet(models.QuerySet["Objective"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(account__in=readable_accounts(user))

    def editable_by(self, user: User) -> Self:
        return self.filter(account__in=readable_accounts(user, EDIT))

    def of_plan(self, plan: Plan) -> Self:
        return self.filter(plan=plan).in_order()

    def in_order(self) -> Self:
        rank = models.Case(
            models.When(horizon=Horizon.SHORT, then=0),
            models.When(horizon=Horizon.MID, then=1),
            default=2,
        )
        return self.order_by(rank, "position", "pk")

    def with_actions(self) -> Self:
        """With owners and the ordered actions: three queries whatever the rows."""
        from planning.models.actions import Action

        actions = Action.objects.select_related("owner", "waits_for", "stakeholder").order_by(
            "position", "pk"
        )
        return self.select_related("owner", "account").prefetch_related(
            Prefetch("actions", actions)
        )


@history.tracked()
class Objective(models.Model):
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="objectives")
    horizon = models.CharField(_("Horizon"), max_length=5, choices=Horizon.choices)
    title = models.CharField(_("Objective"), max_length=200)
    owner = models.ForeignKey(User, models.PROTECT, verbose_name=_("Owner"), related_name="+")
    due = models.DateField(_("Due"))
    measure = models.CharField(_("Measure"), max_length=80, blank=True)
    unit = models.CharField(_("Unit"), max_length=20, blank=True)
    baseline = models.DecimalField(_("From"), max_digits=14, decimal_places=2, default=Decimal(0))
    target = models.DecimalField(
        _("Target"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    current = models.DecimalField(_("Now"), max_digits=14, decimal_places=2, default=Decimal(0))
    position = models.PositiveIntegerField(default=0)

    objects = ObjectiveQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["plan", "position"], name="objective_in_plan")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="objective_has_title"),
            models.CheckConstraint(
                condition=Q(target=None) | ~Q(target=models.F("baseline")),
                name="objective_target_moves",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{reverse('planning:plan', args=[self.account_id])}#objective-{self.pk}"

    @cached_property
    def moves(self) -> list[Any]:
        """Its actions in order; none of them asks the database after `with_actions()`."""
        return list(self.actions.all())

    @property
    def progress(self) -> Decimal | None:
        """Share of the way from baseline to target, 0 to 1; moves made where nothing is measured."""
        if self.target is not None:
            return objective_progress(self.baseline, self.target, self.current)
        return Decimal(self.moves_done) / len(self.moves) if self.moves else None

    @property
    def moves_done(self) -> int:
        return sum(action.is_done for action in self.moves)

    @property
    def meter(self) -> str:
        """The progress as HTML writes numbers, whatever the reader's region."""
        return f"{self.progress or 0:.3f}"

    @property
    def lacks_action(self) -> bool:
        """A gap: not reached yet, and nobody does anything for it."""
        return self.progress != 1 and all(action.is_done for action in self.moves)

    def late_moves(self, day: date) -> int:
        return sum(action.is_late(day) for action in self.moves)

    @classmethod
    def add_to(cls, plan: Plan, *, by: User, **fields: Any) -> "Objective":
        with changing(plan.account_id, "objective.add", by=by.pk):
            last = cls.objects.filter(plan=plan).aggregate(last=Max("position"))["last"] or 0
            return cls.objects.create(
                plan=plan, account_id=plan.account_id, position=last + 1, **fields
            )

    def rename(self, *, seen: str, title: str, by: User) -> None:
        with changing(self.account_id, "objective.rename", by=by.pk):
            compare_and_set(Objective.objects.all(), self, "title", seen=seen, value=title)

    def change(self, *, by: User, **fields: Any) -> None:
        """Write the given fields, and only those."""
        with changing(self.account_id, "objective.change", by=by.pk):
            for name, value in fields.items():
                setattr(self, name, value)
            self.save(update_fields=list(fields))
