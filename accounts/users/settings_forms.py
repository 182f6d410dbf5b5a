"""Forms about people and accounts."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.history.activity_feed import Filter
from accounts.history.history_registry import GROUPS
from accounts.models import Account, User
from accounts.models.people import REGIONS
from accounts.users.name_fields import FAMILY_NAMES, refuse_other_family
from kam.lib.text.reader import region_words
from kam.lib.text.zone_names import zone_label
from kam.lib.web.fields import PlainText, refuse_control_characters
from kam.lib.web.model_action_form import ModelActionForm


def time_zones() -> list[tuple[str, str]]:
    return [("UTC", "UTC"), *((zone, zone_label(zone)) for zone in _zones())]


@cache
def _zones() -> list[str]:
    return sorted(z for z in available_timezones() if "/" in z and not z.startswith("Etc"))


class OneLine(PlainText):
    """Typed in one line, kept without spaces at its ends or twice inside."""

    def to_python(self, value: object) -> str:
        text = super().to_python(value)
        refuse_control_characters(text)  # before some of them pass for spaces
        return " ".join(text.split())


class LookForm(forms.Form):
    theme = forms.ChoiceField(choices=[(t, t) for t in ("auto", "light", "dark")], required=False)
    density = forms.ChoiceField(
        choices=[(d, d) for d in ("compact", "comfortable")], required=False
    )


class SettingsForm(ModelActionForm[User]):
    """A person's own settings: one row of the page at a time, so only the fields it names."""

    name = OneLine(label=_("Name"), max_length=120)
    family_names = OneLine(**FAMILY_NAMES)
    title = OneLine(label=_("Title"), max_length=120, required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones)

    class Meta:
        model = User
        fields = [
            "name",
            "family_names",
            "title",
            "language",
            "region",
            "time_zone",
            "theme",
            "density",
        ]

    def __init__(self, *args: Any, only: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"] = forms.ChoiceField(
            label=_("Region"),
            choices=[(r, region_words(r)) for r in REGIONS[self.instance.language]],
        )
        for name in set(self.fields) - set(only or self.fields):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Another language brings its first region; a region of its own stays."""
        data = super().clean() or self.cleaned_data
        language = data.get("language")
        if language and self.instance.region not in REGIONS[language]:
            data["region"] = REGIONS[language][0]
        refuse_other_family(self, data.get("name", self.instance.name))
        return data


class HistoryForm(forms.Form):
    """Whose changes, and of what; what nobody offered narrows nothing."""

    who = forms.ChoiceField(label=_("Who"), required=False)
    what = forms.ChoiceField(label=_("What"), required=False)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.ever_on_team_of(account).by_name().values_list("pk", "name")
        everybody = [("", _("anyone")), *((str(pk), name) for pk, name in people)]
        self.fields["who"].choices = [*everybody, ("0", _("Clave itself"))]  # type: ignore[attr-defined]  # a choice field
        self.fields["what"].choices = [("", _("everything")), *GROUPS.items()]  # type: ignore[attr-defined]  # a choice field

    def wanted(self) -> Filter:
        self.full_clean()
        who = self.cleaned_data.get("who", "")
        return Filter(int(who) if who else None, self.cleaned_data.get("what", ""))

    def narrows(self) -> bool:
        return self.wanted() != Filter()
