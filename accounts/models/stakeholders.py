"""People of the client who matter to our plans."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, ExpressionWrapper, F, Q, Value, When
from django.db.models.functions import Coalesce, Greatest, Now, TruncDate
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account, changing
from accounts.models.names import BY_SURNAME, Named, with_parts
from accounts.models.people import User
from accounts.models.rights import EDIT, of_readable
from kam.lib.data import history
from kam.lib.data.folding import folded_columns, matching
from kam.lib.data.seen import compare_and_set_all
from kam.lib.web.addresses import address_of


class DecisionRole(models.TextChoices):
    DECIDES = "decides", _("Decides")
    BUDGET = "budget", _("Holds the budget")
    APPROVES = "approves", _("Approves")
    SHAPES = "shapes", _("Shapes")
    EVALUATES = "evaluates", _("Evaluates")
    GATEKEEPER = "gatekeeper", _("Gatekeeper")
    USES = "uses", _("Uses")


class Influence(models.TextChoices):
    LOW = "low", pgettext_lazy("influence", "Low")
    MEDIUM = "medium", pgettext_lazy("influence", "Medium")
    HIGH = "high", pgettext_lazy("influence", "High")


WEIGHTS = {Influence.LOW: 1, Influence.MEDIUM: 2, Influence.HIGH: 4}
# Days between two contacts where nobody agreed on another rhythm.
RHYTHMS = {Influence.HIGH: 30, Influence.MEDIUM: 45, Influence.LOW: 60}


def _by_influence(values: dict[Any, int]) -> Case:
    cases = [When(influence=str(name), then=Value(value)) for name, value in values.items()]
    return Case(*cases, output_field=models.IntegerField())


class StakeholderQuerySet(models.QuerySet["Stakeholder"]):
    def visible_to(self, user: User) -> Self:
        return of_readable(self, user)

    def editable_by(self, user: User) -> Self:
        return of_readable(self, user, EDIT)

    def of_account(self, account: Account | int) -> Self:
        return self.filter(account=account)

    def of_accounts(self, accounts: Any) -> Self:
        return self.filter(account__in=accounts)

    def present(self) -> Self:
        """Still at the client."""
        return self.filter(left_at=None)

    def gone(self) -> Self:
        return self.exclude(left_at=None)

    def named(self) -> Self:
        return self.filter(is_gap=False)

    def chosen(self, keys: Sequence[int]) -> Self:
        return self.filter(pk__in=keys)

    def by_name(self) -> Self:
        """By family name, as a list of people is looked through."""
        return self.order_by(BY_SURNAME, "pk")

    def by_power(self) -> Self:
        return self.order_by(_by_influence(WEIGHTS).desc(), "fold", "pk")

    def lately_met(self) -> Self:
        """Whom we meet often is found first."""
        return self.order_by(F("last_contact_at").desc(nulls_last=True), "fold", "pk")

    def for_page(self) -> Self:
        return self.select_related("account", "owner", "reports_to")

    def find(self, words: str) -> Self:
        """Every word somewhere in name, title or department."""
        return matching(self, words)

    def going_cold(self, user: User, at: datetime) -> Self:
        """Met once, and past the rhythm of contact; days by the reader's calendar."""
        rhythm = Coalesce(F("cadence"), _by_influence(RHYTHMS))
        last = TruncDate(Greatest("last_contact_at", "owed_since"), tzinfo=user.zone)
        due = ExpressionWrapper(last + rhythm, output_field=models.DateField())
        return (
            self.present()
            .named()
            .exclude(last_contact_at=None)
            .annotate(contact_due=due)
            .filter(contact_due__lte=user.today(at))
        )


