"""Forms whose words go to an action of the model."""

from typing import TypeVar

from django import forms
from django.db.models import Model

M = TypeVar("M", bound=Model)


class ModelActionForm(forms.ModelForm[M]):
    """Fields and labels come from the model; its instance is read, and only the action writes it.

    The rules of the model are the action's and the database's, in their own words.
    """

    def _post_clean(self) -> None:
        """Django would copy what was typed into the instance, and judge it there."""
