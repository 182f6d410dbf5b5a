"""Names of people: given name and family names, the short forms and the initials made of them.

A name typed as one text is divided by the language of its reader: Spanish names carry two surnames,
of which short forms and initials use the first; English ones end with the surname.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kam.lib.text.name_words import (
    GIVEN_OF_TWO,
    JOINERS,
    PARTICLES,
    SECOND_GIVEN,
    SUFFIXES,
    TITLES,
)
from kam.lib.text.reader import current_language


@dataclass(frozen=True, slots=True)
class PersonName:
    given: str
    family: str

    @property
    def surname(self) -> str:
        """The first of the family names with its particles; of somebody without one, the name."""
        unit = next(iter(_units(self.family, is_family=True)), [])
        kept = [word for word in unit if _bare(word) not in SUFFIXES] or unit
        return " ".join(kept) or self.given

    @property
    def called(self) -> str:
        """How a letter addresses them: María José, Marta."""
        units = _units(self.given)
        if not units:
            return self.family
        both = units[:2] if _is_compound(units) else units[:1]
        return " ".join(word for unit in both for word in unit if _bare(word) not in TITLES)

    @property
    def initials(self) -> str:
        """Of the given name and the first family name; "?" where there is no letter."""
        given = _initial(self.given, TITLES)
        family = _initial(self.family, PARTICLES)
        both = family + given if _is_ideographic(self.family) else given + family
        return both or "?"


class NameText(str):
    """The name of somebody as text that still knows its parts, for rows that hold no record."""

    given_name: str
    family_names: str

    @classmethod
    def of(cls, person: Any) -> "NameText":
        text = cls(person.name)
        text.given_name, text.family_names = person.given_name, person.family_names
        return text


def name_of(person: Any) -> PersonName:
    """As it is kept apart with the person, a record or frozen data; else divided here."""
    if isinstance(person, dict):
        given, family = person.get("given_name", ""), person.get("family_names", "")
        text = person.get("name", "")
    else:
        given, family = getattr(person, "given_name", ""), getattr(person, "family_names", "")
        text = getattr(person, "name", "") or person
    if given or family:
        return PersonName(given, family)
    return divided(str(text))


def initials(text: str) -> str:
    return divided(text).initials


def divided(text: str, language: str = "") -> PersonName:
    """`language` en or es; else the reader's."""
    return _divided(text, language or current_language())


def taken_apart(text: str, family: str, language: str = "") -> PersonName:
    """`family` is what somebody wrote beside the name; empty, it is read from the name."""
    family = " ".join(family.split())
    if not family:
        return divided(text, language)
    words, wanted = text.split(), family.split()
    at = _place(words, wanted)
    rest = words if at is None else words[:at] + words[at + len(wanted) :]
    return PersonName(" ".join(rest).strip(" ,"), family)


def stands_in(text: str, family: str) -> bool:
    return not family.split() or _place(text.split(), family.split()) is not None


def _place(words: list[str], wanted: list[str]) -> int | None:
    """Where these words begin; the last place, since family names mostly end a name."""
    bare, sought = [_bare(word) for word in words], [_bare(word) for word in wanted]
    starts = range(len(bare) - len(sought), -1, -1)
    return next((at for at in starts if bare[at : at + len(sought)] == sought), None)


@lru_cache(4096)
def _divided(text: str, language: str) -> PersonName:
    text = unicodedata.normalize("NFC", text)
    if "@" in text:
        text = text.split("@")[0].replace(".", " ")
    before, comma, after = text.partition(",")
    if comma and before.split() and _bare(after) not in SUFFIXES and _letters(after):
        return PersonName(" ".join(after.split()), " ".join(before.split()))
    units = _units(text)
    count = _given_units(units, language)
    if _is_ideographic(text) and len(units) > 1:
        return PersonName(_joined(units[1:]), _joined(units[:1]))
    return PersonName(_joined(units[:count]), _joined(units[count:]))


def _given_units(units: list[list[str]], language: str) -> int:
    """How many of the units are given names."""
    if len(units) < 2:
        return 1
    surnames = 1
    if len(units) > 2 and (language == "es" or units[-1][0] in JOINERS):
        has_two_given = _is_compound(units) or len(_bare(units[1][-1])) == 1
        surnames = 1 if len(units) == 3 and has_two_given else 2
    return len(units) - surnames


def _is_compound(units: list[list[str]]) -> bool:
    if len(units) < 2:
        return False
    second = _bare(" ".join(units[1]))
    return second in SECOND_GIVEN or f"{_bare(units[0][-1])} {second}" in GIVEN_OF_TWO


def _units(text: str, *, is_family: bool = False) -> list[list[str]]:
    """Words that belong together: particles and titles with what follows, signs and suffixes with
    what stands before. A name does not begin with a particle; a family name may."""
    units: list[list[str]] = []
    waiting: list[str] = []
    for word in text.split():
        bare = _bare(word)
        begins = not units and not any(_letters(kept) for kept in waiting)
        is_title = (
            bare in TITLES and not units and TITLES.issuperset(filter(None, map(_bare, waiting)))
        )
        if units and (not bare or bare in SUFFIXES):
            units[-1].append(word)
        elif not bare or is_title or _leads(word, bare, first=begins and not is_family):
            waiting.append(word)
        else:
            units.append([*waiting, word])
            waiting = []
    if waiting:
        units = [*units[:-1], units[-1] + waiting] if units else [waiting]
    return units


def _leads(word: str, bare: str, *, first: bool) -> bool:
    return not first and (bare in PARTICLES or word in JOINERS)


def _joined(units: list[list[str]]) -> str:
    return " ".join(word for unit in units for word in unit)


def _bare(word: str) -> str:
    """Without case, accents and signs."""
    plain = unicodedata.normalize("NFKD", word).casefold()
    return "".join(c for c in plain if c.isalnum() or c == " ").strip()


def _initial(text: str, skipped: frozenset[str]) -> str:
    words = [word for word in text.split() if letter(word)]
    named = [word for word in words if _bare(word) not in skipped] or words
    return letter(named[0]) if named else ""


def _letters(text: str) -> bool:
    return any(char.isalnum() for char in text)


def letter(word: str) -> str:
    """The first letter or digit of a word, upper case, with the marks that belong to it."""
    for index, char in enumerate(word):
        if char.isalnum():
            marks = word[index + 1 :]
            count = next(
                (n for n, c in enumerate(marks) if not unicodedata.combining(c)), len(marks)
            )
            return char.upper()[:1] + marks[:count]
    return ""


def _is_ideographic(text: str) -> bool:
    """Chinese, Japanese and Korean names put the family first."""
    first = next((char for char in text if char.isalnum()), "")
    return unicodedata.name(first or " ", "").startswith(("CJK", "HANGUL", "HIRAGANA", "KATAKANA"))
