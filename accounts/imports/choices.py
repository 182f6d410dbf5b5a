"""Choices as our own lists write them, in every language."""

from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation

from accounts.imports.known import bare


def choice_of(choices: Any, text: str) -> str | None:
    """The value whose name or label this is, whatever its case and accents."""
    return _words(choices).get(bare(text))


def words_for(choices: Any) -> str:
    """What may be written, in the language at hand."""
    return ", ".join(str(label) for label in choices.labels)


@cache
def _words(choices: Any) -> dict[str, str]:
    found = {bare(value): str(value) for value in choices.values}
    for code, _language in settings.LANGUAGES:
        with translation.override(code):
            found |= {bare(str(choice.label)): str(choice.value) for choice in choices}
    return found
