"""The current figures of an account, one wide row: what lists sort and pages open with.

`refresh()` writes what follows from money; health, coverage and the dates of reviews and contacts
are written by the layers above. NULL is "not scored", never zero.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext

from accounts.commerce.commercial_trend import commercial_trend
from accounts.commerce.periods import Horizon, site_day
from accounts.commerce.won_deals import won_by_account
from accounts.commerce.year_comparison import Comparison, in_words
from accounts.models.account import Account, raise_revisions
from accounts.models.contracts import Contract
from accounts.models.opportunities import Opportunity
from accounts.models.people import User
from accounts.models.receivables import Receivable
from accounts.models.revenue import Revenue
from accounts.models.rights import of_readable
from accounts.models.rows import MoneyRow
from kam.lib.site import forget_site

AT_ONCE = 500

# From accounts and the horizon to figures by the account's id; `lacking` lists currencies.
Figures = Callable[[list[int], Horizon], dict[int, dict[str, Any]]]
_from_above: list[Figures] = []


def adds_figures(function: Figures) -> Figures:
    """An app above says what it knows: its figures are written with the others, at once."""
    _from_above.append(function)
    return function


def amount() -> models.DecimalField[Any, Any]:
    return models.DecimalField(max_digits=20, decimal_places=2, null=True)


class StandingQuerySet(models.QuerySet["Standing"]):
    def visible_to(self, user: User) -> Self:
        return of_readable(self, user)

    def editable_by(self, user: User) -> Self:
        return self.none()

    def of_account(self, account: Account) -> Self:
        return self.filter(account=account)

    def of_accounts(self, accounts: Any) -> Self:
        return self.filter(account__in=accounts)


class Standing(models.Model):
    account = models.OneToOneField(
        Account, models.CASCADE, primary_key=True, related_name="standing"
    )
    # The installation's day these figures are of; NULL when they must be made anew.
    day = models.DateField(null=True)
    updated_at = models.DateTimeField(null=True)

    # Value now, in the account's currency, and what it is made of.
    gross_now = amount()
    rebates_now = amount()
    value_now = amount()
    value_before = amount()
    months_now = models.PositiveSmallIntegerField(default=0)
    months_before = models.PositiveSmallIntegerField(default=0)
    # The months that both years have, what they sum to, and the first month ever booked: at one
    # rate in the reporting currency, or in the account's own where a rate is missing.
    pairs = models.PositiveSmallIntegerField(default=0, db_default=0)
    paired_now = amount()
    paired_before = amount()
    first_month = models.DateField(null=True)
    growth = models.DecimalField(max_digits=24, decimal_places=4, null=True)
    # In the reporting currency: at stored rates, and both years at one rate.
    value_now_reporting = amount()
    now_constant = amount()
    before_constant = amount()
    # Currencies without a stored rate, such as "COP, PEN": why something above is not scored.
    lacking = models.CharField(max_length=200, blank=True)

    # The twelve months ahead.
    projected_contracts = amount()
    projected_renewals = amount()
    projected_opportunities = amount()
    projected_won = amount()
    projected = amount()
    potential = amount()

    won_count = models.PositiveIntegerField(default=0)
    won_sum = amount()
    lost_count = models.PositiveIntegerField(default=0)
    lost_sum = amount()
    open_count = models.PositiveIntegerField(default=0)
    open_sum = amount()
    open_weighted = amount()

    contracts = models.PositiveIntegerField(default=0)
    contract_end = models.DateField(null=True)
    notice_on = models.DateField(null=True)

    invoices = models.PositiveIntegerField(default=0)
    receivable_open = amount()
    receivable_overdue = amount()
    overdue_share = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    commercial_trend = models.DecimalField(max_digits=5, decimal_places=1, null=True)

    # Written from above.
    health = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    # The last of each month, the newest last and of that day; NULL where nobody looked.
    health_course = ArrayField(models.PositiveSmallIntegerField(null=True), default=list)
    health_course_on = models.DateField(null=True)
    # On how many of the weighted parts the health rests.
    health_parts = models.PositiveSmallIntegerField(default=0, db_default=0)
    health_of = models.PositiveSmallIntegerField(default=0, db_default=0)
    health_before = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    coverage = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    last_contact_at = models.DateTimeField(null=True)
    plan_state = models.CharField(max_length=12, blank=True)
    plan_touched_at = models.DateTimeField(null=True)
    next_review_at = models.DateTimeField(null=True)
    # Of which day and which revision of the account the above is: another one is due again.
    health_day = models.DateField(null=True)
    health_revision = models.PositiveBigIntegerField(null=True)

    objects = StandingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-value_now_reporting"], name="standing_by_value"),
            models.Index(fields=["day"], name="standing_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} on {self.day}"

    @property
    def compared(self) -> Comparison:
        """The last twelve months against the twelve before."""
        return _compared(
            {
                name: getattr(self, name)
                for name in ("paired_now", "paired_before", "pairs", "first_month", "lacking")
            }
        )

    @property
    def growth_words(self) -> str:
        """ "+12 % (11 of 12 months)", or nothing where it is not scored."""
        return in_words(self.growth, self.pairs)

    @property
    def possible(self) -> Decimal | None:
        """All that could be sold a year, what we sell included; in the account's currency."""
        if self.value_now is None or self.potential is None:
            return None
        return Decimal(self.value_now + self.potential)

    @property
    def possible_reporting(self) -> Decimal | None:
        """The same in the reporting currency, at the rate of the value now."""
        now, here, possible = self.value_now, self.value_now_reporting, self.possible
        return Decimal(here * possible / now) if possible and here is not None and now else None

    @property
    def sold_share(self) -> int | None:
        """Of all that could be sold a year, in percent; not scored as above."""
        possible = self.possible_reporting
        return round(100 * self.value_now_reporting / possible) if possible else None

    @property
    def health_rests_on(self) -> str:
        """ "3 of 6 parts", said wherever a health stands."""
        return parts_words(self.health_parts, self.health_of) if self.health is not None else ""

    @property
    def health_change(self) -> Decimal | None:
        """Points since a quarter ago."""
        if self.health is None or self.health_before is None:
            return None
        return Decimal(self.health - self.health_before)

    @property
    def course(self) -> list[int]:
        """The months of the health that were scored, for a line."""
        return [value for value in self.health_course if value is not None]


