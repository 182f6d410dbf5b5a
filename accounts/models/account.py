"""The client account: the thing every plan, review and figure hangs on."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models, transaction
from django.db.models import F, Prefetch
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.models.rights import EDIT, readable_accounts
from kam.lib import history, live

if TYPE_CHECKING:
    from accounts.models.team import Membership


class Tier(models.TextChoices):
    CANDIDATE = "candidate", _("Candidate")
    WATCHLIST = "watchlist", _("Watchlist")
    KEY = "key", _("Key account")
    STEPPING_DOWN = "stepping_down", _("Stepping down")
    FORMER = "former", _("Former")


class AccountQuerySet(models.QuerySet["Account"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(pk__in=readable_accounts(user))

    def editable_by(self, user: User) -> Self:
        return self.filter(pk__in=readable_accounts(user, EDIT))

    def active(self) -> Self:
        return self.filter(archived_at=None)

    def of_team(self, user: User) -> Self:
        """The accounts the person works on, not those they only may see."""
        return self.filter(memberships__user=user)

    def by_name(self) -> Self:
        return self.order_by("name", "pk")

    def with_team(self) -> Self:
        from accounts.models.team import Membership

        return self.prefetch_related(Prefetch("memberships", Membership.objects.in_order()))


@history.tracked(exclude=["revision"])
class Account(models.Model):
    name = models.CharField(_("Name"), max_length=200)
    industry = models.CharField(_("Industry"), max_length=120, blank=True)
    city = models.CharField(_("City"), max_length=120, blank=True)
    tier = models.CharField(_("Tier"), max_length=13, choices=Tier.choices, default=Tier.CANDIDATE)
    service_class = models.CharField(
        _("Service class"), max_length=1, blank=True, choices=[("A", "A"), ("B", "B"), ("C", "C")]
    )
    currency = models.CharField(_("Currency"), max_length=3, default="EUR")
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    # Raised by every action on the account; pages drawn from it are cached under this number.
    revision = models.PositiveBigIntegerField(default=1)

    objects = AccountQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["name", "id"], name="account_by_name")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="account_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("overview", args=[self.pk])

    @cached_property
    def team(self) -> list["Membership"]:
        """The memberships in order; one query, none after `with_team()`."""
        from accounts.models.team import Membership

        if "memberships" in getattr(self, "_prefetched_objects_cache", {}):
            return list(self.memberships.all())
        return list(Membership.objects.filter(account=self).in_order())

    @property
    def kam(self) -> User | None:
        return next((m.user for m in self.team if m.role == "kam"), None)

    @property
    def sponsor(self) -> User | None:
        return next((m.user for m in self.team if m.role == "sponsor"), None)

    def add_member(self, user: User, role: str, *, right: str = EDIT, by: User) -> "Membership":
        """Put a person on the team; once more only changes role and right."""
        from accounts.models.team import Membership

        with changing(self.pk, "team.add", by=by.pk):
            membership, _created = Membership.objects.update_or_create(
                account=self, user=user, defaults={"role": role, "right": right}
            )
            User.objects.filter(pk=user.pk).forget_rails()
        self.__dict__.pop("team", None)
        return membership

    def archive(self, *, by: User, at: datetime) -> None:
        if self.archived_at:
            return
        with changing(self.pk, "account.archive", by=by.pk):
            self.archived_at = at
            self.save(update_fields=["archived_at"])


@contextmanager
def changing(account_id: int, action: str, *, by: int | None) -> Iterator[None]:
    """One action on an account: history under its name, and a new revision for cached pages."""
    with history.action(action, by=by, account=account_id):
        yield
        Account.objects.filter(pk=account_id).update(revision=F("revision") + 1)
        transaction.on_commit(lambda: live.changed(f"account:{account_id}"))
        forget_rails_of([account_id])


def forget_rails_of(account_ids: Iterable[int]) -> None:
    """Whoever works on these accounts sees new counts at their next page."""
    User.objects.filter(memberships__account__in=account_ids).exclude(rail_day=None).update(
        rail_day=None
    )
