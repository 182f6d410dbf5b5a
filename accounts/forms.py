"""Forms about people and accounts."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.people import REGIONS


class LookForm(forms.Form):
    theme = forms.ChoiceField(choices=[(t, t) for t in ("auto", "light", "dark")], required=False)
    density = forms.ChoiceField(
        choices=[(d, d) for d in ("compact", "comfortable")], required=False
    )


class SettingsForm(forms.ModelForm[User]):
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=[])

    class Meta:
        model = User
        fields = ["language", "region", "time_zone", "theme", "density"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = sorted(z for z in available_timezones() if "/" in z and not z.startswith("Etc"))
        choices = [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in zones)]
        self.fields["time_zone"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        language, region = data.get("language"), data.get("region")
        if language and region and region not in REGIONS[language]:
            data["region"] = REGIONS[language][0]
        return data

    def _post_clean(self) -> None:
        # The instance is the signed-in person: only the model's action may change it.
        pass
