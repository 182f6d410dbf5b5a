"""Forms of the plan. They check words, dates and numbers; rules of the business are the models'."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, User
from kam.lib.fields import PlainText
from planning.models import Action, Objective


class DateInput(forms.DateInput):
    """The browser's own date field: it speaks ISO whatever the reader's region."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(attrs={"class": "in"}, format="%Y-%m-%d")


def team_of(account: Account) -> forms.ModelChoiceField[User]:
    """Choose somebody of the account's team."""
    people = User.objects.filter(memberships__account=account, is_active=True).by_name()
    return forms.ModelChoiceField(people, label=_("Owner"), empty_label=None)


class TitleForm(forms.Form):
    """One inline text with the value its editor saw."""

    seen = PlainText(required=False, strip=False, max_length=400)
    value = PlainText(label=_("Text"), max_length=200)

    def clean_value(self) -> str:
        return " ".join(self.cleaned_data["value"].split())


class ObjectiveForm(forms.ModelForm[Objective]):
    title = PlainText(label=_("Objective"), max_length=200)
    measure = PlainText(label=_("Measure"), max_length=80, required=False)
    unit = PlainText(label=_("Unit"), max_length=20, required=False)

    class Meta:
        model = Objective
        fields = [
            "title",
            "horizon",
            "owner",
            "due",
            "measure",
            "unit",
            "baseline",
            "current",
            "target",
        ]
        widgets = {"due": DateInput()}

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = team_of(account)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        target = data.get("target")
        if target is not None and target == data.get("baseline"):
            self.add_error("target", _("The target equals the start. Write where it should end."))
        return data


class ActionForm(forms.ModelForm[Action]):
    title = PlainText(label=_("Action"), max_length=200)
    note = PlainText(label=_("Note"), max_length=300, required=False)

    class Meta:
        model = Action
        fields = ["title", "owner", "due", "note", "waits_for"]
        widgets = {"due": DateInput()}

    def __init__(self, *args: Any, objective: Objective, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = team_of(objective.account)
        others = Action.objects.of_objective(objective).exclude(pk=self.instance.pk)
        self.fields["waits_for"] = forms.ModelChoiceField(
            others, label=_("Waits for"), required=False, empty_label=_("Nothing")
        )

    def clean_waits_for(self) -> Action | None:
        before: Action | None = self.cleaned_data["waits_for"]
        if before and self.instance.pk and before.waits_on(self.instance):
            raise forms.ValidationError(
                _("“%(title)s” waits for this action already. Choose another one.")
                % {"title": before.title}
            )
        return before
