"""What a person wants by mail: one tick a kind, in the order of the page."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from kam.lib.outbox.registry import optional
from kam.lib.text import dates
from planning.models.approval import DECIDED, TO_APPROVE
from planning.models.report import ENDED
from reviews.models.notices import (
    ACTIONS,
    AGENDA,
    DIGEST,
    MISSED,
    REMINDER,
    MailChoices,
    Weekday,
)
from reviews.notices.reminders import MORNING

HOW_OFTEN: dict[str, StrOrPromise] = {
    REMINDER: _("some days ahead, as the series says"),
    AGENDA: _("at %(hour)s the day before"),
    MISSED: _("one mail, at %(hour)s of the next working day"),
    ACTIONS: _("one mail at %(hour)s, two working days ahead, on the day, and while late"),
    TO_APPROVE: _("at once"),
    DECIDED: _("at once"),
    ENDED: _("at once"),
    DIGEST: _("once a week"),
}


class MailForm(forms.Form):
    """One tick a kind of mail, and when the digest comes."""

    weekday = forms.TypedChoiceField(label=_("Day"), coerce=int, choices=Weekday.choices)
    hour = forms.TypedChoiceField(
        label=_("Hour"), coerce=int, choices=lambda: [(h, dates.time(time(h))) for h in range(24)]
    )

    def __init__(self, data: Any, *, choices: MailChoices) -> None:
        digest = choices.digest
        super().__init__(data, initial={"weekday": digest.weekday, "hour": digest.hour})
        for kind in HOW_OFTEN:
            self.fields[kind] = forms.BooleanField(
                label=optional[kind], required=False, initial=choices.wants(kind)
            )

    @property
    def rows(self) -> list[tuple[forms.BoundField, str]]:
        hour = dates.time(MORNING)
        return [(self[kind], str(words) % {"hour": hour}) for kind, words in HOW_OFTEN.items()]

    @property
    def chosen(self) -> dict[str, Any]:
        data = self.cleaned_data
        kinds = {kind: data[kind] for kind in HOW_OFTEN}
        return {"kinds": kinds, "weekday": data["weekday"], "hour": data["hour"]}
