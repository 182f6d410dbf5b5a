"""What we want to reach: one owner, one due date, one measure."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import Max, Prefetch, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Account, User, changing
from accounts.models.rights import EDIT, of_readable
from kam.lib.data import history
from kam.lib.data.folding import folded_columns, matching
from kam.lib.data.seen import compare_and_set, compare_and_set_all
from planning.models.business import ClientGoal
from planning.models.items import reorder
from planning.models.plan import Plan, address
from planning.objectives.progress import Verdict, Way, moves_made, objective_progress


class Horizon(models.TextChoices):
    SHORT = "short", _("Short")
    MID = "mid", _("Mid")
    LONG = "long", _("Long")


class Priority(models.IntegerChoices):
    """The number is the weight in the progress of the plan."""

    LOW = 1, _("Low")
    NORMAL = 2, _("Normal")
    HIGH = 4, _("High")


class ObjectiveQuerySet(models.QuerySet["Objective"]):
    def visible_to(self, user: User) -> Self:
        return of_readable(self, user)

    def find(self, words: str) -> Self:
        """Every word somewhere in the title, accents and case apart."""
        return matching(self, words)

    def editable_by(self, user: User) -> Self:
        return of_readable(self, user, EDIT)

    def of_plan(self, plan: Plan) -> Self:
        return self.filter(plan=plan).in_order()

    def with_owner(self) -> Self:
        return self.select_related("owner")

    def standing(self) -> Self:
        return self.filter(dropped_at=None)

    def of_newest_plans(self) -> Self:
        """Without those of plans that a later one of the account followed."""
        later = Plan.objects.filter(
            account=models.OuterRef("account"),
            period_start__gt=models.OuterRef("plan__period_start"),
        )
        return self.exclude(models.Exists(later))

    def in_order(self) -> Self:
        rank = models.Case(
            models.When(horizon=Horizon.SHORT, then=0),
            models.When(horizon=Horizon.MID, then=1),
            default=2,
        )
        return self.order_by(rank, "position", "pk")

    def with_actions(self) -> Self:
        """With owners and the ordered actions: two queries whatever the rows."""
        from planning.models.actions import Action

        actions = Action.objects.select_related("owner", "waits_for", "stakeholder").order_by(
            "position", "pk"
        )
        return self.select_related("owner", "account", "plan", "serves").prefetch_related(
            Prefetch("actions", actions)
        )


@history.tracked(exclude=["fold"])
class Objective(models.Model):
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="objectives")
    horizon = models.CharField(_("Horizon"), max_length=5, choices=Horizon.choices)
    title = models.CharField(_("Objective"), max_length=200)
    owner = models.ForeignKey(User, models.PROTECT, verbose_name=_("Owner"), related_name="+")
    due = models.DateField(_("Due"))
    measure = models.CharField(_("Measure"), max_length=80, blank=True)
    unit = models.CharField(_("Unit"), max_length=20, blank=True)
    baseline = models.DecimalField(
        pgettext_lazy("measure", "From"), max_digits=14, decimal_places=2, default=Decimal(0)
    )
    target = models.DecimalField(
        _("Target"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    current = models.DecimalField(
        pgettext_lazy("measure", "Now"), max_digits=14, decimal_places=2, default=Decimal(0)
    )
    start = models.DateField(_("Starts"), null=True, blank=True)
    priority = models.PositiveSmallIntegerField(
        _("Priority"), choices=Priority.choices, default=Priority.NORMAL
    )
    serves = models.ForeignKey(
        ClientGoal,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("Serves their goal"),
        related_name="objectives",
    )
    position = models.PositiveIntegerField(default=0)
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    drop_reason = models.CharField(_("Reason"), max_length=300, blank=True)

    open_comments = 0  # written by the page that counts them
    # Written by planning/plan/truncation.py: how much of it a long plan draws.
    most_shown: int | None = None
    is_folded = False
    is_unnamed = False

    fold = models.GeneratedField(
        expression=folded_columns("title"), output_field=models.TextField(), db_persist=True
    )

    objects = ObjectiveQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["plan", "position"], name="objective_in_plan")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="objective_has_title"),
            models.CheckConstraint(
                condition=Q(target=None) | ~Q(target=models.F("baseline")),
                name="objective_target_moves",
            ),
            models.CheckConstraint(
                condition=Q(start=None) | Q(start__lte=models.F("due")),
                name="objective_starts_before_due",
            ),
            models.CheckConstraint(
                condition=Q(priority__in=Priority.values), name="objective_priority_known"
            ),
            models.CheckConstraint(
                condition=Q(dropped_at=None) | ~Q(drop_reason=""), name="objective_dropped_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Also of a long plan, where only some objectives are unfolded."""
        return f"{address(self.account_id, self.plan_id)}&open={self.pk}#objective-{self.pk}"

    @property
    def is_dropped(self) -> bool:
        return self.dropped_at is not None

    @cached_property
    def moves(self) -> list[Any]:
        """Its actions in order; none of them asks the database after `with_actions()`."""
        return list(self.actions.all())

    @property
    def shown(self) -> list[Any]:
        return self.moves[: self.most_shown]

    @property
    def unshown(self) -> int:
        return len(self.moves) - len(self.shown)

    @property
    def progress(self) -> Decimal | None:
        """Share of the way from baseline to target, 0 to 1; moves made where nothing is measured."""
        if self.target is not None:
            return objective_progress(self.baseline, self.target, self.current)
        return moves_made(self.moves_done, len(self.live_moves))

    @property
    def live_moves(self) -> list[Any]:
        """The actions that count: those that were not dropped."""
        return [action for action in self.moves if not action.is_dropped]

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
        return self.progress != 1 and not any(action.is_open for action in self.moves)

    def late_moves(self, day: date) -> int:
        return sum(action.is_late(day) for action in self.moves)

    def verdict(self, day: date) -> Verdict:
        return self.way(day).verdict(day)

    def way(self, day: date) -> Way:
        """What its verdict and the progress of the plan are made of."""
        return Way(
            title=self.title,
            progress=self.progress,
            start=self.start or min(self.plan.period_start, self.due),
            due=self.due,
            weight=self.priority,
            late=self.late_moves(day),
            pending=sum(action.is_open for action in self.moves),
        )

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

    def change(self, *, by: User, seen: dict[str, Any] | None = None, **fields: Any) -> None:
        """Write what the editor changed; StaleFields where somebody else was faster."""
        with changing(self.account_id, "objective.change", by=by.pk):
            compare_and_set_all(Objective.objects.all(), self, seen=seen, values=fields)

    def drop(self, *, reason: str, by: User, at: datetime) -> None:
        """Give it up with a reason; it stays in the history and in what was frozen."""
        with changing(self.account_id, "objective.drop", by=by.pk):
            Objective.objects.filter(pk=self.pk, dropped_at=None).update(
                dropped_at=at, dropped_by=by, drop_reason=reason
            )
        self.refresh_from_db(fields=["dropped_at", "dropped_by", "drop_reason"])

    def take_up(self, *, by: User) -> None:
        """Back into the plan after it was dropped."""
        with changing(self.account_id, "objective.take_up", by=by.pk):
            Objective.objects.filter(pk=self.pk).update(
                dropped_at=None, dropped_by=None, drop_reason=""
            )
        self.refresh_from_db(fields=["dropped_at", "dropped_by", "drop_reason"])

    def shift(self, step: int, *, by: User) -> None:
        """One place up (−1) or down (+1) among those of its horizon."""
        with changing(self.account_id, "objective.move", by=by.pk):
            Plan.objects.select_for_update().get(pk=self.plan_id)
            rows = Objective.objects.filter(plan=self.plan_id, horizon=self.horizon).standing()
            reorder(list(rows.order_by("position", "pk")), self.pk, step)
