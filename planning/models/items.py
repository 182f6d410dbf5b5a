"""What the lists about a client's business have in common: rows in order, changed one by one."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, User, changing
from accounts.models.rights import EDIT, of_readable
from kam.lib.data.seen import compare_and_set, compare_and_set_all

I = TypeVar("I", bound="Item")  # noqa: E741 (one letter, as type variables are)

REMEMBERED = timedelta(days=30)


class Level(models.IntegerChoices):
    LOW = 1, _("Low")
    MEDIUM = 2, _("Medium")
    HIGH = 3, _("High")


class ItemQuerySet(models.QuerySet[I]):
    def visible_to(self, user: User) -> Self:
        return of_readable(self, user)

    def editable_by(self, user: User) -> Self:
        return of_readable(self, user, EDIT)

    def with_account(self) -> Self:
        return self.select_related("account")

    def standing(self) -> Self:
        return self.filter(removed_at=None)

    def of(self, account: Account) -> Self:
        """What stands there, in order."""
        return self.filter(account=account).standing().order_by(*self.model.ORDER)

    def lately_of(self, account: Account, at: datetime) -> Self:
        """What stands there and what was removed lately, which can still be taken back."""
        lately = Q(removed_at=None) | Q(removed_at__gt=at - REMEMBERED)
        return self.filter(lately, account=account).order_by(*self.model.ORDER)


class Item(models.Model):
    """One row of a list of an account: added, changed, moved, removed and taken back."""

    ITEM_TYPE: ClassVar[str]
    TEXT: ClassVar[str]  # the field that names the row and is edited where it stands
    ORDER: ClassVar[tuple[str, ...]] = ("position", "pk")

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    position = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def rows(cls) -> ItemQuerySet[Any]:
        manager: Any = getattr(cls, "objects")  # noqa: B009 (each table has its own)
        found: ItemQuerySet[Any] = manager.all()
        return found

    @property
    def text_now(self) -> str:
        return str(getattr(self, self.TEXT))

    @classmethod
    def add_to(cls, account: Account, *, by: User, **fields: Any) -> Self:
        with changing(account.pk, f"{cls.ITEM_TYPE}.add", by=by.pk):
            Account.objects.select_for_update().get(pk=account.pk)
            last = cls.rows().filter(account=account).aggregate(last=Max("position"))["last"] or 0
            made: Self = cls.rows().create(account=account, position=last + 1, **fields)
            return made

    def rename(self, *, seen: str, text: str, by: User) -> None:
        with changing(self.account_id, f"{self.ITEM_TYPE}.rename", by=by.pk):
            compare_and_set(self.rows(), self, self.TEXT, seen=seen, value=text)

    def change(self, *, by: User, seen: dict[str, Any], **fields: Any) -> None:
        """Write what the editor changed; StaleFields where somebody else was faster."""
        with changing(self.account_id, f"{self.ITEM_TYPE}.change", by=by.pk):
            compare_and_set_all(self.rows(), self, seen=seen, values=fields)

    def remove(self, *, by: User, at: datetime) -> None:
        with changing(self.account_id, f"{self.ITEM_TYPE}.remove", by=by.pk):
            self.rows().filter(pk=self.pk, removed_at=None).update(removed_at=at)
        self.refresh_from_db(fields=["removed_at"])

    def restore(self, *, by: User) -> None:
        with changing(self.account_id, f"{self.ITEM_TYPE}.restore", by=by.pk):
            self.rows().filter(pk=self.pk).exclude(removed_at=None).update(removed_at=None)
        self.refresh_from_db(fields=["removed_at"])

    def neighbours(self) -> ItemQuerySet[Any]:
        """The list in which this row is moved up and down."""
        return self.rows().filter(account=self.account_id).standing()

    def shift(self, step: int, *, by: User) -> None:
        """One place up (−1) or down (+1); at the end of the list nothing happens."""
        with changing(self.account_id, f"{self.ITEM_TYPE}.move", by=by.pk):
            Account.objects.select_for_update().get(pk=self.account_id)
            rows = list(self.neighbours().order_by("position", "pk"))
            reorder(rows, self.pk, step)


def reorder(rows: list[Any], pk: int, step: int) -> None:
    """Move one of the locked rows by `step` and write the places that changed."""
    here = next((index for index, row in enumerate(rows) if row.pk == pk), None)
    if here is None or not 0 <= here + step < len(rows):
        return
    rows.insert(here + step, rows.pop(here))
    for place, row in enumerate(rows, start=1):
        if row.position != place:
            row.position = place
            row.save(update_fields=["position"])
