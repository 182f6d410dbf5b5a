"""The moves behind an objective: ordered, one owner, one due date."""

from datetime import date, datetime
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, Stakeholder, User, changing
from accounts.models.rights import EDIT, of_readable
from kam.lib.data import history
from kam.lib.data.folding import folded_columns, matching
from kam.lib.data.seen import compare_and_set, compare_and_set_all
from kam.lib.text.dates import end_of_week
from planning.models.items import reorder
from planning.models.objectives import Objective
from planning.models.plan import Plan


class Ring(ValidationError):
    """The action would wait, directly or through others, for itself."""

    def __init__(self, before: "Action") -> None:
        words = _("“%(title)s” waits for this action already. Choose another one.")
        super().__init__({"waits_for": words % {"title": before.title}})


class ActionQuerySet(models.QuerySet["Action"]):
    def visible_to(self, user: User) -> Self:
        return of_readable(self, user)

    def find(self, words: str) -> Self:
        """Every word somewhere in the title, accents and case apart."""
        return matching(self, words)

    def editable_by(self, user: User) -> Self:
        return of_readable(self, user, EDIT)

    def open(self) -> Self:
        return self.filter(done_at=None, dropped_at=None)

    def owned_by(self, user: User) -> Self:
        return self.filter(owner=user)

    def of_account(self, account: Account) -> Self:
        return self.filter(account=account)

    def of_accounts(self, accounts: models.QuerySet[Account]) -> Self:
        return self.filter(account__in=accounts.values("pk"))

    def of_objective(self, objective: Objective) -> Self:
        return self.filter(objective=objective).order_by("position", "pk")

    def of_plan(self, plan_id: int) -> Self:
        return self.filter(objective__plan=plan_id).order_by("objective", "position", "pk")

    def of_active_accounts(self) -> Self:
        return self.filter(account__archived_at=None)

    def of_standing_objectives(self) -> Self:
        return self.filter(objective__dropped_at=None)

    def concerning(self, person: Stakeholder) -> Self:
        return self.filter(stakeholder=person)

    def due_before(self, day: date) -> Self:
        return self.filter(due__lt=day)

    def due_by_end_of_week(self, day: date) -> Self:
        """Late, due today, or due until the working week at hand ends."""
        return self.filter(due__lte=end_of_week(day))

    def for_list(self) -> Self:
        return self.select_related(
            "owner", "account", "objective", "waits_for", "dropped_by", "stakeholder"
        ).order_by("due", "pk")


@history.tracked(exclude=["fold"])
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
    result = models.CharField(_("Result"), max_length=300, blank=True)
    lesson = models.CharField(_("Lesson"), max_length=300, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    drop_reason = models.CharField(_("Reason"), max_length=300, blank=True)

    open_comments = 0  # written by the page that counts them

    fold = models.GeneratedField(
        expression=folded_columns("title"), output_field=models.TextField(), db_persist=True
    )

    objects = ActionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["objective", "position"], name="action_in_objective"),
            models.Index(
                fields=["owner", "due"],
                name="action_open_by_owner",
                condition=Q(done_at=None, dropped_at=None),
            ),
            models.Index(
                fields=["account", "due"],
                name="action_open_by_account",
                condition=Q(done_at=None, dropped_at=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="action_has_title"),
            models.CheckConstraint(
                condition=~Q(waits_for=models.F("id")), name="action_not_own_wait"
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(dropped_at=None), name="action_done_or_dropped"
            ),
            models.CheckConstraint(
                condition=Q(dropped_at=None) | ~Q(drop_reason=""), name="action_dropped_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    @property
    def is_dropped(self) -> bool:
        return self.dropped_at is not None

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.dropped_at is None

    @property
    def state(self) -> str:
        return "done" if self.is_done else "dropped" if self.is_dropped else "open"

    def is_late(self, day: date) -> bool:
        return self.is_open and self.due < day

    def waits_on(self, other: "Action") -> bool:
        """True when this action waits, directly or through others, for the other one."""
        plan = Objective.objects.filter(pk=self.objective_id).values("plan")
        rows = Action.objects.filter(objective__plan__in=plan)
        waits = dict(rows.values_list("pk", "waits_for_id"))
        step, passed = waits.get(self.pk), set[int]()
        while step and step not in passed:
            if step == other.pk:
                return True
            passed.add(step)
            step = waits.get(step)
        return False

    @classmethod
    def add_to(cls, objective: Objective, *, by: User, **fields: Any) -> "Action":
        with changing(objective.account_id, "action.add", by=by.pk):
            Objective.objects.select_for_update().get(pk=objective.pk)
            last = (
                cls.objects.filter(objective=objective).aggregate(last=Max("position"))["last"] or 0
            )
            return cls.objects.create(
                objective=objective, account_id=objective.account_id, position=last + 1, **fields
            )

    def rename(self, *, seen: str, title: str, by: User) -> None:
        with changing(self.account_id, "action.rename", by=by.pk):
            compare_and_set(Action.objects.all(), self, "title", seen=seen, value=title)

    def change(self, *, by: User, seen: dict[str, Any] | None = None, **fields: Any) -> None:
        """Write what the editor changed; StaleFields where somebody else was faster.

        The plan is locked while waits change: two edges that close a ring together cannot pass
        side by side.
        """
        with changing(self.account_id, "action.change", by=by.pk):
            if wait := fields.get("waits_for"):
                Plan.objects.select_for_update().get(objectives=self.objective_id)
                if wait.pk == self.pk or wait.waits_on(self):
                    raise Ring(wait)
            compare_and_set_all(Action.objects.all(), self, seen=seen, values=fields)

    def finish(self, *, by: User, at: datetime) -> None:
        """Two people ticking at once finish it once: the first one's name and time stay."""
        with changing(self.account_id, "action.finish", by=by.pk):
            Action.objects.filter(pk=self.pk).open().update(done_at=at, done_by=by)
        self._read_state()

    def close(self, *, by: User, at: datetime, seen: dict[str, Any], **words: Any) -> None:
        """Finish it with its result and lesson; once more only changes the words."""
        with changing(self.account_id, "action.finish", by=by.pk):
            if words:
                compare_and_set_all(Action.objects.all(), self, seen=seen, values=words)
            Action.objects.filter(pk=self.pk).open().update(done_at=at, done_by=by)
        self._read_state()

    def reopen(self, *, by: User) -> None:
        with changing(self.account_id, "action.reopen", by=by.pk):
            Action.objects.filter(pk=self.pk).update(
                done_at=None, done_by=None, dropped_at=None, dropped_by=None, drop_reason=""
            )
        self._read_state()

    def drop(self, *, reason: str, by: User, at: datetime) -> None:
        """Give it up with a reason; who waited for it waits no longer."""
        with changing(self.account_id, "action.drop", by=by.pk):
            Action.objects.filter(pk=self.pk).open().update(
                dropped_at=at, dropped_by=by, drop_reason=reason
            )
        self._read_state()

    def shift(self, step: int, *, by: User) -> None:
        """One place up (−1) or down (+1) within its objective."""
        with changing(self.account_id, "action.move", by=by.pk):
            Objective.objects.select_for_update().get(pk=self.objective_id)
            rows = list(Action.objects.of_objective(self.objective))
            reorder(rows, self.pk, step)

    def _read_state(self) -> None:
        fields = ["done_at", "done_by", "dropped_at", "dropped_by", "drop_reason"]
        self.refresh_from_db(fields=fields)
