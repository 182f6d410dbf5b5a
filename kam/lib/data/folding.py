"""Words without case and accents, so that "munoz" finds Muñoz; in Python and in SQL alike."""

import unicodedata
from typing import Any, TypeVar

from django.db.models import F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat, Lower

MARKS = "[\u0300-\u036f]"


def folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return "".join(char for char in plain if not "\u0300" <= char <= "\u036f").lower()


class _Decomposed(Func):
    template = "normalize(%(expressions)s, NFKD)"
    output_field = TextField()


def folded_columns(*names: str) -> Any:
    """The expression of a GeneratedField that folds these columns, joined by spaces."""
    joined = F(names[0]) if len(names) == 1 else Concat(*_spaced(names), output_field=TextField())
    stripped = Func(
        _Decomposed(joined), Value(MARKS), Value(""), Value("g"),
        function="regexp_replace", output_field=TextField(),
    )  # fmt: skip
    return Lower(stripped)


def _spaced(names: tuple[str, ...]) -> list[Any]:
    parts: list[Any] = []
    for name in names:
        parts += [F(name), Value(" ")]
    return parts[:-1]


R = TypeVar("R", bound="QuerySet[Any]")
MOST_WORDS = 8


def words_in(column: str, words: str) -> Q:
    """Every one of the first few words somewhere in a folded column."""
    found = Q()
    for word in folded(words.replace("\0", "")).split()[:MOST_WORDS]:
        found &= Q(**{f"{column}__contains": word})
    return found


def matching(rows: R, words: str) -> R:
    """Rows whose `fold` holds every word."""
    return rows.filter(words_in("fold", words))
