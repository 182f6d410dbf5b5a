"""The order of names: PostgreSQL's own sorts Álvarez after Zúñiga."""

from django.db.models import Func, TextField


class SortKey(Func):
    """A column for a GeneratedField: case and accents apart, ñ after n as in the Spanish alphabet.

    Its field needs `db_collation="C"`.
    """

    template = (
        "regexp_replace(normalize(replace(lower(%(expressions)s), 'ñ', 'n~'), NFKD), "
        "'[\\u0300-\\u036f]', '', 'g')"
    )
    output_field = TextField()
