"""Forms about people and accounts."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.people import REGIONS


@cache
def time_zones() -> list[tuple[str, str]]:
    zones = sorted(z for z in available_timezones() if "/" in z and not z.startswith("Etc"))
    return [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in zones)]


class LookForm(forms.Form):
    theme = forms.ChoiceField(choices=[(t, t) for t in ("auto", "light", "dark")], required=False)
    density = forms.ChoiceField(
        choices=[(d, d) for d in ("compact", "comfortable")], required=False
    )


class SettingsForm(forms.ModelForm[User]):
    class Meta:
        model = User
        fields = ["language", "region", "time_zone", "theme", "density"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "time_zone" in self.fields:
            self.fields["time_zone"] = forms.ChoiceField(label=_("Time zone"), choices=time_zones())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        language, region = data.get("language"), data.get("region")
        if language and region and region not in REGIONS[language]:
            data["region"] = REGIONS[language][0]
        return data

    def _post_clean(self) -> None:
        # The instance is the signed-in person: only the model's action may change it.
        pass
