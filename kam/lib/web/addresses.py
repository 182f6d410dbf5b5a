"""Where pages of other apps are, asked by what they are.

An app never names an address of an app above it. Who owns such a page says once what it is
(`pages_are(account="overview")`, in its `AppConfig.ready`); who leads there asks for it.
"""

from typing import Any

from django.urls import reverse

_names: dict[str, str] = {}


def pages_are(**names: str) -> None:
    """What a page is, as one word, and the name of its address."""
    _names.update(names)


def address_of(page: str, *args: Any) -> str:
    """KeyError where nobody said where that page is."""
    return reverse(_names[page], args=args)