def refresh(account_ids: Iterable[int], *, at: datetime) -> None:
    """Compute the money figures of these accounts anew: a few grouped queries and one write."""
    Standing.objects.bulk_create(
        money_figures(list(account_ids), at),
        AT_ONCE,
        update_conflicts=True,
        unique_fields=["account"],
        update_fields=WRITTEN,
    )


def money_figures(ids: list[int], at: datetime) -> list[Standing]:
    """Not stored: the figures as of that moment, also of one long past."""
    horizon = Horizon(site_day(at))
    parts = [
        _by_account(Revenue.objects.of_accounts(ids).value_by_account(horizon), _revenue),
        _by_account(
            Contract.objects.of_accounts(ids).projected_by_account(horizon.ahead, horizon.day),
            _contracts,
        ),
        _by_account(
            Opportunity.objects.of_accounts(ids).counted_by_account(horizon), _opportunities
        ),
        won_by_account(ids, horizon),
        _by_account(Receivable.objects.of_accounts(ids).owed_by_account(horizon.day), _receivables),
        *(known(ids, horizon) for known in _from_above),
    ]
    blank = {field.name: field.get_default() for field in Standing._meta.concrete_fields}
    rows = []
    for pk in ids:
        found = [part.get(pk, {}) for part in parts]
        figures: dict[str, Any] = {name: blank[name] for name in WRITTEN}
        figures |= {"day": horizon.day, "updated_at": at}
        for part in found:
            figures |= {name: value for name, value in part.items() if name != "lacking"}
        figures["lacking"] = _lacking(part.get("lacking", []) for part in found)
        rows.append(Standing(account_id=pk, **_derived(figures)))
    return rows


