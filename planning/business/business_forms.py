"""Forms about the client's business, our position there, and risks."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from kam.lib.data.seen_form import SeenForm
from kam.lib.text.currencies import check_currency
from kam.lib.web.fields import PlainText
from planning.models import ClientGoal, FinancialYear, Initiative, Risk, Standpoint, SwotItem
from planning.models.business import PROFILE_LENGTH
from planning.models.items import Item
from planning.plan.plan_forms import DateInput, lines, team_of


class ProfileForm(forms.Form):
    """One of the four texts, with what its editor saw."""

    seen = PlainText(required=False, strip=False, max_length=2 * PROFILE_LENGTH)
    value = PlainText(label=_("Text"), required=False, max_length=PROFILE_LENGTH)


class ItemForm(SeenForm, forms.ModelForm[Any]):
    """A row of a list of the account. `layout` says which fields stand side by side."""

    checked_with = ("account", "removed_at")
    layout: ClassVar[list[tuple[str, ...]]] = []

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = self.instance.account = account
        self.dress()

    def dress(self) -> None:
        """What depends on the account."""
        if "currency" in self.fields and self.instance.pk is None:
            self.initial.setdefault("currency", self.account.currency)

    @property
    def rows(self) -> Iterator[list[forms.BoundField]]:
        return ([self[name] for name in names] for names in self.layout)

    def clean_currency(self) -> str:
        code = str(self.cleaned_data["currency"]).upper()
        if code:
            check_currency(code)
        return code


class ClientGoalForm(ItemForm):
    title = PlainText(label=_("Goal"), max_length=200)
    voice = PlainText(
        label=_("Who says so"), max_length=120, required=False, help_text=_("Name and role")
    )
    source = PlainText(
        label=_("Where"), max_length=120, required=False, help_text=_("Annual report, town hall …")
    )
    unit = PlainText(label=_("Unit"), max_length=20, required=False)

    layout = [
        ("title",),
        ("voice", "source"),
        ("unit", "due"),
        ("baseline", "current", "target"),
    ]

    class Meta:
        model = ClientGoal
        fields = ["title", "voice", "source", "unit", "due", "baseline", "current", "target"]
        widgets = {"due": DateInput()}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        target = data.get("target")
        if target is not None and target == data.get("baseline"):
            self.add_error("target", _("The target equals the start. Write where it should end."))
        return data


class InitiativeForm(ItemForm):
    title = PlainText(label=_("Initiative"), max_length=200)
    sponsor = PlainText(label=_("Sponsor there"), max_length=120, required=False)
    our_part = PlainText(label=_("Our part"), max_length=200, required=False)

    layout = [
        ("title",),
        ("sponsor", "our_part"),
        ("budget", "currency"),
        ("starts", "ends"),
        ("is_joint",),
    ]

    class Meta:
        model = Initiative
        fields = [
            "title",
            "sponsor",
            "our_part",
            "budget",
            "currency",
            "starts",
            "ends",
            "is_joint",
        ]
        widgets = {"starts": DateInput(), "ends": DateInput()}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("It ends before it begins. Choose a later day."))
        return data


class YearForm(ItemForm):
    source = PlainText(label=_("Source"), max_length=120, required=False)

    layout = [
        ("year", "rating"),
        ("revenue", "currency"),
        ("growth", "margin"),
        ("net_debt", "solvency"),
        ("source",),
        ("is_expected",),
    ]

    class Meta:
        model = FinancialYear
        fields = [
            "year", "rating", "revenue", "currency", "growth", "margin", "net_debt", "solvency",
            "source", "is_expected",
        ]  # fmt: skip
        help_texts = {
            "revenue": _("In full, not in thousands"),
            "growth": _("Empty: computed from the year before"),
        }


class SwotForm(ItemForm):
    text = PlainText(label=_("Point"), max_length=200)
    evidence = PlainText(
        label=_("Evidence"), max_length=200, required=False, help_text=_("Who said it, or where")
    )

    layout = [("text",), ("quadrant", "impact"), ("evidence", "source_date")]

    class Meta:
        model = SwotItem
        fields = ["text", "quadrant", "impact", "evidence", "source_date"]
        widgets = {"source_date": DateInput()}


class StandpointForm(ItemForm):
    text = PlainText(label=_("Point"), max_length=200)
    note = PlainText(label=_("Note"), max_length=300, required=False)

    layout = [("text",), ("side", "weight"), ("note",)]

    class Meta:
        model = Standpoint
        fields = ["text", "side", "weight", "note"]


class RiskForm(ItemForm):
    title = PlainText(label=_("Risk"), max_length=200)
    mitigation = PlainText(label=_("What we do about it"), max_length=300, required=False)

    layout = [
        ("title",),
        ("severity", "likelihood"),
        ("owner", "due"),
        ("mitigation",),
        ("amount",),
    ]

    class Meta:
        model = Risk
        fields = ["title", "severity", "likelihood", "owner", "due", "mitigation", "amount"]
        widgets = {"due": DateInput()}

    def dress(self) -> None:
        super().dress()
        owner = team_of(self.account)
        owner.required, owner.empty_label = False, _("Nobody yet")
        self.fields["owner"] = owner


class CloseRiskForm(forms.Form):
    outcome = lines(_("How it ended"), 300, required=True, rows=2)


FORMS: dict[type[Item], type[ItemForm]] = {
    ClientGoal: ClientGoalForm,
    Initiative: InitiativeForm,
    FinancialYear: YearForm,
    SwotItem: SwotForm,
    Standpoint: StandpointForm,
    Risk: RiskForm,
}