@history.tracked(exclude=["fold", "last_contact_at", "last_two_way_at", "owed_since"])
class Stakeholder(Named):
    account = models.ForeignKey(Account, models.CASCADE, related_name="stakeholders")
    name = models.CharField(_("Name"), max_length=200)
    title = models.CharField(_("Title"), max_length=200, blank=True)
    department = models.CharField(_("Department"), max_length=120, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    phone = models.CharField(_("Phone"), max_length=40, blank=True)
    roles = ArrayField(
        models.CharField(max_length=10, choices=DecisionRole.choices),
        verbose_name=_("Decision role"),
        default=list,
        blank=True,
    )
    influence = models.CharField(
        _("Influence"), max_length=6, choices=Influence.choices, default=Influence.MEDIUM
    )
    reports_to = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("Reports to"),
    )
    owner = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Held by"),
    )
    cadence = models.PositiveSmallIntegerField(_("Contact every"), null=True, blank=True)
    # Contacts are owed from this moment on: when the person, or another cadence, was entered.
    owed_since = models.DateTimeField(default=now, db_default=Now())
    is_gap = models.BooleanField(_("We do not know yet who it is"), default=False)
    left_at = models.DateTimeField(null=True, blank=True)
    # Kept by every logged interaction, so that no list has to ask the timeline.
    last_contact_at = models.DateTimeField(null=True, blank=True)
    last_two_way_at = models.DateTimeField(null=True, blank=True)
    fold = models.GeneratedField(
        expression=folded_columns("name", "family_names", "title", "department"),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = StakeholderQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["account", "last_contact_at"],
                name="stakeholder_present",
                condition=Q(left_at=None),
            )
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="stakeholder_has_name"),
            models.CheckConstraint(
                condition=Q(influence__in=Influence.values), name="stakeholder_influence_known"
            ),
            models.CheckConstraint(
                condition=Q(roles__contained_by=DecisionRole.values), name="stakeholder_roles_known"
            ),
            models.CheckConstraint(
                condition=~Q(reports_to=models.F("id")), name="stakeholder_not_own_boss"
            ),
            models.CheckConstraint(
                condition=Q(cadence=None) | Q(cadence__range=(1, 730)),
                name="stakeholder_cadence_sane",
            ),
            models.CheckConstraint(
                condition=Q(last_two_way_at=None) | Q(last_contact_at__gte=F("last_two_way_at")),
                name="stakeholder_two_way_is_contact",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("stakeholder", self.pk)

    @property
    def map_url(self) -> str:
        """The map with this person chosen."""
        page = reverse("accounts:stakeholders", args=[self.account_id])
        return f"{page}?view=map&person={self.pk}"

    @property
    def weight(self) -> int:
        return WEIGHTS[Influence(self.influence)]

    @property
    def rhythm(self) -> int:
        """Days between two contacts: the agreed ones, else those of the influence."""
        return self.cadence or self.usual_rhythm

    @property
    def usual_rhythm(self) -> int:
        return RHYTHMS[Influence(self.influence)]

    @property
    def is_gone(self) -> bool:
        return self.left_at is not None

    def days_since(self, at: datetime, user: User) -> int | None:
        """Days since the last contact on the reader's calendar; None when never met."""
        if self.last_contact_at is None:
            return None
        return (user.today(at) - user.today(self.last_contact_at)).days

    @classmethod
    def add(cls, account: Account, *, by: User, **fields: Any) -> "Stakeholder":
        with changing(account.pk, "stakeholder.add", by=by.pk):
            person = cls(account=account)
            boss = fields.pop("reports_to", None)
            if boss:
                person.check_boss(boss)
            for name, value in with_parts(fields, None).items():
                setattr(person, name, value)
            person.reports_to = boss
            person.save()
            return person

    def change(self, *, by: User, seen: dict[str, Any] | None = None, **fields: Any) -> None:
        """Write these fields where they still hold what the editor saw; else StaleFields."""
        with changing(self.account_id, "stakeholder.change", by=by.pk):
            if boss := fields.get("reports_to"):
                self.check_boss(boss)
            if self._calls_for_other_contacts(fields):
                Stakeholder.objects.filter(pk=self.pk).update(owed_since=now())
            here = Stakeholder.objects.select_for_update(of=("self",)).get(pk=self.pk)
            values = with_parts(fields, here)
            # Nobody saw the parts that follow from what they wrote.
            if seen is not None:
                seen = {**here.name_parts, **seen}
            compare_and_set_all(Stakeholder.objects.all(), self, seen=seen, values=values)

    def _calls_for_other_contacts(self, fields: dict[str, Any]) -> bool:
        cadence = fields.get("cadence", self.cadence)
        influence = Influence(fields.get("influence", self.influence))
        return bool((cadence or RHYTHMS[influence]) != self.rhythm)

    def check_boss(self, boss: "Stakeholder") -> None:
        """Refuse oneself, another company's people and rings; the account stays locked meanwhile."""
        Account.objects.select_for_update(no_key=True).get(pk=self.account_id)
        if boss.account_id != self.account_id:
            raise ValidationError({"reports_to": _("Choose somebody of the same account.")})
        bosses = dict(
            Stakeholder.objects.of_account(self.account_id).values_list("pk", "reports_to")
        )
        step: int | None = boss.pk
        passed = set[int]()
        while step and step not in passed:
            if step == self.pk:
                raise ValidationError({"reports_to": _ring(self, boss)})
            passed.add(step)
            step = bosses.get(step)

    def leave(self, *, by: User, at: datetime) -> None:
        """They left the client: off the map and out of the figures; what we know stays."""
        with changing(self.account_id, "stakeholder.leave", by=by.pk):
            Stakeholder.objects.filter(pk=self.pk, left_at=None).update(left_at=at)
        self.refresh_from_db(fields=["left_at"])

    def come_back(self, *, by: User) -> None:
        with changing(self.account_id, "stakeholder.return", by=by.pk):
            Stakeholder.objects.filter(pk=self.pk).exclude(left_at=None).update(left_at=None)
        self.refresh_from_db(fields=["left_at"])


def _ring(person: Stakeholder, boss: Stakeholder) -> str:
    if person.pk == boss.pk:
        return gettext("Nobody reports to themselves. Choose somebody else.")
    return gettext(
        "%(boss)s reports to %(name)s already, directly or through others. Choose somebody above."
    ) % {
        "boss": boss.name,
        "name": person.name,
    }
