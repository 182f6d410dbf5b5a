"""What twelve characters do not make safe: a well-known password in a coat of digits, or one key."""

import re
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

COAT = re.compile(r"^[\W\d_]+|[\W\d_]+$")
RUNS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")
PIECE = 4  # so many neighbours on the keyboard or in the alphabet are one thing to guess
FEWEST = 5


class NotEasyToGuess(CommonPasswordValidator):
    """No rules about kinds of characters; only what is tried first is refused."""

    def validate(self, password: str, user: Any = None) -> None:
        text = password.lower()
        if self._is_known(text) or self._is_repeated(text) or self._is_run(text):
            raise ValidationError(
                _("This is one of the first a stranger would try. Take three or four words."),
                code="password_too_common",
            )

    def get_help_text(self) -> str:
        return _("Not one of the first a stranger would try.")

    def _is_known(self, text: str) -> bool:
        stem = COAT.sub("", text)
        half = text[: len(text) // 2]
        doubled = half * 2 == text and half in self.passwords
        return text in self.passwords or stem in self.passwords or doubled

    def _is_repeated(self, text: str) -> bool:
        return len(set(text)) < FEWEST

    def _is_run(self, text: str) -> bool:
        """Nothing is left when runs of neighbours, either way, are taken out."""
        kept, at = 0, 0
        while at < len(text):
            length = max(_run_from(text, at, run) for line in RUNS for run in (line, line[::-1]))
            kept += length < PIECE
            at += max(length if length >= PIECE else 1, 1)
        return kept < FEWEST


def _run_from(text: str, at: int, run: str) -> int:
    """How many characters from here on are neighbours in the run."""
    start = run.find(text[at])
    length = 0
    while start >= 0 and at + length < len(text) and run[start + length :][:1] == text[at + length]:
        length += 1
    return length
