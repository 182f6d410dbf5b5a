"""Strengths, weaknesses, opportunities, threats of the client; our own position; what could cost us."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User, changing
from kam.lib.data import history
from planning.models.items import Item, ItemQuerySet, Level


class Quadrant(models.TextChoices):
    STRENGTH = "strength", _("Strengths")
    WEAKNESS = "weakness", _("Weaknesses")
    OPPORTUNITY = "opportunity", _("Opportunities")
    THREAT = "threat", _("Threats")


@history.tracked()
class SwotItem(Item):
    """One point about the client, never about our relationship."""

    ITEM_TYPE = "swot"
    TEXT = "text"

    quadrant = models.CharField(_("Where"), max_length=11, choices=Quadrant.choices)
    text = models.CharField(_("Point"), max_length=200)
    impact = models.PositiveSmallIntegerField(
        _("Impact"), choices=Level.choices, default=Level.MEDIUM
    )
    evidence = models.CharField(_("Evidence"), max_length=200, blank=True)
    source_date = models.DateField(_("Date of the source"), null=True, blank=True)

    objects: ClassVar[Any] = ItemQuerySet["SwotItem"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["account", "position"], name="swot_in_account")]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="swot_has_text")]

    def __str__(self) -> str:
        return self.text

    def neighbours(self) -> ItemQuerySet[Any]:
        return super().neighbours().filter(quadrant=self.quadrant)


class SwotSide(models.TextChoices):
    STRENGTH = "strength", _("Our strengths")
    GAP = "gap", _("Our gaps")
    COMPETITOR = "competitor", _("Competitors")


@history.tracked()
class Standpoint(Item):
    """Our own position at the client: kept apart from what is true of the client."""

    ITEM_TYPE = "standpoint"
    TEXT = "text"

    side = models.CharField(_("Where"), max_length=10, choices=SwotSide.choices)
    text = models.CharField(_("Point"), max_length=200)
    note = models.CharField(_("Note"), max_length=300, blank=True)
    weight = models.PositiveSmallIntegerField(
        _("Weight"), choices=Level.choices, default=Level.MEDIUM
    )

    objects: ClassVar[Any] = ItemQuerySet["Standpoint"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["account", "position"], name="standpoint_in_account")]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="standpoint_has_text")]

    def __str__(self) -> str:
        return self.text

    @property
    def state(self) -> str:
        """A heavy competitor is a risk; one we merely know of is none."""
        return {Level.HIGH: "risk", Level.MEDIUM: "watch"}.get(Level(self.weight), "none")

    def neighbours(self) -> ItemQuerySet[Any]:
        return super().neighbours().filter(side=self.side)


class RiskQuerySet(ItemQuerySet["Risk"]):
    def open(self) -> "RiskQuerySet":
        return self.standing().filter(closed_at=None)

    def by_weight(self) -> "RiskQuerySet":
        """The gravest first, then the nearest date."""
        return self.annotate(grave=models.F("severity") * models.F("likelihood")).order_by(
            models.F("closed_at").desc(nulls_first=True), "-grave", "due", "pk"
        )

    def with_owner(self) -> "RiskQuerySet":
        return self.select_related("owner")

    def for_page(self) -> "RiskQuerySet":
        return self.select_related("account", "owner", "closed_by")


@history.tracked()
class Risk(Item):
    """What could cost us: open until somebody says how it ended."""

    ITEM_TYPE = "risk"
    TEXT = "title"

    title = models.CharField(_("Risk"), max_length=200)
    severity = models.PositiveSmallIntegerField(
        _("Severity"), choices=Level.choices, default=Level.MEDIUM
    )
    likelihood = models.PositiveSmallIntegerField(
        _("Likelihood"), choices=Level.choices, default=Level.MEDIUM
    )
    owner = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, verbose_name=_("Owner"), related_name="+"
    )
    mitigation = models.CharField(_("What we do about it"), max_length=300, blank=True)
    due = models.DateField(_("By"), null=True, blank=True)
    amount = models.DecimalField(
        _("Amount at stake"), max_digits=14, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    outcome = models.CharField(_("How it ended"), max_length=300, blank=True)

    objects: ClassVar[Any] = RiskQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["account", "due"], name="risk_open", condition=Q(closed_at=None))
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="risk_has_title"),
            models.CheckConstraint(
                condition=Q(severity__range=(1, 3), likelihood__range=(1, 3)), name="risk_levels"
            ),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0), name="risk_amount_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def state(self) -> str:
        """Severity times likelihood, 1 to 9: at risk from 6, attention from 3."""
        if not self.is_open:
            return "none"
        grave = self.severity * self.likelihood
        return "risk" if grave >= 6 else "watch" if grave >= 3 else "none"

    def is_late(self, day: date) -> bool:
        return self.is_open and self.due is not None and self.due < day

    def close(self, *, outcome: str, by: User, at: datetime) -> None:
        """Two people closing at once close it once: the first one's words stay."""
        with changing(self.account_id, "risk.close", by=by.pk):
            Risk.objects.filter(pk=self.pk, closed_at=None).update(
                closed_at=at, closed_by=by, outcome=outcome
            )
        self.refresh_from_db(fields=["closed_at", "closed_by", "outcome"])

    def reopen(self, *, by: User) -> None:
        with changing(self.account_id, "risk.reopen", by=by.pk):
            Risk.objects.filter(pk=self.pk).update(closed_at=None, closed_by=None)
        self.refresh_from_db(fields=["closed_at", "closed_by"])
