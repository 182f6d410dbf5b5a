"""Forms of one decision on many accounts: what they all get, why, and which of them."""

from datetime import date
from typing import Any

from django import forms
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.directory.account_forms import SERVICE_CLASSES
from accounts.directory.bulk_change import MOST, values_seen
from accounts.models import Tier, User
from kam.lib.web.fields import PlainText
from kam.lib.web.widgets import DayField


class BulkForm(forms.Form):
    reason = PlainText(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One for all of them: it stands in the history of each account."),
        error_messages={"required": _("Say why: the history of each account keeps it.")},
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    @property
    def seen(self) -> dict[int, str]:
        """The ticked accounts, with what each of them was when the person looked."""
        return values_seen(self.data.getlist("account")) if self.is_bound else {}  # type: ignore[attr-defined]  # of a request

    @property
    def value_words(self) -> str:
        """What all of them get, for a sentence."""
        field = self["value"]
        value = self.cleaned_data["value"]
        choices: Any = getattr(field.field, "choices", ())
        words = value.name if isinstance(value, User) else dict(choices).get(value)
        return f"{field.label}: {words}"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.seen:
            self.add_error(None, _("Tick at least one account."))
        elif len(self.seen) > MOST:
            words = _(
                "At most %(most)s accounts change at once. Untick some, or narrow the filter."
            )
            self.add_error(None, words % {"most": MOST})
        return data


class BulkKamForm(BulkForm):
    field_order = ["value", "reason"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["value"] = forms.ModelChoiceField(
            User.objects.choosable().by_name(),
            label=_("KAM"),
            empty_label=_("Choose somebody"),
            error_messages={"required": _("Choose who is the KAM from now on.")},
        )
        self.order_fields(self.field_order)


class BulkTierForm(BulkForm):
    value = forms.ChoiceField(
        label=_("Tier"), choices=Tier.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose the tier that all of them get.")},
    )  # fmt: skip
    on = DayField(label=_("Since"))

    field_order = ["value", "reason", "on"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.initial["on"] = user.today(now())

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > self.user.today(now()):
            raise forms.ValidationError(
                _("That day is still to come. A tier holds from the day it is decided.")
            )
        return day


class BulkClassForm(BulkForm):
    value = forms.ChoiceField(
        label=_("Service class"), choices=SERVICE_CLASSES, widget=forms.RadioSelect, required=False
    )

    field_order = ["value", "reason"]
