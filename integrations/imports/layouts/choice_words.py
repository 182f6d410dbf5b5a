"""Choices as our own lists write them, in every language."""

from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from integrations.imports.kinds.known_records import bare
from integrations.imports.kinds.row_keeper import LeaveOut


def choice_of(choices: Any, text: str) -> str | None:
    """The value whose name or label this is, whatever its case and accents."""
    return _words(choices).get(bare(text))


def chosen(choices: Any, text: str, field: str) -> str:
    """The value, empty where nothing is written; LeaveOut where it is none of them."""
    if not text.strip():
        return ""
    found = choice_of(choices, text)
    if found is None:
        reason = _("This is none of: %(words)s.") % {"words": words_for(choices)}
        raise LeaveOut("bad_choice", reason, field, text)
    return found


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
