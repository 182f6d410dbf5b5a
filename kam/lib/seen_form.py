"""Whole forms edited by two at once: each field travels with the value its editor saw.

What the editor left alone is not written, so it cannot undo somebody else's work. What both
changed is refused once (409), with both values; saving again decides.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True)
class Clash:
    label: str
    theirs: Any
    mine: Any


class SeenForm(forms.BaseForm):
    """Beside ModelForm. Templates print `form.seen_fields`; views answer 409 when `form.clashes`."""

    instance: Any
    clashes: list[Clash]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clashes = []

    @property
    def seen_fields(self) -> SafeString:
        if not self.instance.pk:
            return mark_safe("")
        seen = [self[name].as_hidden(only_initial=True) for name in self._seen_names()]
        return mark_safe("".join(seen))  # noqa: S308 (rendered by widgets)

    @property
    def changes(self) -> dict[str, Any]:
        """The fields of the record that the editor changed."""
        return {
            name: self.cleaned_data[name]
            for name in self._seen_names()
            if name in self.changed_data
        }

    def _seen_names(self) -> list[str]:
        columns = {field.name for field in self.instance._meta.get_fields()}
        return [name for name in self.fields if name in columns]

    def full_clean(self) -> None:
        if self.is_bound and self.instance.pk:
            for name in self._seen_names():
                self.fields[name].show_hidden_initial = self.add_initial_prefix(name) in self.data
        super().full_clean()

    def _clean_form(self) -> None:
        super()._clean_form()  # type: ignore[misc]
        if self.instance.pk:
            for name in self._seen_names():
                if name in self.cleaned_data and self.fields[name].show_hidden_initial:
                    self._compare(name)

    def _compare(self, name: str) -> None:
        field, mine = self.fields[name], self.cleaned_data[name]
        said = self.data.get(self.add_initial_prefix(name))
        theirs = getattr(self.instance, name)
        if not field.has_changed(field.to_python(said), self[name].data):
            return
        if theirs == mine or not field.has_changed(theirs, said):
            return
        self.clashes.append(Clash(str(field.label), theirs, mine))
        # The next save has seen theirs, and decides.
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_initial_prefix(name)] = "" if theirs is None else field.prepare_value(theirs)
        self.data = data

    def _get_validation_exclusions(self) -> set[str]:
        """The account is no field, yet what is unique within it is checked."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - {"account"}

    def is_valid(self) -> bool:
        return super().is_valid() and not self.clashes
