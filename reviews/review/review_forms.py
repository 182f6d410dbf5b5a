"""Forms of reviews. They check words, dates and numbers; rules of the business are the models'."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, User
from kam.lib.web.fields import PlainText
from planning.models import Action, Objective, Plan
from planning.plan.plan_forms import DateInput, team_of
from reviews.models.minutes import Attendance
from reviews.models.review import ReviewState
from reviews.recurrence.recurrence import moment


def check_day(day: date) -> None:
    """A day that calendars and clocks can work with."""
    if not 2000 <= day.year <= now().year + 10:
        raise forms.ValidationError(_("That day is too far away. Choose one within ten years."))


class ClockInput(forms.TimeInput):
    """The browser's own time field: it speaks HH:MM whatever the reader's region."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(attrs={"class": "in", "step": "300"}, format="%H:%M")


class CalendarForm(forms.Form):
    """Which week or month is shown, and whose; nonsense shows the one that runs, of everybody."""

    week = forms.DateField(required=False)
    month = forms.DateField(required=False, input_formats=["%Y-%m"])
    whose = forms.ChoiceField(choices=[("mine", "mine")], required=False)

    def day(self) -> date | None:
        self.is_valid()
        day: date | None = self.cleaned_data.get("week") or self.cleaned_data.get("month")
        return day if day and 2000 < day.year < 2200 else None

    @property
    def is_mine(self) -> bool:
        return self.is_valid() and self.cleaned_data["whose"] == "mine"


class ListForm(forms.Form):
    """The filters of the full list; nonsense narrows nothing."""

    state = forms.ChoiceField(choices=ReviewState.choices, required=False)
    account = forms.IntegerField(required=False, min_value=1, max_value=2**60)
    whose = forms.ChoiceField(choices=[("mine", "mine")], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("from", "to"):
            self.fields[name] = forms.DateField(required=False)

    def chosen(self) -> dict[str, Any]:
        """Only what makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class TextForm(forms.Form):
    """The agenda or the minutes, with the text their editor saw."""

    seen = PlainText(required=False, strip=False, max_length=20000)
    value = PlainText(label=_("Text"), required=False, max_length=20000)


class LineForm(forms.Form):
    text = PlainText(label=_("Decision"), max_length=300)


class SkipForm(forms.Form):
    reason = PlainText(
        label=_("Why it is skipped"),
        max_length=200,
        error_messages={"required": _("Say why it is skipped: everybody invited reads it.")},
    )


class AttendanceForm(forms.Form):
    person = forms.ModelChoiceField(User.objects.none())
    state = forms.ChoiceField(choices=Attendance.State.choices)

    def __init__(self, *args: Any, review: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = User.objects.filter(attendances__review=review)  # type: ignore[attr-defined]  # a choice of records


class MoveForm(forms.Form):
    day = forms.DateField(label=_("Day"), widget=DateInput(), validators=[check_day])
    clock = forms.TimeField(label=_("Time"), widget=ClockInput())
    reason = PlainText(label=_("Why it moves"), max_length=200, required=False)

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "day" in data and "clock" in data:
            data["starts"] = datetime.combine(data["day"], data["clock"])
            if moment(data["starts"], self.zone) <= now():
                self.add_error("day", _("That time has passed. Choose a later one."))
        return data


class ReviewActionForm(forms.ModelForm[Action]):
    title = PlainText(label=_("Action"), max_length=200)

    class Meta:
        model = Action
        fields = ["title", "owner", "due"]
        widgets = {"due": DateInput()}

    field_order = ["title", "objective", "owner", "due"]

    def __init__(self, *args: Any, account: Account, plan: Plan | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = team_of(account)
        objectives = Objective.objects.of_plan(plan) if plan else Objective.objects.none()
        self.fields["objective"] = forms.ModelChoiceField(
            objectives, label=_("For the objective"), empty_label=None
        )
        self.order_fields(self.field_order)
