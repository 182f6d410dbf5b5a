"""Where we could sell: what somebody said of one business unit and one product of a client."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Account, BusinessUnit, Product, User
from accounts.models.rows import MoneyRow, RowQuerySet, same_account, trading
from kam.lib.data import history
from kam.lib.data.seen import compare_and_set_all


class CellState(models.TextChoices):
    UNEXPLORED = "unexplored", pgettext_lazy("white space", "Not explored")
    NOT_APPLICABLE = "not_applicable", pgettext_lazy("white space", "Does not apply")
    POTENTIAL = "potential", pgettext_lazy("white space", "Potential")
    PILOT = "pilot", pgettext_lazy("white space", "Pilot, free version")
    OPPORTUNITY = "opportunity", pgettext_lazy("white space", "Open opportunity")
    CONTRACTED = "contracted", pgettext_lazy("white space", "Contracted")
    COMPETITOR = "competitor", pgettext_lazy("white space", "Competitor holds it")
    LOST = "lost", pgettext_lazy("white space", "Lost")


# What a person says. An opportunity is a record of its own, and speaks for itself.
SAID = [state for state in CellState if state != CellState.OPPORTUNITY]


class CellQuerySet(RowQuerySet["Cell"]):
    def stored_or_blank(self, account: Account, unit: BusinessUnit, product: Product) -> "Cell":
        """A place of which nobody has said anything yet is not explored."""
        rows = self.of_account(account).filter(unit=unit, product=product)
        blank = Cell(account=account, unit=unit, product=product, currency=account.currency)
        return rows.select_related("stated_by").first() or blank


@history.tracked()
class Cell(MoneyRow):
    """Dated and signed. What revenue and opportunities say of the place is not typed again."""

    item_type = "cell"

    unit = models.ForeignKey(
        BusinessUnit, models.PROTECT, related_name="+", verbose_name=_("Business unit")
    )
    product = models.ForeignKey(
        Product, models.PROTECT, related_name="+", verbose_name=_("Product")
    )
    state = models.CharField(
        _("State"),
        max_length=14,
        choices=[(state.value, state.label) for state in SAID],
        default=CellState.UNEXPLORED,
    )
    potential = models.DecimalField(
        _("Potential a year"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("Currency"), max_length=3)
    competitor = models.CharField(_("Competitor"), max_length=120, blank=True)
    note = models.CharField(_("Note"), max_length=200, blank=True)
    stated_at = models.DateTimeField(editable=False)
    stated_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects = CellQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "unit", "product"], name="cell_once"),
            models.CheckConstraint(condition=Q(state__in=SAID), name="cell_state_is_said"),
            models.CheckConstraint(
                condition=Q(potential=None) | Q(potential__gte=0), name="cell_not_negative"
            ),
            models.CheckConstraint(
                condition=~Q(state=CellState.COMPETITOR) | ~Q(competitor=""),
                name="cell_competitor_has_name",
            ),
            models.CheckConstraint(
                condition=Q(currency__regex="^[A-Z]{3}$"), name="cell_currency_code"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} × {self.product_id}: {self.state}"

    @classmethod
    def say(
        cls, account: Account, unit: BusinessUnit, product: Product,
        *, by: User, at: datetime, seen: dict[str, Any], **facts: Any,
    ) -> "Cell":  # fmt: skip
        """State what the place is; StaleFields where somebody else was faster."""
        with trading(account.pk, "cell.say", by=by.pk, at=at):
            same_account(account.pk, unit)
            cell, _new = cls.objects.get_or_create(
                account=account, unit=unit, product=product,
                defaults={"currency": account.currency, "stated_at": at, "stated_by": by},
            )  # fmt: skip
            compare_and_set_all(cls.objects.all(), cell, seen=seen, values=facts)
            cell.stated_at, cell.stated_by = at, by
            cell.save(update_fields=["stated_at", "stated_by"])
        return cell
