"""The client's business in the client's words: profile, goals, what they run, money by year."""

from decimal import Decimal
from typing import Any, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Account, User, changing
from accounts.models.rights import EDIT, of_readable
from kam.lib.data import history
from kam.lib.data.seen import compare_and_set
from planning.models.items import Item, ItemQuerySet
from planning.objectives.progress import objective_progress

PROFILE_LENGTH = 4000
PROFILE_TEXTS = ("earns", "market", "products", "structure")


class ProfileQuerySet(models.QuerySet["Profile"]):
    def visible_to(self, user: User) -> Self:
        return of_readable(self, user)

    def editable_by(self, user: User) -> Self:
        return of_readable(self, user, EDIT)

    def of(self, account: Account) -> "Profile":
        """The profile of the account, empty while nobody has written any."""
        return self.filter(account=account).first() or Profile(account=account)


@history.tracked()
class Profile(models.Model):
    """Who the client is: four short texts."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="+")
    earns = models.TextField(_("How it makes money"), max_length=PROFILE_LENGTH, blank=True)
    market = models.TextField(_("Market position"), max_length=PROFILE_LENGTH, blank=True)
    products = models.TextField(_("Products"), max_length=PROFILE_LENGTH, blank=True)
    structure = models.TextField(_("Structure"), max_length=PROFILE_LENGTH, blank=True)

    objects = ProfileQuerySet.as_manager()

    def __str__(self) -> str:
        return f"profile of {self.account_id}"

    @classmethod
    def write(cls, account: Account, field: str, *, seen: str, text: str, by: User) -> "Profile":
        """One of the four texts; Stale when somebody else wrote it meanwhile."""
        with changing(account.pk, f"profile.{field}", by=by.pk):
            profile, _made = cls.objects.get_or_create(account=account)
            compare_and_set(cls.objects.all(), profile, field, seen=seen, value=text)
        return profile


@history.tracked()
class ClientGoal(Item):
    """What the client wants, with its own measure, and who said so."""

    ITEM_TYPE = "goal"
    TEXT = "title"

    title = models.CharField(_("Goal"), max_length=200)
    voice = models.CharField(_("Who says so"), max_length=120, blank=True)
    source = models.CharField(_("Where"), max_length=120, blank=True)
    due = models.DateField(_("By"), null=True, blank=True)
    unit = models.CharField(_("Unit"), max_length=20, blank=True)
    baseline = models.DecimalField(
        pgettext_lazy("measure", "From"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    current = models.DecimalField(
        pgettext_lazy("measure", "Now"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    target = models.DecimalField(
        _("Target"), max_digits=14, decimal_places=2, null=True, blank=True
    )

    ours = 0  # objectives of ours that serve it, where they were counted

    objects: ClassVar[Any] = ItemQuerySet["ClientGoal"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["account", "position"], name="goal_in_account")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="goal_has_title"),
            models.CheckConstraint(
                condition=Q(target=None) | Q(baseline=None) | ~Q(target=F("baseline")),
                name="goal_target_moves",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def progress(self) -> Decimal | None:
        """Share of their way; None where they gave no measure."""
        if self.target is None or self.current is None:
            return None
        if self.target == (self.baseline or 0):
            return None
        return objective_progress(self.baseline or Decimal(0), self.target, self.current)

    @property
    def meter(self) -> str:
        return f"{self.progress or 0:.3f}"


@history.tracked()
class Initiative(Item):
    """What the client runs to get there; `joint` where we do it together."""

    ITEM_TYPE = "initiative"
    TEXT = "title"

    title = models.CharField(_("Initiative"), max_length=200)
    sponsor = models.CharField(_("Sponsor there"), max_length=120, blank=True)
    budget = models.DecimalField(
        _("Budget"), max_digits=14, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    currency = models.CharField(_("Currency"), max_length=3, default="EUR")
    starts = models.DateField(_("Runs from"), null=True, blank=True)
    ends = models.DateField(_("until"), null=True, blank=True)
    our_part = models.CharField(_("Our part"), max_length=200, blank=True)
    is_joint = models.BooleanField(_("A joint project of theirs and ours"), default=False)

    objects: ClassVar[Any] = ItemQuerySet["Initiative"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["account", "position"], name="initiative_in_account")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="initiative_has_title"),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(starts=None) | Q(ends__gte=F("starts")),
                name="initiative_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(budget=None) | Q(budget__gte=0), name="initiative_budget_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Rating(models.TextChoices):
    SOLID = "solid", pgettext_lazy("rating", "Solid")
    WATCH = "watch", pgettext_lazy("rating", "Watch")
    WEAK = "weak", pgettext_lazy("rating", "Weak")


RATING_STATES = {Rating.SOLID: "good", Rating.WATCH: "watch", Rating.WEAK: "risk"}


@history.tracked()
class FinancialYear(Item):
    """One year of the client's figures, with our rating of it."""

    ITEM_TYPE = "year"
    TEXT = "source"
    ORDER = ("-year", "pk")

    year = models.PositiveSmallIntegerField(
        _("Year"), validators=[MinValueValidator(1900), MaxValueValidator(2200)]
    )
    is_expected = models.BooleanField(_("Expected, not closed yet"), default=False)
    currency = models.CharField(_("Currency"), max_length=3, default="EUR")
    revenue = models.DecimalField(
        _("Revenue"), max_digits=16, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    growth = models.DecimalField(
        _("Growth, %"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    margin = models.DecimalField(
        _("Operating margin, %"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    net_debt = models.DecimalField(
        _("Net debt in years of profit"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    solvency = models.DecimalField(
        _("Equity, %"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    rating = models.CharField(_("Our rating"), max_length=5, choices=Rating.choices, blank=True)
    source = models.CharField(_("Source"), max_length=120, blank=True)

    objects: ClassVar[Any] = ItemQuerySet["FinancialYear"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "year"],
                name="financial_year_once",
                condition=Q(removed_at=None),
                violation_error_message=_("This year is in the table already. Change it there."),
            ),
            models.CheckConstraint(
                condition=Q(revenue=None) | Q(revenue__gte=0), name="financial_revenue_positive"
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)

    @property
    def state(self) -> str:
        return RATING_STATES.get(Rating(self.rating), "none") if self.rating else "none"

    def growth_after(self, before: "FinancialYear | None") -> Decimal | None:
        """As they reported it; else from the revenue of the year before, in the same currency."""
        if self.growth is not None:
            return self.growth
        if before is None or before.year != self.year - 1 or before.currency != self.currency:
            return None
        if not before.revenue or self.revenue is None:
            return None
        return ((self.revenue - before.revenue) / before.revenue * 100).quantize(Decimal("0.1"))
