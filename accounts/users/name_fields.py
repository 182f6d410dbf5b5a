"""The family names of a person on a form: beside the whole name, and words that stand in it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kam.lib.text.names import stands_in

FAMILY_NAMES: dict[str, Any] = {
    "label": gettext_lazy("Family names"),
    "max_length": 200,
    "required": False,
    "help_text": gettext_lazy(
        "Left empty, they are read from the name. Short forms use the first one."
    ),
}


def refuse_other_family(form: forms.BaseForm, name: str) -> None:
    """Only what somebody wrote here: an import may know more than the name shows."""
    family = str(form.cleaned_data.get("family_names", ""))
    if not name or "family_names" not in form.changed_data or stands_in(name, family):
        return
    words = _("Write the family names as they stand in the name “%(name)s”, or leave this empty.")
    form.add_error("family_names", words % {"name": name})
