"""A whole form without a ModelForm behind it: the values its editor saw go to the database itself.

Beside seen_form.SeenForm, which compares in Python: here one UPDATE compares all fields at once,
lists too, and the form is drawn again only when the model raised Stale.
"""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.safestring import SafeString, mark_safe


class SeenValuesForm(forms.Form):
    """Only fields the editor changed are written, and only over the value they saw.

    The page carries `form.seen_fields`; `changes` and `seen` go to the model's action, and when
    that is Stale, `after_conflict` gives the form once more: theirs as seen, mine in the fields.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = True

    @property
    def seen_fields(self) -> SafeString:
        """Hidden inputs with the values at hand; Django's own, hence safe."""
        hidden = (self[name].as_hidden(only_initial=True) for name in self.fields)
        return mark_safe("".join(hidden))  # noqa: S308

    @property
    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.changed_data}

    @property
    def seen(self) -> dict[str, Any]:
        return {name: self._seen(name) for name in self.changed_data}

    def _seen(self, name: str) -> Any:
        field, bound = self.fields[name], self[name]
        raw = self._widget_data_value(field.hidden_widget(), bound.html_initial_name)  # type: ignore[attr-defined]
        try:
            return field.to_python(raw)
        except forms.ValidationError:
            return None

    def after_conflict(self, stored: dict[str, Any]) -> QueryDict:
        """The data of this form with the stored values as what was seen."""
        data = cast(QueryDict, self.data).copy()
        for name, value in stored.items():
            key = self[name].html_initial_name
            values = value if isinstance(value, list) else ["" if value is None else value]
            data.setlist(key, [str(one) for one in values])
        return data
