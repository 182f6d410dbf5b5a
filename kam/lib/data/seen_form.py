"""A whole form that remembers what its editor saw, field by field.

It carries every value twice: as a field, and hidden as it was when the form was opened. Only what
the editor changed is written, and only where the row still holds what they saw: the model compares
under the lock of the row (kam.lib.data.seen.compare_and_set_all), so that two saves at once cannot pass.
What both changed is refused once (409), with both values; saving again decides.
"""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.utils import ErrorList
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kam.lib.text.dates import day_year


class SeenForm(forms.BaseForm):
    """Beside Form or ModelForm. Templates print `form.seen_fields`; views answer `form.status`."""

    # Also where no row is stored yet: somebody else may write the first one meanwhile.
    always_remembers = False
    # No fields of the form, and yet of its rules: what must be unique is so within the account.
    checked_with: tuple[str, ...] = ()
    instance: Any
    theirs: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.theirs = {}

    @property
    def status(self) -> int:
        """For `show`: 409 when somebody was faster, else what it says by itself."""
        return 409 if self.theirs else 0

    @property
    def changes(self) -> dict[str, Any]:
        """The fields of the record that the editor changed."""
        names = self._remembered()
        return {name: self.cleaned_data[name] for name in self.changed_data if name in names}

    @property
    def seen(self) -> dict[str, Any]:
        """What the editor had before them in the fields they changed."""
        return {name: self._seen(name) for name in self.changes}

    @property
    def seen_fields(self) -> SafeString:
        """The hidden half of the form."""
        rows = (
            (self.add_initial_prefix(name), value)
            for name in self._remembered() if self._carries(name) for value in self._hidden(name)
        )  # fmt: skip
        return format_html_join("\n", '<input type="hidden" name="{}" value="{}">', rows)

    def refuse(self, current: dict[str, Any], *, name: str) -> None:
        """Somebody was faster: both values stand at the field, and saving again keeps mine."""
        self.theirs = current
        for field, value in current.items():
            says = {"name": name, "value": self._words(field, value)}
            words = _("%(name)s changed this to “%(value)s” meanwhile. Save again to keep yours.")
            self.errors.setdefault(field, ErrorList()).append(words % says)

    def full_clean(self) -> None:
        for name in self._remembered():
            self.fields[name].show_hidden_initial = self._carries(name)
        super().full_clean()

    def _remembered(self) -> list[str]:
        """The fields that a stored row has; in a form without a model, all."""
        record = getattr(self, "instance", None)
        if record is None:
            return list(self.fields)
        if record.pk is None and not self.always_remembers:
            return []
        return self.columns

    @property
    def columns(self) -> list[str]:
        """The fields of the form that the record has."""
        names = {field.name for field in self.instance._meta.get_fields()}
        return [name for name in self.fields if name in names]

    def _carries(self, name: str) -> bool:
        """Every page does; a request without the hidden half compares with what is stored now."""
        return (
            self.always_remembers or not self.is_bound or self.add_initial_prefix(name) in self.data
        )

    def _seen(self, name: str) -> Any:
        field = self.fields[name]
        if not self._carries(name):
            return self.get_initial_for_field(field, name)
        widget, key = field.hidden_widget(), self.add_initial_prefix(name)
        said = widget.value_from_datadict(self.data, self.files, key)
        if isinstance(field, forms.ModelChoiceField):
            return int(said) if said and said.isdecimal() else None
        try:
            return field.clean(said) if said else field.to_python(said)
        except ValidationError:
            return said

    def _hidden(self, name: str) -> list[str]:
        field, key = self.fields[name], self.add_initial_prefix(name)
        if name in self.theirs:
            theirs = self.theirs[name]
            value = field.prepare_value(getattr(theirs, "pk", theirs))
        elif self.is_bound:
            value = field.hidden_widget().value_from_datadict(self.data, self.files, key)
        else:
            value = field.prepare_value(self.get_initial_for_field(field, name))
        values = value if isinstance(value, list) else [value]
        return ["" if one is None else str(one) for one in values]

    def _words(self, name: str, value: Any) -> str:
        """A stored value as the form says it."""
        if value in (None, "", []):
            return _("nothing")
        if isinstance(value, Model):
            return str(value)
        if isinstance(value, date):
            return day_year(value)
        labels = {str(key): str(label) for key, label in getattr(self.fields[name], "choices", [])}
        values = value if isinstance(value, list) else [value]
        return ", ".join(labels.get(str(one), str(one)) for one in values)

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # Django's stubs leave it out
        return excluded.difference(self.checked_with)
