"""Forms of the account itself: entering it, editing it, its tier, its group and units."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, BusinessUnit, Product, Tier, User
from kam.lib.data.seen_form import SeenForm
from kam.lib.text.reader import language_locale
from kam.lib.web.fields import PlainText
from kam.lib.web.widgets import AmountField, CurrencyField, DayField

SERVICE_CLASSES = [("", _("no class")), ("A", "A"), ("B", "B"), ("C", "C")]


def countries() -> list[tuple[str, str]]:
    """ISO codes with their names in the reader's language."""
    names = language_locale().territories
    known = [
        (code, name)
        for code, name in names.items()
        if len(code) == 2 and code.isalpha() and code not in ("ZZ", "EU", "EZ", "UN", "XA", "XB")
    ]
    return [("", "–"), *sorted(known, key=lambda pair: pair[1])]


MOST_EMPLOYEES = 10_000_000
# What every CRM knows of a company besides its name, town and industry.
FACTS = (
    "website", "phone", "tax_number", "street", "postal_code", "state", "employees", "turnover",
)  # fmt: skip


class AccountForm(SeenForm, forms.ModelForm[Account]):
    """What is said of an account. A name that exists is asked about once, not forbidden."""

    name = PlainText(label=_("Name"), max_length=200)
    industry = PlainText(label=_("Industry"), max_length=120, required=False)
    city = PlainText(label=_("City"), max_length=120, required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    region = PlainText(
        label=_("Market"), max_length=80, required=False,
        help_text=_("How you group clients, such as Andes or DACH."),
    )  # fmt: skip
    service_class = forms.ChoiceField(
        label=_("Service class"), choices=SERVICE_CLASSES, required=False
    )
    currency = CurrencyField(help_text=_("Its own figures are in this currency."))
    website = PlainText(label=_("Website"), max_length=200, required=False)
    phone = PlainText(label=_("Phone"), max_length=40, required=False)
    tax_number = PlainText(label=_("Tax number"), max_length=40, required=False)
    street = PlainText(label=_("Street"), max_length=200, required=False)
    postal_code = PlainText(label=_("Postal code"), max_length=20, required=False)
    state = PlainText(label=_("State or province"), max_length=120, required=False)
    employees = forms.IntegerField(
        label=_("Employees"), min_value=0, max_value=MOST_EMPLOYEES, required=False
    )
    turnover = AmountField(
        label=_("Yearly turnover"), max_digits=20, min_value=0, required=False,
        help_text=_("In the currency of the account."),
    )  # fmt: skip
    same_name = forms.BooleanField(label=_("It is another company: keep both"), required=False)

    class Meta:
        model = Account
        fields = [
            "name",
            "industry",
            "city",
            "country",
            "region",
            "service_class",
            "currency",
            "parent",
            "website",
            "phone",
            "tax_number",
            "street",
            "postal_code",
            "state",
            "employees",
            "turnover",
        ]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.twins: list[Account] = []
        self.fields["country"].choices = countries()  # type: ignore[attr-defined]  # a choice field
        self._offer_parents()

    @property
    def has_facts(self) -> bool:
        """Something of what is folded is known already, or wrong."""
        return any(self[name].errors or self[name].value() for name in FACTS)

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if name := data.get("name"):
            same = (
                Account.objects.visible_to(self.user).named_like(name).exclude(pk=self.instance.pk)
            )
            self.twins = list(same.by_name()[:3]) if name != self.initial.get("name") else []
        if self.twins and not data.get("same_name"):
            self.add_error("name", _("You see an account of this name already. Tick below that this is another company."))  # fmt: skip
        return data

    @property
    def facts(self) -> dict[str, Any]:
        return {
            name: self.cleaned_data[name] for name in self._meta.fields or [] if name in self.fields
        }

    def _offer_parents(self) -> None:
        """Only companies the person sees; one they do not see stays as it is, unnamed."""
        seen = Account.objects.visible_to(self.user).exclude(pk=self.instance.pk)
        hidden = self.instance.parent_id and not seen.filter(pk=self.instance.parent_id).exists()
        if hidden:
            del self.fields["parent"]
            return
        self.fields["parent"] = forms.ModelChoiceField(
            seen.active().by_name(),
            label=_("Belongs to"),
            required=False,
            empty_label=_("no group"),
        )


class AccountAddForm(AccountForm):
    tier = forms.ChoiceField(label=_("Tier"), choices=Tier.choices, initial=Tier.CANDIDATE)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        people = User.objects.visible_to(user).by_name()
        if not user.is_admin:
            # Whoever enters an account must see it afterwards: the KAM is one of theirs.
            people = people.filter(pk__in=[user.pk, *user.below.values_list("report", flat=True)])
        self.fields["kam"] = forms.ModelChoiceField(
            people, label=_("KAM"), required=not user.is_admin, empty_label=_("nobody yet")
        )

    @property
    def facts(self) -> dict[str, Any]:
        return {**super().facts, "tier": self.cleaned_data["tier"]}


class TierForm(forms.Form):
    tier = forms.ChoiceField(label=_("New tier"), choices=Tier.choices, widget=forms.RadioSelect)
    reason = PlainText(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What decided it, so that nobody has to ask in a year."),
        error_messages={
            "required": _("Say why the tier changes: team and history read it.")
        },
    )  # fmt: skip
    on = DayField(label=_("Since"))

    def __init__(self, *args: Any, account: Account, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["on"] = today
        self.today = today
        others = [choice for choice in Tier.choices if choice[0] != account.tier]
        self.fields["tier"].choices = others  # type: ignore[attr-defined]  # a choice field

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError(
                _("That day is still to come. A tier holds from the day it is decided.")
            )
        return day


class UnitForm(SeenForm, forms.ModelForm[BusinessUnit]):
    checked_with = ("account",)

    name = PlainText(label=_("Name"), max_length=160)

    class Meta:
        model = BusinessUnit
        fields = ["name", "kind", "parent", "closed"]

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.account = account
        others = BusinessUnit.objects.choosable(account, besides=self.instance.parent_id)
        self.fields["parent"] = forms.ModelChoiceField(
            others.exclude(pk=self.instance.pk),
            label=_("Part of"),
            required=False,
            empty_label=_("the company itself"),
        )
        if not self.instance.pk:
            del self.fields["closed"]

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class ProductForm(SeenForm, forms.ModelForm[Product]):
    name = PlainText(label=_("Name"), max_length=120)
    family = PlainText(label=_("Family"), max_length=80, required=False)

    class Meta:
        model = Product
        fields = ["name", "family", "active"]
