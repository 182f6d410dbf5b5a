"""Forms about people of the client: who they are, where they stand, who knows them."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, Stakeholder, User
from accounts.models.assessments import Disposition
from accounts.models.stakeholders import DecisionRole, Influence
from accounts.models.ties import Level, Strength
from accounts.stakeholders.stakeholder_snapshot import ROLE_ICONS
from accounts.users.name_fields import FAMILY_NAMES, refuse_other_family
from kam.lib.data.seen_form import SeenForm
from kam.lib.web.fields import PlainText


def one_line(text: str) -> str:
    return " ".join(text.split())


def team_choice(account: Account, label: Any, empty: Any = None) -> "forms.ModelChoiceField[User]":
    """Somebody of the account's team."""
    people = User.objects.on_team_of(account).choosable().by_name()
    return forms.ModelChoiceField(
        people, label=label, required=empty is None, empty_label=empty, blank=empty is not None
    )


class PositionForm(SeenForm, forms.Form):
    """What the map shows: roles, influence, who holds the relationship, how often we talk."""

    always_remembers = True

    roles = forms.MultipleChoiceField(
        label=_("Decision role"),
        choices=DecisionRole.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    influence = forms.ChoiceField(
        label=_("Influence"), choices=Influence.choices, widget=forms.RadioSelect
    )
    cadence = forms.IntegerField(
        label=_("Contact every"), required=False, min_value=1, max_value=730
    )

    def __init__(
        self, *args: Any, account: Account, person: Stakeholder | None = None, **kwargs: Any
    ) -> None:
        if person:
            stored = {name: getattr(person, name) for name in self.base_fields}
            kwargs["initial"] = {**stored, "owner": person.owner, "reports_to": person.reports_to}
        super().__init__(*args, **kwargs)
        self.account, self.person = account, person
        self.fields["owner"] = team_choice(account, _("Held by"), _("Nobody"))

    @property
    def role_ticks(self) -> list[tuple[Any, str]]:
        """Every role with its sign."""
        return [(tick, ROLE_ICONS[tick.data["value"]]) for tick in self["roles"].subwidgets]


class StakeholderForm(PositionForm):
    name = PlainText(label=_("Name"), max_length=200)
    family_names = PlainText(**FAMILY_NAMES)
    is_gap = forms.BooleanField(label=_("We do not know yet who it is"), required=False)
    title = PlainText(label=_("Title"), max_length=200, required=False)
    department = PlainText(label=_("Department"), max_length=120, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = PlainText(label=_("Phone"), max_length=40, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Stakeholder.objects.of_account(self.account).present().by_name()
        if self.person:
            people = people.exclude(pk=self.person.pk)
        self.fields["reports_to"] = forms.ModelChoiceField(
            people, label=_("Reports to"), required=False, empty_label=_("Nobody we know")
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in ("name", "family_names", "title", "department", "phone"):
            if name in data:
                data[name] = one_line(data[name])
        refuse_other_family(self, data.get("name", ""))
        return data


class AssessmentForm(forms.Form):
    disposition = forms.TypedChoiceField(
        label=_("Disposition"), choices=Disposition.choices, coerce=int, widget=forms.RadioSelect
    )
    evidence = PlainText(
        label=_("Evidence"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What they said or did. Without it the opinion is kept as a guess."),
    )
    reason = PlainText(label=_("Why do you think so?"), max_length=300, required=False)
    is_guess = forms.BooleanField(label=_("Keep it as a guess"), required=False)
    made_on = forms.DateField(
        label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"made_on": today, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.today = today
        # The panel beside the map asks for no date: it is today.
        self.fields["made_on"].required = False

    def clean_made_on(self) -> date:
        day: date = self.cleaned_data["made_on"] or self.today
        if day > self.today:
            raise forms.ValidationError(_("That day is still to come. Choose today or earlier."))
        if day.year < 2000:
            raise forms.ValidationError(_("Choose a day since the year 2000."))
        return day


class TieForm(forms.Form):
    """Who moves whom: one of the two is the person of the page."""

    MOVES, MOVED = "moves", "moved"
    direction = forms.ChoiceField(
        label=_("Direction"),
        choices=[(MOVES, _("influences")), (MOVED, _("is influenced by"))],
        initial=MOVES,
    )
    strength = forms.TypedChoiceField(
        label=_("Strength"), choices=Strength.choices, coerce=int, initial=Strength.MEDIUM
    )

    def __init__(self, *args: Any, person: Stakeholder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Stakeholder.objects.of_account(person.account_id).present().exclude(pk=person.pk)
        self.fields["other"] = forms.ModelChoiceField(
            people.by_name(), label=_("Person"), empty_label=None
        )


class AcquaintanceForm(forms.Form):
    level = forms.TypedChoiceField(label=_("Now"), choices=Level.choices, coerce=int)
    wanted = forms.TypedChoiceField(label=_("Wanted"), choices=Level.choices, coerce=int)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"] = team_choice(account, _("Of ours"))
        self.order_fields(["user", "level", "wanted"])
