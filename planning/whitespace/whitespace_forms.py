"""Forms of white space: which place, and what it is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, BusinessUnit, Product
from kam.lib.data.seen_form import SeenForm
from kam.lib.web.fields import PlainText
from kam.lib.web.model_action_form import ModelActionForm
from kam.lib.web.widgets import AmountField, CurrencyField
from planning.models import Cell
from planning.models.whitespace import CellState


class PlaceForm(forms.Form):
    """The unit and the product that an address names."""

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = forms.ModelChoiceField(
            BusinessUnit.objects.of_account(account), label=_("Business unit"), empty_label=None
        )
        self.fields["product"] = forms.ModelChoiceField(
            Product.objects.by_family(), label=_("Product"), empty_label=None
        )


class CellForm(SeenForm, ModelActionForm[Cell]):
    always_remembers = True

    potential = AmountField(label=_("Potential a year"), min_value=0, required=False)
    currency = CurrencyField()
    competitor = PlainText(label=_("Competitor"), max_length=120, required=False)
    note = PlainText(label=_("Note"), max_length=200, required=False)

    class Meta:
        model = Cell
        fields = ["state", "potential", "currency", "competitor", "note"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("state") == CellState.COMPETITOR and not data.get("competitor"):
            self.add_error("competitor", _("Who holds it? Write the competitor's name."))
        return data