def refresh_due(*, at: datetime) -> int:
    """All whose figures are of another day, in bites; says how many. Harmless to repeat."""
    made, day = 0, site_day(at)
    while True:
        with transaction.atomic():
            due = Account.objects.filter(
                Q(standing=None) | Q(standing__day=None) | ~Q(standing__day=day)
            )
            ids = list(due.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
            list(
                Account.objects.select_for_update()
                .filter(pk__in=ids)
                .order_by("pk")
                .values_list("pk")
            )
            refresh(ids, at=at)
            raise_revisions(ids)
        made += len(ids)
        if len(ids) < AT_ONCE:
            return made


def forget(currency: str) -> None:
    """A rate was corrected: whoever counts in that currency is due again."""
    concerned = Q(account__currency=currency)
    for model in MoneyRow.__subclasses__():
        rows: Any = model._default_manager
        ids = rows.filter(currency=currency).values("account_id")
        concerned |= Q(account__in=ids)
    Standing.objects.filter(concerned).update(day=None)


def forget_all() -> None:
    """The installation counts otherwise from now on: everybody is due again."""
    forget_site()
    Standing.objects.update(day=None)


def _by_account(rows: Any, shape: Any) -> dict[int, dict[str, Any]]:
    return {row.pop("account_id"): shape(row) for row in rows}


def _revenue(row: dict[str, Any]) -> dict[str, Any]:
    """Where a rate is missing the figure is not scored: half a sum would be a wrong one."""
    no_factor = row["no_factor_now"] or row["no_factor_before"]
    if row.pop("no_factor_now"):
        row |= {"gross_now": None, "rebates_now": None, "value_now": None}
    if row.pop("no_factor_before"):
        row["value_before"] = None
    if row.pop("no_rate_now"):
        row["value_now_reporting"] = None
    own = row.pop("paired_now_own"), row.pop("paired_before_own")
    paired = row.pop("paired_now_constant"), row.pop("paired_before_constant")
    if row.pop("no_rate"):
        row |= {"now_constant": None, "before_constant": None}
        # All rows are in the account's currency, or a rate is missing for the account too.
        paired = (None, None) if no_factor else own
    row |= {"paired_now": paired[0], "paired_before": paired[1]}
    return row


def _contracts(row: dict[str, Any]) -> dict[str, Any]:
    if row.pop("no_factor"):
        row |= {"projected_contracts": None, "projected_renewals": None}
    return row


def _opportunities(row: dict[str, Any]) -> dict[str, Any]:
    if row.pop("no_factor"):
        sums = ("won_sum", "lost_sum", "open_sum", "open_weighted", "projected_opportunities")
        row |= dict.fromkeys(sums)
    return row


def _receivables(row: dict[str, Any]) -> dict[str, Any]:
    owed, late = row["receivable_open"] or Decimal(0), row["receivable_overdue"] or Decimal(0)
    row |= {"receivable_open": owed, "receivable_overdue": late}
    row["overdue_share"] = late / owed if owed else Decimal(0)
    if row.pop("no_factor"):
        row |= dict.fromkeys(("receivable_open", "receivable_overdue", "overdue_share"))
    return row


def _derived(figures: dict[str, Any]) -> dict[str, Any]:
    growth = _compared(figures).growth
    parts = ("contracts", "renewals", "opportunities", "won")
    ahead = [figures[f"projected_{part}"] for part in parts]
    scored = [part for part in ahead if part is not None]
    unknown = (
        (figures["contracts"] and ahead[0] is None)
        or (figures["open_count"] and ahead[2] is None)
        or (figures.pop("won_waiting", 0) and ahead[3] is None)
    )
    return figures | {
        "growth": growth,
        "commercial_trend": commercial_trend(growth, figures["overdue_share"]),
        "projected": sum(scored, Decimal(0)) if scored and not unknown else None,
    }


def _compared(figures: Mapping[str, Any]) -> Comparison:
    return Comparison(
        figures["paired_now"],
        figures["paired_before"],
        figures["pairs"],
        figures["first_month"],
        figures["lacking"] if figures["pairs"] and figures["paired_now"] is None else "",
    )


def parts_words(scored: int, of: int) -> str:
    return gettext("%(scored)s of %(of)s parts") % {"scored": scored, "of": of}


def _lacking(lists: Iterable[list[str]]) -> str:
    return ", ".join(sorted({currency for found in lists for currency in found}))[:200]


ABOVE = {
    "health",
    "health_before",
    "health_parts",
    "health_of",
    "health_course",
    "health_course_on",
    "coverage",
    "last_contact_at",
    "plan_state",
    "plan_touched_at",
    "next_review_at",
}
WRITTEN = [
    field.name for field in Standing._meta.concrete_fields if field.name not in ABOVE | {"account"}
]
