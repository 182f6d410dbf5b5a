"""Files that left this installation and come back: every row names the record it was.

The name is signed, so that a file of another installation never changes a record that happens to
have the same number here.
"""

from collections.abc import Callable
from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac

from integrations.imports.layouts.shapes import Sheet, Source
from kam.lib.tabular.listing import mark_of

OWN = "clave"
SALT = "clave.exported"
SIGNATURE = 16


def name_of(kind: str, pk: int) -> str:
    return f"{kind}-{pk}-{_signature(kind, pk)}"


def record_of(kind: str, name: str) -> int | None:
    """The record that a row names, when this installation named it."""
    said, _dash, rest = name.partition("-")
    number, _dash, signature = rest.partition("-")
    if said != kind or not number.isdecimal() or len(number) > 18:
        return None
    pk = int(number)
    return pk if constant_time_compare(signature, _signature(kind, pk)) else None


def namer(kind: str, attribute: str = "pk") -> Callable[[Any], str]:
    def name(record: Any) -> str:
        return name_of(kind, getattr(record, attribute))

    return name


class Names(dict[str, int]):
    """Keys of records as other sources have them, read out of the names themselves."""

    def __init__(self, kind: str, here: Callable[[int], bool]) -> None:
        super().__init__()
        self._kind, self._here = kind, here

    def get(self, key: Any, default: Any = None) -> Any:
        pk = record_of(self._kind, str(key))
        return pk if pk is not None and self._here(pk) else super().get(key, default)


def source_of(columns: list[str]) -> Source | None:
    """The layout of a file of ours, told by the column that names the records."""
    # The exports read this module in turn.
    from integrations.exports.account_exports import LISTINGS, labels_of

    # Every list but that of the accounts names the account of each row too.
    for kind, listing in sorted(LISTINGS.items(), key=lambda one: one[0] == "account"):
        mark = mark_of(kind)
        if mark in columns:
            known = labels_of(listing)
            fields = {known[head]: head for head in columns if known.get(head)}
            fields["key"] = mark
            sheet = Sheet(kind, fields, frozenset({mark}))
            return Source(OWN, "Clave", (sheet,))
    return None


def _signature(kind: str, pk: int) -> str:
    return salted_hmac(SALT, f"{kind}:{pk}").hexdigest()[:SIGNATURE]
