"""What the client owes us: invoices, when they are due, when they were paid."""

from datetime import date
from typing import Any, Self

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import Count, F, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.models.rows import MoneyRow, RowQuerySet, times
from kam.lib.data import history


class ReceivableQuerySet(RowQuerySet["Receivable"]):
    def open(self) -> Self:
        return self.filter(paid_at=None)

    def for_list(self) -> Self:
        """What is owed longest first, then what was paid last."""
        return self.order_by(F("paid_at").desc(nulls_first=True), "due", "pk")

    def owed_by_account(self, day: date) -> Any:
        """As it was on that day: what was issued by then, and not paid yet."""
        late = Q(due__lt=day)
        unpaid = Q(paid_at=None) | Q(paid_at__gt=day)
        return (
            self.filter(issued__lte=day)
            .with_rates(day)
            .values("account_id")
            .annotate(
                invoices=Count("pk"),
                receivable_open=Sum(times("amount", F("factor")), filter=unpaid),
                receivable_overdue=Sum(times("amount", F("factor")), filter=unpaid & late),
                no_factor=Count("pk", filter=Q(factor=None) & unpaid),
                lacking=ArrayAgg(
                    "currency", filter=Q(factor=None) & unpaid, distinct=True, default=[]
                ),
            )
        )


@history.tracked()
class Receivable(MoneyRow):
    item_type = "receivable"

    invoice = models.CharField(_("Invoice"), max_length=60)
    amount = models.DecimalField(_("Amount"), max_digits=14, decimal_places=2)
    currency = models.CharField(_("Currency"), max_length=3)
    issued = models.DateField(_("Issued"))
    due = models.DateField(_("Due"))
    paid_at = models.DateField(_("Paid"), null=True, blank=True)

    objects = ReceivableQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["account", "due"], name="receivable_open", condition=Q(paid_at=None)
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "invoice"],
                name="receivable_once",
                violation_error_message=_("This invoice is here already."),
            ),
            models.CheckConstraint(condition=~Q(invoice=""), name="receivable_has_number"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="receivable_positive"),
            models.CheckConstraint(condition=Q(due__gte=F("issued")), name="receivable_due_after"),
            models.CheckConstraint(
                condition=Q(paid_at=None) | Q(paid_at__gte=F("issued")),
                name="receivable_paid_after",
            ),
            models.CheckConstraint(
                condition=Q(currency__regex="^[A-Z]{3}$"), name="receivable_currency_code"
            ),
        ]

    def __str__(self) -> str:
        return self.invoice

    def get_absolute_url(self) -> str:
        return reverse("accounts:receivables", args=[self.account_id])

    def pay(self, *, by: User, at: Any, on: date) -> None:
        """Paid twice is paid once: the first day stays."""
        if self.paid_at is None:
            self.change(by=by, at=at, paid_at=max(on, self.issued))
