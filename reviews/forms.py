"""Forms of reviews. They check words, dates and numbers; rules of the business are the models'."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, User
from kam.lib.fields import PlainText
from planning.forms import DateInput, team_of
from planning.models import Action, Objective, Plan
from reviews.models import Series
from reviews.models.minutes import Attendance
from reviews.models.series import USUAL_REMINDERS, Kind
from reviews.recurrence import moment, occurrences
from reviews.wording import CHOICES, rule_of, sentence

LENGTHS = (15, 30, 45, 60, 90, 120, 180)
NEXT = 5


def check_day(day: date) -> None:
    """A day that calendars and clocks can work with."""
    if not 2000 <= day.year <= now().year + 10:
        raise forms.ValidationError(_("That day is too far away. Choose one within ten years."))


class ClockInput(forms.TimeInput):
    """The browser's own time field: it speaks HH:MM whatever the reader's region."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(attrs={"class": "in", "step": "300"}, format="%H:%M")


class WeekForm(forms.Form):
    """Which week the agenda shows; nonsense shows the one that runs."""

    week = forms.DateField(required=False)

    def day(self) -> date | None:
        day: date | None = self.cleaned_data.get("week") if self.is_valid() else None
        return day if day and 2000 < day.year < 2200 else None


class TextForm(forms.Form):
    """The agenda or the minutes, with the text their editor saw."""

    seen = PlainText(required=False, strip=False, max_length=20000)
    value = PlainText(label=_("Text"), required=False, max_length=20000)


class LineForm(forms.Form):
    text = PlainText(label=_("Decision"), max_length=300)


class SkipForm(forms.Form):
    reason = PlainText(label=_("Why it is skipped"), max_length=200)


class AttendanceForm(forms.Form):
    person = forms.ModelChoiceField(User.objects.none())
    state = forms.ChoiceField(choices=Attendance.State.choices)

    def __init__(self, *args: Any, review: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = User.objects.filter(attendances__review=review)  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    day = forms.DateField(label=_("Day"), widget=DateInput(), validators=[check_day])
    clock = forms.TimeField(label=_("Time"), widget=ClockInput())

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


class SeriesForm(forms.ModelForm[Series]):
    repeats = forms.ChoiceField(
        label=_("Repeats"), choices=list(CHOICES.items()), widget=forms.RadioSelect
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    day = forms.DateField(label=_("First day"), widget=DateInput(), validators=[check_day])
    clock = forms.TimeField(label=_("Starts"), widget=ClockInput())
    time_zone = forms.ChoiceField(label=_("Clock of"), choices=[])
    length = forms.TypedChoiceField(
        label=_("Lasts, in minutes"), coerce=int, choices=[(n, n) for n in LENGTHS]
    )
    attendees = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Who comes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reminders = forms.TypedMultipleChoiceField(
        label=_("Reminders, days before"),
        coerce=int,
        required=False,
        choices=[(n, str(n)) for n in (14, 7, 3, 1)],
        initial=list(USUAL_REMINDERS),
        widget=forms.CheckboxSelectMultiple,
    )
    agenda = PlainText(
        label=_("Agenda template"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One item a line; “8 min” at its end says how long."),
    )

    class Meta:
        model = Series
        fields = ["kind", "time_zone", "length", "owner", "agenda"]

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = team_of(account)
        self.fields["attendees"].queryset = User.objects.filter(  # type: ignore[attr-defined]
            memberships__account=account, is_active=True
        ).by_name()
        self.fields["time_zone"].choices = [(z, z.replace("_", " ")) for z in _zones()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if all(data.get(name) for name in ("day", "clock", "time_zone", "repeats")):
            data["starts"] = datetime.combine(data["day"], data["clock"])
            data["rule"] = rule_of(data["repeats"], data["starts"])
            if moment(data["starts"], ZoneInfo(data["time_zone"])) <= now():
                self.add_error("day", _("That time has passed. Choose a later one."))
        return data

    def _post_clean(self) -> None:
        # Only the action `Series.schedule` makes a series.
        pass

    def fields_of_series(self) -> dict[str, Any]:
        names = "kind rule starts time_zone length owner attendees agenda reminders"
        return {name: self.cleaned_data[name] for name in names.split()}

    def says(self) -> str:
        """The rule in plain words, from what is chosen so far; empty while it makes no sense."""
        starts = self._starts()
        if starts is None:
            return ""
        return sentence(self._rule(), starts, str(self._now("time_zone")), int(self._now("length")))

    def next_days(self) -> list[datetime]:
        """The first few times, as moments."""
        starts = self._starts()
        if starts is None:
            return []
        zone = ZoneInfo(str(self._now("time_zone")))
        found = occurrences(
            self._rule(),
            starts,
            zone,
            starts.date(),
            starts.date().replace(year=starts.year + 2, day=1),
        )
        return [moment(start, zone) for start in found[:NEXT]]

    def _rule(self) -> str:
        starts = self._starts()
        return rule_of(str(self._now("repeats")), starts) if starts else ""

    def _starts(self) -> datetime | None:
        try:
            day, clock = (self.fields[n].clean(self._now(n)) for n in ("day", "clock"))
            for name in ("repeats", "time_zone", "length"):
                self.fields[name].clean(self._now(name))
        except forms.ValidationError:
            return None
        return datetime.combine(day, clock)

    def _now(self, name: str) -> Any:
        return self[name].value()


def _zones() -> list[str]:
    return [
        "UTC",
        *sorted(z for z in available_timezones() if "/" in z and not z.startswith("Etc")),
    ]
