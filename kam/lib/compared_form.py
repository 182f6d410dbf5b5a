"""A whole form that remembers what its editor saw, field by field.

It carries every value twice: as a field, and hidden as it was when the form was opened. Only what
the editor changed is written, and only where the row still holds what they saw: the model compares
under the lock of the row (kam.lib.seen.compare_and_set_all), so that two saves at once cannot pass.
"""

from typing import Any, Generic, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.utils import ErrorList
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

M = TypeVar("M", bound=Model)


class ComparedForm(forms.ModelForm[M], Generic[M]):
    # Also where no row is stored yet: somebody else may write the first one meanwhile.
    always_remembers = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.theirs: dict[str, Any] = {}

    def remember(self) -> None:
        """Call it when all fields stand: a record that is being changed carries what was seen."""
        if self.instance.pk is None and not self.always_remembers:
            return
        for name, field in self.fields.items():
            field.show_hidden_initial = not self.is_bound or f"initial-{name}" in self.data

    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.changed_data}

    def seen(self) -> dict[str, Any]:
        """What the editor had before them in the fields they changed."""
        return {name: self._seen(name) for name in self.changed_data}

    def _seen(self, name: str) -> Any:
        field = self.fields[name]
        if not field.show_hidden_initial:
            return self.get_initial_for_field(field, name)
        words = self.data.get(self.add_initial_prefix(name))
        if isinstance(field, forms.ModelChoiceField):
            return int(words) if words and words.isdecimal() else None
        try:
            return field.clean(words) if words else field.to_python(words)
        except ValidationError:
            return words

    def refuse(self, current: dict[str, Any], *, name: str) -> None:
        """Somebody was faster: both values stand at the field, and saving again keeps mine."""
        self.theirs = current
        for field, value in current.items():
            says = {"name": name, "value": shown(value)}
            words = _("%(name)s changed this to “%(value)s” meanwhile. Save again to keep yours.")
            self.errors.setdefault(field, ErrorList()).append(words % says)

    @property
    def seen_inputs(self) -> SafeString:
        """The hidden half of the form."""
        names = [name for name, field in self.fields.items() if field.show_hidden_initial]
        return format_html_join(
            "\n",
            '<input type="hidden" name="{}" value="{}">',
            ((self.add_initial_prefix(name), self._hidden(name)) for name in names),
        )

    def _hidden(self, name: str) -> str:
        field = self.fields[name]
        if name in self.theirs:
            value = field.prepare_value(getattr(self.theirs[name], "pk", self.theirs[name]))
        elif self.is_bound:
            return str(self.data.get(self.add_initial_prefix(name), ""))
        else:
            value = field.prepare_value(self.get_initial_for_field(field, name))
        return "" if value is None else str(value)


def shown(value: Any) -> str:
    return _("nothing") if value in (None, "") else str(value)
