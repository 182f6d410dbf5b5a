"""Words in a row as the reader says them: one, two and three; este, ese o aquel."""

import re
from collections.abc import Iterable
from typing import Literal

from babel import Locale
from babel.lists import format_list

from kam.lib.text.reader import current_language

LOCALES = {"en": Locale("en", "GB"), "es": Locale("es")}
# Before their own sound Spanish says e for y and u for o: Marta e Ingrid, Ana u Óscar; agua y hielo.
CLASHES = {
    " y ": (" e ", re.compile(r"h?[ií](?![aeoáéó])|y(?![aeiouáéíóú])", re.IGNORECASE)),
    " o ": (" u ", re.compile(r"h?[oó]", re.IGNORECASE)),
}


def listed(words: Iterable[str], style: Literal["standard", "or"] = "standard") -> str:
    kept = [str(word) for word in words]
    if not kept:
        return ""
    said = format_list(kept, style=style, locale=LOCALES[current_language()])
    if current_language() != "es" or len(kept) < 2:
        return said
    joiner = " y " if style == "standard" else " o "
    other, own_sound = CLASHES[joiner]
    if not own_sound.match(kept[-1]):
        return said
    return said.removesuffix(joiner + kept[-1]) + other + kept[-1]
