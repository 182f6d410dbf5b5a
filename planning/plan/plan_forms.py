"""Forms of the plan. They check words, dates and numbers; rules of the business are the models'."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, Stakeholder, User
from kam.lib.data.seen_form import SeenForm
from kam.lib.web.fields import PlainText
from kam.lib.web.model_action_form import ModelActionForm
from planning.models import Action, Approval, CheckIn, ClientGoal, Comment, Objective, Plan
from planning.models.actions import Ring
from planning.models.comments import LENGTH as COMMENT_LENGTH


class DateInput(forms.DateInput):
    """The browser's own date field: it speaks ISO whatever the reader's region."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(attrs={"class": "in"}, format="%Y-%m-%d")


def lines(label: Any, length: int, *, required: bool = False, rows: int = 3) -> PlainText:
    """A text of several lines."""
    area = forms.Textarea(attrs={"rows": rows})
    return PlainText(label=label, max_length=length, required=required, widget=area)


def team_of(account: Account) -> forms.ModelChoiceField[User]:
    """Choose somebody of the account's team."""
    people = User.objects.on_team_of(account).choosable().by_name()
    return forms.ModelChoiceField(people, label=_("Owner"), empty_label=None)


class TitleForm(forms.Form):
    """One inline text with the value its editor saw."""

    seen = PlainText(required=False, strip=False, max_length=400)
    value = PlainText(label=_("Text"), max_length=200)

    def clean_value(self) -> str:
        return " ".join(self.cleaned_data["value"].split())


class DueForm(forms.Form):
    """One inline date with the one its editor saw."""

    seen = forms.DateField()
    value = forms.DateField(label=_("Due"), widget=DateInput())


class OwnerForm(forms.Form):
    """One inline choice of a person with the one its editor saw."""

    seen = forms.IntegerField()

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = team_of(account)


def ends_after_start(form: forms.BaseForm, data: dict[str, Any]) -> dict[str, Any]:
    start, end = data.get("period_start"), data.get("period_end")
    if start and end and end <= start:
        form.add_error("period_end", _("The period ends before it begins. Choose a later day."))
    return data


class PlanForm(ModelActionForm[Plan]):
    class Meta:
        model = Plan
        fields = ["period_start", "period_end"]
        widgets = {"period_start": DateInput(), "period_end": DateInput()}

    def clean(self) -> dict[str, Any]:
        return ends_after_start(self, super().clean() or self.cleaned_data)


class PlanChangeForm(SeenForm, ModelActionForm[Plan]):
    """Period and budget of a plan that runs."""

    class Meta:
        model = Plan
        fields = ["period_start", "period_end", "budget"]
        widgets = {"period_start": DateInput(), "period_end": DateInput()}

    def clean(self) -> dict[str, Any]:
        return ends_after_start(self, super().clean() or self.cleaned_data)


class ObjectiveForm(SeenForm, forms.ModelForm[Objective]):
    title = PlainText(
        label=_("Objective"),
        max_length=200,
        error_messages={"required": _("Give the objective a title: what do we want to reach?")},
    )
    measure = PlainText(label=_("Measure"), max_length=80, required=False)
    unit = PlainText(label=_("Unit"), max_length=20, required=False)

    class Meta:
        model = Objective
        fields = [
            "title", "horizon", "priority", "owner", "start", "due", "measure", "unit", "baseline",
            "current", "target", "serves",
        ]  # fmt: skip
        widgets = {"start": DateInput(), "due": DateInput()}
        error_messages = {
            "baseline": {"required": _("Write the figure that the measure starts from.")},
            "current": {"required": _("Write the figure as it is now.")},
        }

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = team_of(account)
        self.fields["serves"] = forms.ModelChoiceField(
            ClientGoal.rows().of(account),
            label=_("Serves their goal"),
            required=False,
            empty_label=_("None of theirs"),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        target, start, due = data.get("target"), data.get("start"), data.get("due")
        if target is not None and target == data.get("baseline"):
            self.add_error("target", _("The target equals the start. Write where it should end."))
        if start and due and start > due:
            self.add_error("start", _("It starts after it is due. Choose an earlier day."))
        return data


class ActionForm(SeenForm, forms.ModelForm[Action]):
    title = PlainText(
        label=_("Action"),
        max_length=200,
        error_messages={"required": _("Give the action a title: who does what?")},
    )
    note = PlainText(label=_("Note"), max_length=300, required=False)

    class Meta:
        model = Action
        fields = ["title", "owner", "due", "note", "stakeholder", "waits_for"]
        widgets = {"due": DateInput()}

    def __init__(self, *args: Any, objective: Objective, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = team_of(objective.account)
        people = Stakeholder.objects.of_account(objective.account_id).present().by_name()
        self.fields["stakeholder"] = forms.ModelChoiceField(
            people, label=_("Stakeholder"), required=False, empty_label=_("Nobody in particular")
        )
        others = Action.objects.of_plan(objective.plan_id).exclude(pk=self.instance.pk)
        self.fields["waits_for"] = forms.ModelChoiceField(
            others, label=_("Waits for"), required=False, empty_label=_("Nothing")
        )

    def clean_waits_for(self) -> Action | None:
        before: Action | None = self.cleaned_data["waits_for"]
        if before and self.instance.pk and before.waits_on(self.instance):
            raise forms.ValidationError(Ring(before).messages)
        return before


class ResultForm(SeenForm, forms.ModelForm[Action]):
    """What came of an action that is done, and what we take from it."""

    result = PlainText(label=_("Result"), max_length=300, required=False)
    lesson = PlainText(label=_("Lesson"), max_length=300, required=False)

    class Meta:
        model = Action
        fields = ["result", "lesson"]


class DropForm(forms.Form):
    reason = PlainText(
        label=_("Why we drop it"),
        max_length=300,
        help_text=_("It stays in the history with this reason."),
        error_messages={"required": _("Say why it is dropped: the history keeps it.")},
    )


class CheckInForm(forms.ModelForm[CheckIn]):
    note = PlainText(label=_("Note"), max_length=300, required=False)

    class Meta:
        model = CheckIn
        fields = ["on", "value", "note"]
        widgets = {"on": DateInput()}

    def __init__(self, *args: Any, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError(_("That day is still to come. A check-in tells what was."))
        return day


class CommentForm(ModelActionForm[Comment]):
    text = lines(_("Comment"), COMMENT_LENGTH, required=True, rows=2)
    objective = forms.ModelChoiceField(Objective.objects.none(), required=False)
    action = forms.ModelChoiceField(Action.objects.none(), required=False)

    class Meta:
        model = Comment
        fields = ["text", "objective", "action"]

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (
            ("objective", Objective.objects.of_plan(plan)),
            ("action", Action.objects.of_plan(plan.pk)),
        ):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]  # a choice of records
            self.fields[name].widget = forms.HiddenInput()

    @property
    def about(self) -> Objective | Action | None:
        found: Objective | Action | None = (
            self.cleaned_data["action"] or self.cleaned_data["objective"]
        )
        return found


class AskForm(forms.Form):
    note = lines(_("Note to who approves"), 1000, rows=2)


class ApproveForm(forms.Form):
    """`seen` is the fingerprint of what the reader had read."""

    seen = PlainText(max_length=64, strip=False)


class SendBackForm(ModelActionForm[Approval]):
    comment = lines(_("What should change"), 2000, required=True)

    class Meta:
        model = Approval
        fields = ["comment"]


class VersionForm(forms.Form):
    note = PlainText(label=_("What it is for"), max_length=120, required=False)
