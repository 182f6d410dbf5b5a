"""Names without accents and case: what search compares and lists sort by.

PostgreSQL comes without unaccent and sorts Álvarez after Zúñiga: both keys are stored columns
that the database fills itself.
"""

import unicodedata

from django.db.models import Func, TextField


def fold(text: str) -> str:
    """As the database folds it: lower case, accents gone; "Muñoz" is "munoz"."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in plain if not "\u0300" <= letter <= "\u036f")


class Fold(Func):
    """The search key of one or more columns, with a space between them."""

    template = (
        "regexp_replace(normalize(lower(%(expressions)s), NFKD), '[\\u0300-\\u036f]', '', 'g')"
    )
    arg_joiner = " || ' ' || "
    output_field = TextField()


class SortKey(Func):
    """The same, but ñ comes after n and before o, as in the Spanish alphabet."""

    template = (
        "regexp_replace(normalize(replace(lower(%(expressions)s), 'ñ', 'n~'), NFKD), "
        "'[\\u0300-\\u036f]', '', 'g')"
    )
    output_field = TextField()
