"""What somebody wants printed, and what goes on the one page."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from planning.models.report import Form


class ReportForm(forms.Form):
    form = forms.ChoiceField(label=_("What"), choices=Form.choices, widget=forms.RadioSelect)
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    names = forms.BooleanField(
        label=_("Name the people who stand against us"),
        help_text=_(
            "Without it, blockers and sceptics are left out: no name and no opinion of them is in "
            "the file. Think of who will read it."
        ),
        required=False,
    )


class LinesForm(forms.Form):
    """Ticks for the one page, in groups; `room` is how many fit."""

    def __init__(
        self, data: Mapping[str, Any] | None, *, choices: Sequence[Any], room: int, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.room = room
        self.fields["lines"] = forms.MultipleChoiceField(
            label=_("Lines"),
            choices=choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def clean_lines(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["lines"]
        if (over := len(chosen) - self.room) > 0:
            raise forms.ValidationError(
                ngettext(
                    "%(room)s lines fit besides the first one. Take %(n)s out.",
                    "%(room)s lines fit besides the first one. Take %(n)s out.",
                    over,
                )
                % {"room": self.room, "n": over}
            )
        return chosen
