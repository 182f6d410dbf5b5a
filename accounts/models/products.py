"""Our catalogue: what we sell, in families."""

from typing import Any, Self

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from kam.lib.data import history
from kam.lib.data.seen import compare_and_set_all


class ProductQuerySet(models.QuerySet["Product"]):
    def visible_to(self, user: User) -> Self:
        """Everybody of ours knows what we sell."""
        return self

    def editable_by(self, user: User) -> Self:
        return self if user.is_admin else self.none()

    def on_sale(self) -> Self:
        return self.filter(active=True)

    def choosable(self, *, besides: int | None = None) -> Self:
        """What we sell, and the one a row holds already."""
        return self.filter(models.Q(active=True) | models.Q(pk=besides))

    def choosable_with(self, known: set[int]) -> Self:
        """What we sell, and what a page speaks of already."""
        return self.filter(models.Q(active=True) | models.Q(pk__in=known))

    def by_family(self) -> Self:
        return self.order_by("family", Lower("name"), "pk")


@history.tracked()
class Product(models.Model):
    name = models.CharField(_("Product"), max_length=120)
    family = models.CharField(_("Family"), max_length=80, blank=True)
    active = models.BooleanField(_("On sale"), default=True)

    objects = ProductQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="product_once",
                violation_error_message=_("The catalogue has a product of this name already."),
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="product_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def add(cls, *, by: User, **fields: Any) -> "Product":
        with history.action("product.add", by=by.pk):
            return cls.objects.create(**fields)

    def change(self, *, by: User, seen: dict[str, Any] | None = None, **fields: Any) -> None:
        with history.action("product.change", by=by.pk):
            compare_and_set_all(Product.objects.all(), self, seen=seen, values=fields)
