"""Forms of the money of an account. They check words, days and amounts."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import (
    Account,
    BusinessUnit,
    Contract,
    Opportunity,
    Product,
    Receivable,
    Revenue,
    User,
)
from accounts.models.rates import reporting_currency
from kam.lib.data.seen_form import SeenForm
from kam.lib.web.fields import PlainText
from kam.lib.web.widgets import AmountField, CurrencyField, DayField, MonthField, PercentField


class MoneyForm(SeenForm, forms.ModelForm[Any]):
    """A record of one account: its units to choose from, its currency to begin with."""

    checked_with = ("account",)
    currency = CurrencyField()

    def __init__(
        self, *args: Any, account: Account, initial: dict[str, Any] | None = None, **kwargs: Any
    ):
        super().__init__(*args, initial={"currency": account.currency, **(initial or {})}, **kwargs)
        if not self.instance.pk:
            self.instance.account = account
        else:
            self.initial["currency"] = self.instance.currency
        self.account = account
        if "unit" in self.fields:
            units = BusinessUnit.objects.choosable(account, besides=self.instance.unit_id)
            self.fields["unit"] = forms.ModelChoiceField(
                units, label=_("Business unit"), required=False, empty_label=_("whole account")
            )
        if "product" in self.fields:
            products = Product.objects.choosable(besides=self.instance.product_id).by_family()
            self.fields["product"] = forms.ModelChoiceField(
                products, label=_("Product"), required=False, empty_label=_("all products")
            )

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.columns}


class RevenueForm(MoneyForm):
    month = MonthField(label=_("Month"))
    revenue = AmountField(
        label=_("Revenue"), required=False, help_text=_("Empty while the month is only planned.")
    )
    rebates = AmountField(label=_("Discounts and rebates"), required=False, min_value=0)
    cost = AmountField(label=_("Direct cost"), required=False)
    budget = AmountField(label=_("Budget"), required=False)

    class Meta:
        model = Revenue
        fields = ["month", "unit", "product", "revenue", "rebates", "cost", "budget", "currency"]

    def clean_rebates(self) -> Any:
        return self.cleaned_data["rebates"] or 0

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        amounts = ("revenue", "cost", "budget")
        if not self.errors and all(data.get(name) is None for name in amounts):
            self.add_error("revenue", _("Write at least a revenue, a cost or a budget."))
        return data


class ContractForm(MoneyForm):
    title = PlainText(label=_("Contract"), max_length=160)
    value = AmountField(
        label=_("Value a year"), min_value=0, help_text=_("What twelve months of it bring.")
    )
    start = DayField(label=_("Start"))
    end = DayField(label=_("End"), required=False, help_text=_("Empty while it has no end."))
    notice = DayField(label=_("Notice until"), required=False)
    renewal = PercentField(
        label=_("Renewal probability"),
        help_text=_("How likely it goes on after its end, in percent."),
    )
    adjustment = PlainText(label=_("Price adjustment"), max_length=160, required=False)

    class Meta:
        model = Contract
        fields = [
            "title",
            "unit",
            "value",
            "currency",
            "start",
            "end",
            "notice",
            "renewal",
            "adjustment",
            "renews",
            "opportunity",
        ]

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, account=account, **kwargs)
        before = Contract.objects.of_account(account).renewable(besides=self.instance.pk)
        self.fields["renews"] = forms.ModelChoiceField(
            before, label=_("Renews"), required=False, empty_label=_("no earlier contract")
        )
        deals = Opportunity.objects.of_account(account).won().for_list()
        self.fields["opportunity"] = forms.ModelChoiceField(
            deals,
            label=_("Opportunity it signs"),
            required=False,
            empty_label=_("none"),
            help_text=_("Its value is then counted once, under the contract."),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        start, end, notice = data.get("start"), data.get("end"), data.get("notice")
        if start and end and end < start:
            self.add_error("end", _("It ends before it starts."))
        if end and notice and notice > end:
            self.add_error("notice", _("Notice is given before the end."))
        return data


class OpportunityForm(MoneyForm):
    title = PlainText(label=_("Opportunity"), max_length=160)
    value = AmountField(label=_("Value a year"), min_value=0)
    probability = PercentField(label=_("Probability"))
    expected = DayField(label=_("Expected close"))

    class Meta:
        model = Opportunity
        fields = [
            "title",
            "unit",
            "product",
            "value",
            "currency",
            "probability",
            "stage",
            "expected",
            "owner",
        ]

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, account=account, **kwargs)
        mine = self.instance.owner_id
        people = User.objects.filter(Q(memberships__account=account) | Q(pk=mine or 0))
        self.fields["owner"] = forms.ModelChoiceField(
            people.choosable(besides=mine).distinct().by_name(), label=_("Owner"), empty_label=None
        )


class ReceivableForm(MoneyForm):
    invoice = PlainText(label=_("Invoice"), max_length=60)
    amount = AmountField(label=_("Amount"), min_value=0)
    issued = DayField(label=_("Issued"))
    due = DayField(label=_("Due"))
    paid_at = DayField(label=_("Paid"), required=False)

    class Meta:
        model = Receivable
        fields = ["invoice", "amount", "currency", "issued", "due", "paid_at"]

    def clean_amount(self) -> Any:
        if not self.cleaned_data["amount"]:
            raise forms.ValidationError(_("An invoice is for more than nothing."))
        return self.cleaned_data["amount"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        issued = data.get("issued")
        for name in ("due", "paid_at"):
            if issued and data.get(name) and data[name] < issued:
                self.add_error(name, _("That is before it was issued."))
        return data


class CloseForm(forms.Form):
    """When it was decided, and why."""

    closed = DayField(label=_("Decided on"))
    reason = PlainText(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why it was decided so: the next offer learns from it.")},
    )

    def __init__(self, *args: Any, today: date, reason_needed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["closed"] = today
        self.today = today
        self.fields["reason"].required = reason_needed

    def clean_closed(self) -> date:
        day: date = self.cleaned_data["closed"]
        if day > self.today:
            raise forms.ValidationError(_("That day is still to come."))
        return day


class WinForm(CloseForm):
    """With the contract, where it is signed already; `contract_form` holds its fields."""

    signed = forms.BooleanField(
        label=_("It is signed: write the contract too"),
        required=False,
        initial=True,
        help_text=_("Without it the deal is projected from the day it was won."),
    )


class SignedForm(ContractForm):
    """The contract of a deal that is being won: it names the deal by itself."""

    class Meta(ContractForm.Meta):
        fields = [name for name in ContractForm.Meta.fields if name != "opportunity"]

    def __init__(self, *args: Any, deal: Opportunity, today: date, **kwargs: Any) -> None:
        given: dict[str, Any] = {"title": deal.title, "unit": deal.unit, "value": deal.value}
        given |= {"currency": deal.currency, "start": today, "renewal": 80}
        super().__init__(*args, account=deal.account, initial=given, prefix="contract", **kwargs)
        del self.fields["opportunity"]


class RateForm(forms.Form):
    currency = CurrencyField()
    month = MonthField(label=_("Month"))
    rate = forms.DecimalField(label=_("Rate"), max_digits=20, decimal_places=8)

    def clean_currency(self) -> str:
        code: str = self.cleaned_data["currency"]
        if code == reporting_currency():
            raise forms.ValidationError(_("This is the reporting currency: its rate is one."))
        return code

    def clean_rate(self) -> Any:
        if self.cleaned_data["rate"] <= 0:
            raise forms.ValidationError(_("A rate is more than zero."))
        return self.cleaned_data["rate"]
