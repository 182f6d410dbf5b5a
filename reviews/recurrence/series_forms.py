"""The editor of a series: plain choices or typed words, and the sentence that they make."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Account, User
from kam.lib.text import dates
from kam.lib.text.reader import language_locale
from kam.lib.text.zone_names import zone_label
from kam.lib.web.fields import PlainText
from kam.lib.web.model_action_form import ModelActionForm
from planning.plan.plan_forms import DateInput, team_of
from reviews.models import Review, Series
from reviews.models.series import USUAL_REMINDERS, Kind
from reviews.recurrence.recurrence import moment, occurrences
from reviews.recurrence.recurrence_parser import NotUnderstood, ParsedRule, understand
from reviews.recurrence.recurrence_text import in_words, sentence
from reviews.recurrence.rescheduling import Wish
from reviews.recurrence.rule_parts import CHOICES, DAYS, NUMBER, OWN, WORKDAY, Parts, rule_of
from reviews.review.review_forms import ClockInput, check_day

LENGTHS = (15, 30, 45, 60, 90, 120, 180)
NEXT = 5
RHYTHM_FIELDS = [
    "since",
    "repeats",
    "words",
    "nth",
    "on",
    "day",
    "clock",
    "time_zone",
    "until",
    "length",
]
NEAR = timedelta(days=366)
FAR = timedelta(days=366 * 5)
NTH = [
    ("", _("as on the first day")),
    ("1", pgettext_lazy("day of the month", "first")),
    ("2", pgettext_lazy("day of the month", "second")),
    ("3", pgettext_lazy("day of the month", "third")),
    ("4", pgettext_lazy("day of the month", "fourth")),
    ("-1", pgettext_lazy("day of the month", "last")),
]


@dataclass(frozen=True)
class Rhythm:
    """When a series meets, from what is chosen so far."""

    rule: str
    starts: datetime
    zone: ZoneInfo
    length: int
    until: date | None
    is_doubtful: bool

    def says(self) -> str:
        return sentence(self.rule, self.starts, self.zone.key, self.length, self.until)

    def locals(self, within: timedelta = FAR) -> list[datetime]:
        last = self.starts.date() + within
        last = min(last, self.until) if self.until else last
        return occurrences(self.rule, self.starts, self.zone, self.starts.date(), last)

    def next_times(self) -> list[datetime]:
        """The first few times, as moments."""
        return [moment(start, self.zone) for start in self.locals()[:NEXT]]


class SeriesForm(ModelActionForm[Series]):
    repeats = forms.ChoiceField(
        label=_("Repeats"), choices=list(CHOICES.items()), widget=forms.RadioSelect
    )
    words = PlainText(
        label=_("How often, in your words"),
        required=False,
        max_length=120,
        help_text=_("Such as “every second Tuesday at 10:00” or “last working day of the month”."),
    )
    nth = forms.ChoiceField(label=_("On the"), choices=NTH, required=False)
    on = forms.ChoiceField(label=_("Weekday"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    day = forms.DateField(label=_("From"), widget=DateInput(), validators=[check_day])
    clock = forms.TimeField(label=_("Starts"), widget=ClockInput())
    time_zone = forms.ChoiceField(label=_("Clock of"), choices=[])
    until = forms.DateField(
        label=_("Until"), required=False, widget=DateInput(), validators=[check_day]
    )
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
        fields = ["kind", "time_zone", "length", "owner", "agenda", "until"]

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["owner"] = team_of(account)
        fields["attendees"].queryset = User.objects.on_team_of(account).choosable().by_name()
        fields["time_zone"].choices = [(z, zone_label(z)) for z in _zones()]
        fields["on"].choices = _days()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data["day"] = self.first_day(data)
        if not all(data.get(name) for name in ("day", "clock", "time_zone", "repeats", "length")):
            return data
        try:
            rhythm = self._rhythm(data)
        except NotUnderstood as error:
            self.add_error("words", _not_understood(error))
            return data
        if rhythm is None:
            self.add_error("until", _("The series ends before it begins. Choose a later day."))
            return data
        data |= {"rule": rhythm.rule, "starts": rhythm.starts, "until": rhythm.until}
        self._refuse_the_past(rhythm)
        return data

    def _refuse_the_past(self, rhythm: Rhythm) -> None:
        if moment(rhythm.starts, rhythm.zone) <= now():
            name = "day" if "day" in self.fields else "clock"
            self.add_error(name, _("That time has passed. Choose a later one."))

    def first_day(self, data: dict[str, Any]) -> date | None:
        """The day from which on the rhythm is sought."""
        day: date | None = data.get("day")
        return day

    def fields_of_series(self) -> dict[str, Any]:
        names = "kind rule starts until time_zone length owner attendees agenda reminders"
        return {name: self.cleaned_data[name] for name in names.split()}

    def rhythm(self) -> Rhythm | None:
        """What is chosen so far; None while it makes no sense."""
        data: dict[str, Any] = {}
        try:
            for name in (n for n in RHYTHM_FIELDS if n in self.fields):
                data[name] = self.fields[name].clean(self[name].value())
            data["day"] = self.first_day(data)
            return self._rhythm(data) if data["day"] else None
        except (forms.ValidationError, NotUnderstood):
            return None

    def _rhythm(self, data: dict[str, Any]) -> Rhythm | None:
        """From the first time on or after the chosen day; None when there is none before the end."""
        spoken = _spoken(data)
        clock = spoken.clock or data["clock"]
        first = datetime.combine(data["day"], clock)
        until = spoken.until or data["until"]
        zone = ZoneInfo(data["time_zone"])
        # Every two weeks counts from the first time, not from the week of the chosen day.
        plain = re.sub(r";INTERVAL=\d+", "", spoken.rule)
        found = occurrences(plain, first, zone, first.date(), (first + FAR).date())
        if not found or (until and found[0].date() > until):
            return None
        return Rhythm(spoken.rule, found[0], zone, int(data["length"]), until, spoken.is_doubtful)


class SeriesChangeForm(SeriesForm):
    """The same from one of the coming times on; `seen` is the sequence that the editor saw."""

    since = forms.ChoiceField(label=_("Change"))
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, series: Series, coming: list[Review], **kwargs: Any) -> None:
        super().__init__(*args, account=series.account, **kwargs)
        self.series = series
        self.slots = {review.slot.date().isoformat(): review for review in coming}
        fields: dict[str, Any] = self.fields
        del fields["day"]
        fields["since"].choices = [(value, _from(r)) for value, r in self.slots.items()]

    @staticmethod
    def initial_of(series: Series, since: Review | None) -> dict[str, Any]:
        rule = series.rule_from(since.slot) if since else series.rule
        return {
            **Parts.of(rule).choices(),
            "words": in_words(rule, since.slot if since else series.starts),
            "kind": series.kind,
            "clock": series.starts.time(),
            "time_zone": series.time_zone,
            "until": series.until,
            "length": series.length,
            "owner": series.owner_id,
            "attendees": [invitee.user_id for invitee in series.invitees.all()],
            "reminders": [reminder.days for reminder in series.reminders.all()],
            "agenda": series.agenda,
            "since": since.slot.date().isoformat() if since else "",
            "seen": series.sequence,
        }

    def first_day(self, data: dict[str, Any]) -> date | None:
        since = data.get("since") or ""
        return date.fromisoformat(since) if since in self.slots else None

    def wish(self) -> Wish:
        data = self.cleaned_data
        names = "kind rule starts until time_zone length owner agenda"
        return Wish(
            since=date.fromisoformat(data["since"]),
            fields={name: data[name] for name in names.split()},
            attendees=list(data["attendees"]),
            reminders=data["reminders"],
        )


def _from(review: Review) -> str:
    return str(_("From %(day)s on") % {"day": dates.day(review.slot)})


def _spoken(data: dict[str, Any]) -> ParsedRule:
    start = datetime.combine(data["day"], data["clock"])
    if data["repeats"] == OWN:
        return understand(data["words"], start)
    return ParsedRule(rule_of(data["repeats"], start, data["nth"], data["on"]))


def _not_understood(error: NotUnderstood) -> forms.ValidationError:
    if error.word:
        return forms.ValidationError(
            _("“%(word)s” was not understood. Write it like “every 2 weeks on Tuesday”."),
            params={"word": error.word},
        )
    return forms.ValidationError(
        _("That says no rhythm. Write it like “every 2 weeks on Tuesday”.")
    )


def _days() -> list[tuple[str, Any]]:
    names = language_locale().days["format"]["wide"]
    return [
        ("", _("as on the first day")),
        *((code, str(names[number])) for number, code in enumerate(DAYS)),
        (WORKDAY, _("working day")),
        (NUMBER, _("day of the month")),
    ]


def _zones() -> list[str]:
    return [
        "UTC",
        *sorted(z for z in available_timezones() if "/" in z and not z.startswith("Etc")),
    ]
