"""Names as people look for them and sort them: without accents, and ñ after n."""

import unicodedata

from django.db.models import CharField, Func

MARKS = r"[\u0300-\u036f]+"


def fold(text: str) -> str:
    """josé Núñez and JOSE NUNEZ become one: small letters without marks."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


class Folded(Func):
    """`fold`, computed by the database."""

    template = f"regexp_replace(normalize(lower(%(expressions)s), NFKD), '{MARKS}', '', 'g')"
    output_field = CharField()


class SortKey(Func):
    """Álvarez before Zúñiga, ñ between n and o."""

    template = (
        "regexp_replace(normalize(replace(lower(%(expressions)s), 'ñ', 'n~'), NFKD), "
        f"'{MARKS}', '', 'g') COLLATE \"C\""
    )
    output_field = CharField()
