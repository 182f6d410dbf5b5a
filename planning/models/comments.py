"""What is said about a plan, an objective or an action: open until somebody resolves it."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, User, changing
from accounts.models.rights import EDIT, of_readable, readable_accounts
from kam.lib.data import history
from planning.models.actions import Action
from planning.models.objectives import Objective
from planning.models.plan import Plan

LENGTH = 2000


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, user: User) -> Self:
        return of_readable(self, user)

    def editable_by(self, user: User) -> Self:
        """Whoever may change the plan, and the author."""
        return self.visible_to(user).filter(
            Q(account__in=readable_accounts(user, EDIT)) | Q(author=user)
        )

    def open(self) -> Self:
        return self.filter(resolved_at=None)

    def of(self, plan: Plan) -> Self:
        return self.filter(plan=plan).order_by("created_at", "pk")

    def for_list(self) -> Self:
        return self.select_related("author", "objective", "action", "resolved_by")

    def for_page(self) -> Self:
        return self.select_related("plan__account", "author")


@history.tracked()
class Comment(models.Model):
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="comments")
    objective = models.ForeignKey(
        Objective, models.CASCADE, null=True, blank=True, related_name="comments"
    )
    action = models.ForeignKey(
        Action, models.CASCADE, null=True, blank=True, related_name="comments"
    )
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.TextField(_("Comment"), max_length=LENGTH)
    created_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = CommentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["plan", "created_at"], name="comment_in_plan"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="comment_has_text"),
            models.CheckConstraint(
                condition=Q(objective=None) | Q(action=None), name="comment_about_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def about(self) -> str:
        """The words it is about; nothing when it is the plan as a whole."""
        about = self.action or self.objective
        return about.title if about else ""

    @property
    def is_resolved(self) -> bool:
        return self.resolved_at is not None

    @classmethod
    def write(
        cls, plan: Plan, *, by: User, at: datetime, text: str,
        about: Objective | Action | None = None,
    ) -> "Comment":  # fmt: skip
        with changing(plan.account_id, "comment.add", by=by.pk):
            return cls.objects.create(
                plan=plan,
                account_id=plan.account_id,
                objective=about if isinstance(about, Objective) else None,
                action=about if isinstance(about, Action) else None,
                author=by,
                text=text,
                created_at=at,
            )

    def resolve(self, *, by: User, at: datetime) -> None:
        with changing(self.account_id, "comment.resolve", by=by.pk):
            Comment.objects.filter(pk=self.pk, resolved_at=None).update(
                resolved_at=at, resolved_by=by
            )
        self.refresh_from_db(fields=["resolved_at", "resolved_by"])

    def reopen(self, *, by: User) -> None:
        with changing(self.account_id, "comment.reopen", by=by.pk):
            Comment.objects.filter(pk=self.pk).update(resolved_at=None, resolved_by=None)
        self.refresh_from_db(fields=["resolved_at", "resolved_by"])
