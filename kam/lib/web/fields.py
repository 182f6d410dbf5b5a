"""Text as people type it, without what breaks HTML, XML, iCalendar and PDF."""

import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

ALLOWED_CONTROLS = {"\n", "\t"}


def refuse_control_characters(text: str) -> None:
    for position, character in enumerate(text, start=1):
        if unicodedata.category(character) == "Cc" and character not in ALLOWED_CONTROLS:
            raise ValidationError(
                _("Character %(position)d cannot be printed (%(code)s). Delete it and save again."),
                params={"position": position, "code": f"U+{ord(character):04X}"},
            )


class PlainText(forms.CharField):
    """A line or a paragraph: line ends as \\n, no control characters, length bounded."""

    default_validators = [refuse_control_characters]

    def to_python(self, value: object) -> str:
        text = str(value).replace("\r\n", "\n").replace("\r", "\n") if value else ""
        return str(super().to_python(text) or "")
