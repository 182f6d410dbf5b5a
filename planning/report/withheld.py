"""A copy of a snapshot without those who stand against us: neither their names nor the opinions.

It is taken out of the data before anything reads it, so that no map, table, sentence, text
alternative, bookmark or title of the file can say it. Texts are searched for their names: whole
names in any spelling, parts of names where they begin with a capital.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext

from kam.lib.data.folding import folded

SHORTEST = 3  # letters of a part of a name that is looked for: not "de", not "la"
WORD = re.compile(r"[^\W\d_]+")
# What names ourselves or the client company, or is no prose.
UNTOUCHED = {"account", "company", "schema", "day", "period"}


def withheld(data: dict[str, Any]) -> dict[str, Any]:
    """Call it in the language of the report: who is left out becomes "somebody of the client"."""
    everybody = data.get("people", [])
    hidden = [row for row in everybody if _against(row)]
    if not hidden and not any(_was_against(row) for row in everybody):
        return data
    gone = {row["id"] for row in hidden}
    kept = [row for row in everybody if row["id"] not in gone]
    names = Names([text for row in hidden for text in _written(row)], besides=_known(data, kept))
    copy = data | {
        "people": [_without_the_past(row, gone) for row in kept],
        "links": [k for k in data["links"] if not {k[0], k[1]} & gone],
        "concerns": list(_concerns(data["concerns"], gone)),
        "way": _way(data["way"], gone),
        "left_out": len(hidden),
    }
    return {key: copy[key] if key in UNTOUCHED else names.out_of(copy[key]) for key in copy}


def _written(row: dict[str, Any]) -> list[str]:
    """The name as shown, and as its parts say it: an import may know more of them."""
    return [row["name"], f"{row.get('given_name', '')} {row.get('family_names', '')}"]


def _against(row: dict[str, Any]) -> bool:
    return row["disposition"] is not None and row["disposition"] < 0


def _was_against(row: dict[str, Any]) -> bool:
    return row["was"] is not None and row["was"] < 0


def _without_the_past(row: dict[str, Any], gone: set[int]) -> dict[str, Any]:
    """That somebody stood against us three months ago is such an opinion too."""
    was = None if _was_against(row) else row["was"]
    boss = None if row["reports_to"] in gone else row["reports_to"]
    return row | {"was": was, "reports_to": boss}


def _concerns(rows: list[dict[str, Any]], gone: set[int]) -> Iterator[dict[str, Any]]:
    """Of a department on one thread the person is the thread: both go together."""
    for row in rows:
        left = [(n, pk) for n, pk in enumerate(row["people"]) if pk not in gone]
        departments = [row["departments"][n] for n, _pk in left] if row["departments"] else []
        if left or row["roles"]:
            yield row | {"people": [pk for _n, pk in left], "departments": departments}


def _way(way: dict[str, Any] | None, gone: set[int]) -> dict[str, Any] | None:
    return None if way is None or set(way["people"]) & gone else way


def _known(data: dict[str, Any], kept: list[dict[str, Any]]) -> set[str]:
    """Parts of names that somebody else bears: alone they point to nobody."""
    others = [row["name"] for row in kept]
    others += [member["name"] for member in data["account"]["team"]]
    others += [data["account"]["name"], data.get("company", "")]
    return {folded(word) for name in others for word in WORD.findall(name)}


class Names:
    """Finds names in prose and puts a neutral word in their place."""

    def __init__(self, names: Iterable[str], *, besides: set[str]) -> None:
        self.instead = gettext("somebody of the client")
        whole = sorted({name.strip() for name in names} - {""}, key=len, reverse=True)
        self.whole = [_anywhere(name) for name in whole]
        words = [[folded(word) for word in WORD.findall(name)] for name in whole]
        self.sequences = [found for found in words if len(found) > 1]
        self.parts = {w for found in words for w in found if len(w) >= SHORTEST} - besides

    def out_of(self, value: Any) -> Any:
        """The same value with every text in it cleaned."""
        if isinstance(value, str):
            return self._out_of_text(value)
        if isinstance(value, list):
            return [self.out_of(part) for part in value]
        if isinstance(value, dict):
            return {key: self.out_of(part) for key, part in value.items()}
        return value

    def _out_of_text(self, text: str) -> str:
        for name in self.whole:
            text = name.sub(self.instead, text)
        words = list(WORD.finditer(text))
        marked = self._marked(words)
        pieces, end = [], 0
        for number, word in enumerate(words):
            if number not in marked:
                continue
            between = text[end : word.start()]
            follows = number - 1 in marked and not between.strip()
            pieces += [] if follows else [between, self.instead]
            end = word.end()
        return "".join(pieces) + text[end:]

    def _marked(self, words: list[re.Match[str]]) -> set[int]:
        plain = [folded(word[0]) for word in words]
        found = {
            number
            for number, word in enumerate(words)
            if plain[number] in self.parts and not word[0][0].islower()
        }
        for names in self.sequences:
            for start in range(len(plain) - len(names) + 1):
                if plain[start : start + len(names)] == names:
                    found |= set(range(start, start + len(names)))
        return found


def _anywhere(name: str) -> re.Pattern[str]:
    """In scripts without capitals words may stand together without a space."""
    spaced = r"\s+".join(re.escape(word) for word in name.split())
    has_case = name.lower() != name.upper()
    return re.compile(rf"(?<!\w){spaced}(?!\w)" if has_case else spaced, re.IGNORECASE)
